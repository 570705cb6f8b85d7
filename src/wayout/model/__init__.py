"""
The nouns: frozen records that every stage reads and writes. No input or output, no algorithms.

Each noun lives in the file that names its family; import from ``wayout.model`` directly.
"""

from wayout.model.actor import Actor, ActorKind
from wayout.model.arrivals import Arrival, Arrivals, Refuge
from wayout.model.assessment import Assessment, Branch, Hypothesis, Lever, Weight
from wayout.model.brief import Brief, Section, Sentence
from wayout.model.claim import (
    Attribution,
    Claim,
    EventType,
    Modality,
    Mood,
    PlaceRole,
    PlaceUse,
    Predicate,
    Quantity,
    Tense,
    TimeValue,
)
from wayout.model.document import Document, Source, Span, Step, document_id
from wayout.model.entity import Entity, EntityType
from wayout.model.findings import Findings, Miss, Question
from wayout.model.forecast import (
    AskedRegion,
    Condition,
    EventFilter,
    Forecast,
    ForecastQuestion,
    Resolution,
    ResolutionRule,
    ScoredForecast,
)
from wayout.model.ground import (
    ROAD_CLASSES,
    Ground,
    GroundRaster,
    LandcoverLegend,
    RasterKind,
    RoadClass,
    RoadLines,
)
from wayout.model.identity import ActorId, ClaimId, DocumentId, PlaceId, content_id
from wayout.model.judgement import Judgement, broken_links, canonical_json, chained, judgement_hash, make_judgement
from wayout.model.mention import Mention, MentionKind, MentionRoute
from wayout.model.party import MobilityProfile, MoveMode, Party, PartyAim, PartyKind
from wayout.model.place import Place, PlaceKind, Region, WeightedGeometry
from wayout.model.quantity import check_quantities, quantity
from wayout.model.reach import BarrierInfluence, EnsembleCheck, Exit, ExitKind, OnwardLink, Reach, ReportInfluence
from wayout.model.reading import Reading
from wayout.model.relation import UNDIRECTED, Relation, RelationKind
from wayout.model.situation import (
    Barrier,
    BarrierKind,
    ClaimBelief,
    Contradiction,
    Control,
    ControlLayer,
    Event,
    Presence,
    Situation,
)

__all__ = [
    "ROAD_CLASSES",
    "UNDIRECTED",
    "Actor",
    "ActorId",
    "ActorKind",
    "Arrival",
    "Arrivals",
    "AskedRegion",
    "Assessment",
    "Attribution",
    "Barrier",
    "BarrierInfluence",
    "BarrierKind",
    "Branch",
    "Brief",
    "Claim",
    "ClaimBelief",
    "ClaimId",
    "Condition",
    "Contradiction",
    "Control",
    "ControlLayer",
    "Document",
    "DocumentId",
    "EnsembleCheck",
    "Entity",
    "EntityType",
    "Event",
    "EventFilter",
    "EventType",
    "Exit",
    "ExitKind",
    "Findings",
    "Forecast",
    "ForecastQuestion",
    "Ground",
    "GroundRaster",
    "Hypothesis",
    "Judgement",
    "LandcoverLegend",
    "Lever",
    "Mention",
    "MentionKind",
    "MentionRoute",
    "Miss",
    "MobilityProfile",
    "Modality",
    "Mood",
    "MoveMode",
    "OnwardLink",
    "Party",
    "PartyAim",
    "PartyKind",
    "Place",
    "PlaceId",
    "PlaceKind",
    "PlaceRole",
    "PlaceUse",
    "Predicate",
    "Presence",
    "Quantity",
    "Question",
    "RasterKind",
    "Reach",
    "Reading",
    "Refuge",
    "Region",
    "Relation",
    "RelationKind",
    "ReportInfluence",
    "Resolution",
    "ResolutionRule",
    "RoadClass",
    "RoadLines",
    "ScoredForecast",
    "Section",
    "Sentence",
    "Situation",
    "Source",
    "Span",
    "Step",
    "Tense",
    "TimeValue",
    "Weight",
    "WeightedGeometry",
    "broken_links",
    "canonical_json",
    "chained",
    "check_quantities",
    "content_id",
    "document_id",
    "judgement_hash",
    "make_judgement",
    "quantity",
]
