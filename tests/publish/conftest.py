"""A run on an invented report from another theatre (Kadugli, Sudan), in our own words, to publish."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
import shapely

from wayout.model import (
    Actor,
    Arrival,
    Arrivals,
    Assessment,
    Attribution,
    Barrier,
    BarrierInfluence,
    Branch,
    Claim,
    Contradiction,
    Control,
    Diagnosticity,
    Document,
    Event,
    Exit,
    Findings,
    Flip,
    FlipStep,
    Hypothesis,
    Lever,
    Mention,
    Miss,
    MobilityProfile,
    OnwardLink,
    Party,
    Place,
    PlaceUse,
    Presence,
    Question,
    Reach,
    Region,
    Sensitivity,
    Situation,
    Source,
    Step,
    TimeValue,
    Weight,
    WeightedGeometry,
    document_id,
)
from wayout.stats.likelihood import likelihood_term

STEP = Step(name="test", version="0")
TITLE = "Families in Kadugli weigh the road south"
TEXT = (
    TITLE
    + "\n\n"
    + "Families shut inside Kadugli could leave by the road south toward Yida, aid workers say. The army (SAF) has closed "
    "the road north to Dilling, and fighters of the SPLM-N clash with it east of the town.\n\n"
    "According to the Sudanese Red Crescent, three buses left for the border with South Sudan on 2 October 2024. "
    "Khartoum denies that any road is shut. Militiamen have set up posts on the border at Jau, and Abdelaziz al-Hilu "
    "is with the fighters in the hills. If a truce is signed, the army would open the road to El Obeid.\n\n"
    "From Yida, families could go on to Juba, or to Ethiopia by way of Asosa."
)
ACTORS = (
    Actor(id="saf", name="Sudanese Armed Forces", kind="state_force", acronyms=("SAF",), metonyms=("Khartoum",)),
    Actor(
        id="splmn", name="Sudan People's Liberation Movement-North", kind="non_state_armed_group", acronyms=("SPLM-N",)
    ),
    Actor(id="src", name="Sudanese Red Crescent", kind="humanitarian_organisation"),
    Actor(id="hilu", name="Abdelaziz al-Hilu", kind="person"),
    Actor(id="families", name="families of Kadugli", kind="civilians"),
)
CENTRE = (29.718, 11.011)


def make_region(phrase, geometry, *names, prec=2):
    places = tuple(
        Place(
            id=f"pl-{n}",
            name=n,
            kind="country" if prec == 6 else "populated_place",
            country="SD",
            admin1=None,
            lon=geometry.centroid.x,
            lat=geometry.centroid.y,
        )
        for n in names
    )
    return Region(
        phrase=phrase,
        parts=(WeightedGeometry(geometry=geometry, weight=1.0, place=places[0] if places else None),),
        where_prec=prec,
        radius_km=5,
        method="name",
        why="named",
        places=places,
        made_by=STEP,
    )


class Builder:
    """Cuts spans out of the text by their words, so that the story can be changed without counting."""

    def __init__(self, text=TEXT, title=TITLE, **fields):
        self.document = Document(
            id=document_id(text),
            text=text,
            title=title,
            source=Source(name=fields.get("source", "Nuba Hills Courier")),
            url=fields.get("url", "https://example.org/kadugli?a=1&b=2"),
            byline="Desk",
            published=datetime(2024, 10, 4, tzinfo=UTC),
            retrieved=datetime(2024, 10, 5, tzinfo=UTC),
            language="en",
            made_by=STEP,
        )

    def span(self, words, nth=0):
        start = -1
        for _ in range(nth + 1):
            start = self.document.text.index(words, start + 1)
        return self.document.span(start, start + len(words))

    def mention(self, words, kind, ref, route="name", nth=0):
        return Mention(span=self.span(words, nth), text=words, kind=kind, ref=ref, route=route)

    def claim(self, name, words, predicate, *, subject=None, places=(), certainty=3.0, **fields):
        return Claim(
            id=f"claim-{name}",
            document=self.document.id,
            predicate=predicate,
            subject=subject,
            object=fields.pop("object", None),
            places=tuple(places),
            certainty=certainty,
            evidence=(self.span(words),),
            made_by=STEP,
            **fields,
        )

    def use(self, role, phrase, geometry, *names, nth=0, prec=2):
        region = make_region(phrase, geometry, *names, prec=prec)
        return PlaceUse(role=role, phrase=phrase, span=self.span(phrase, nth), region=region)


def make_claims(b):
    point = shapely.Point
    conditional = b.claim("truce", "If a truce is signed", "agrees", certainty=0.0, modality="conditional")
    return (
        b.claim(
            "leave",
            "Families shut inside Kadugli could leave by the road south toward Yida, aid workers say",
            "moves",
            subject="families",
            places=[
                b.use("from", "Kadugli", point(*CENTRE), "Kadugli", nth=1),
                b.use("to", "Yida", point(30.08, 10.10), "Yida"),
            ],
            certainty=1.0,
            modality="hedged",
            attributed_to=Attribution(
                name="aid workers", actor=None, source_span=b.span("aid workers"), cue_span=b.span("say")
            ),
        ),
        b.claim(
            "north",
            "The army (SAF) has closed the road north to Dilling",
            "seals",
            subject="saf",
            places=[b.use("to", "Dilling", point(29.65, 12.05), "Dilling")],
        ),
        b.claim(
            "east",
            "fighters of the SPLM-N clash with it east of the town",
            "clashes",
            subject="splmn",
            object="saf",
            places=[b.use("at", "east of the town", point(30.2, 11.0).buffer(0.3))],
        ),
        b.claim(
            "buses",
            "three buses left for the border with South Sudan on 2 October 2024",
            "moves",
            certainty=2.0,
            places=[
                b.use("to", "the border with South Sudan", shapely.box(28, 9.6, 31, 10.2), "South Sudan", prec=6),
            ],
            time=TimeValue(
                text="2 October 2024",
                span=b.span("2 October 2024"),
                start=datetime(2024, 10, 2, tzinfo=UTC).date(),
                end=datetime(2024, 10, 2, tzinfo=UTC).date(),
                date_prec=1,
            ),
            attributed_to=Attribution(
                name="Sudanese Red Crescent",
                actor="src",
                source_span=b.span("Sudanese Red Crescent"),
                cue_span=b.span("According to"),
            ),
        ),
        b.claim(
            "denial",
            "Khartoum denies that any road is shut",
            "opens",
            subject="saf",
            certainty=-3.0,
            modality="denied",
            attributed_to=Attribution(name="Khartoum", actor="saf", source_span=b.span("Khartoum"), cue_span=None),
        ),
        b.claim(
            "posts",
            "Militiamen have set up posts on the border at Jau",
            "seals",
            places=[b.use("border", "Jau", point(30.02, 10.01), "Jau")],
        ),
        b.claim(
            "leader",
            "Abdelaziz al-Hilu is with the fighters in the hills",
            "present",
            subject="hilu",
            places=[b.use("at", "the hills", point(30.01234, 11.23456))],
        ),
        conditional,
        b.claim(
            "reopen",
            "the army would open the road to El Obeid",
            "opens",
            subject="saf",
            certainty=1.0,
            modality="conditional",
            condition=conditional.id,
            places=[b.use("to", "El Obeid", point(30.22, 13.18), "El Obeid")],
        ),
        b.claim(
            "onward",
            "From Yida, families could go on to Juba, or to Ethiopia by way of Asosa",
            "moves",
            subject="families",
            certainty=1.0,
            modality="hedged",
            places=[
                b.use("from", "Yida", point(30.08, 10.10), "Yida", nth=1),
                b.use("to", "Juba", point(31.6, 4.85), "Juba"),
                b.use("to", "Ethiopia", shapely.box(34, 7, 40, 12), "Ethiopia", prec=6),
            ],
        ),
    )


def make_barriers(claims):
    by = {c.id.removeprefix("claim-"): c for c in claims}

    def barrier(name, kind, geometry, p, claim=None, **fields):
        return Barrier(
            id=f"barrier-{kind}-{len(name)}",
            name=name,
            kind=kind,
            geometry=geometry,
            group=name,
            p_closed=p,
            claims=(claim.id,) if claim else (),
            evidence=claim.evidence if claim else (),
            is_prior=claim is None,
            made_by=STEP,
            **fields,
        )

    jau = shapely.LineString([(29.0, 9.98765), (30.1, 10.01234), (31.0, 9.9)])
    return (
        barrier(
            "Dilling (Sudanese Armed Forces)",
            "sealed",
            shapely.Point(29.65, 12.05).buffer(0.25),
            0.86,
            by["north"],
            held_by="saf",
            delay_h=24.0,
        ),
        barrier(
            "the way east (Sudan People's Liberation Movement-North)",
            "hostile_operation",
            shapely.Point(30.3, 11.0).buffer(0.35),
            0.7,
            by["east"],
            held_by="splmn",
        ),
        barrier("the border at Jau", "sealed", jau, 0.4, by["posts"]),
        barrier("unreported ground to the west", "unreported", shapely.box(28.3, 10.5, 29.3, 11.6), 0.5),
        barrier("the border Sudan-South Sudan", "border", shapely.LineString([(28, 9.4), (29, 9.9)]), 0.3),
    )


def make_exits(claims, barriers):
    by = {c.id.removeprefix("claim-"): c for c in claims}

    def exit_(name, bearing, p, hours, tip, claim=None, barrier=None, kind="direction", toward=()):
        influence = () if barrier is None else (influence_of(barrier, p),)
        return Exit(
            id=f"exit-{name}",
            name=name,
            kind=kind,
            geometry=shapely.Point(*tip),
            toward=toward,
            bearing_deg=bearing,
            p_reach=p,
            p_low=max(0, p - 0.03),
            p_high=min(1, p + 0.03),
            travel_time_h_p10=hours and hours * 0.8,
            travel_time_h_p50=hours,
            travel_time_h_p90=hours and hours * 1.7,
            reach_curve=() if hours is None else tuple((hours * x, p * x / 2) for x in (0.5, 0.8, 1.2, 1.7, 2.0)),
            route=(
                way := shapely.LineString([CENTRE, ((CENTRE[0] + tip[0]) / 2 + 0.11, (CENTRE[1] + tip[1]) / 2), tip])
            ),
            corridor=None if hours is None else way.buffer(0.15),
            sealed_by=None if kind == "border" else () if barrier is None else (barrier.id,),
            deciding=influence,
            reported=claim is not None,
            claims=(claim.id,) if claim else (),
            evidence=claim.evidence if claim else (),
            made_by=STEP,
        )

    def influence_of(barrier, p):
        return BarrierInfluence(
            barrier=barrier.id, importance=0.5, p_reach_if_open=min(1, p + 0.2), p_reach_if_closed=max(0, p - 0.3)
        )

    return (
        exit_("south", 180, 0.67, 31.0, (29.9, 9.7), by["leave"], barriers[2], toward=("South Sudan", "Unity")),
        exit_("west", 270, 0.71, 44.0, (28.2, 11.0), None, barriers[3], toward=("West Kurdufan",)),
        exit_("east", 90, 0.24, 90.0, (31.3, 11.0), by["east"], barriers[1], toward=("White Nile",)),
        exit_("north", 0, 0.04, None, (29.7, 12.6), by["north"], barriers[0], toward=("North Kurdufan",)),
        exit_("South Sudan", 182, 0.63, 34.0, (30.0, 9.9), by["buses"], barriers[2], kind="border"),
        exit_("West Kurdufan", 268, 0.69, 40.0, (28.6, 11.2), None, barriers[3], kind="province"),
    )


def make_surface():
    rows, cols = 60, 66
    y, x = np.mgrid[13:9.2:60j, 27.8:31.9:66j]
    d = np.hypot(x - CENTRE[0], (y - CENTRE[1]) * 1.1)
    p = np.clip(1.05 - d / 1.6, 0, 1) * np.where(y > 11.9, 0.1, 1) * np.where(x > 30.3, 0.35, 1)
    assert p.shape == (rows, cols)
    return p.astype(np.float32)


def make_assessment(b, claims, exits, barriers):
    by = {c.id.removeprefix("claim-"): c for c in claims}

    def hypothesis(statement, p, exit_=None):
        return Hypothesis(
            id=f"hyp-{exit_.name if exit_ else 'stay' if 'stay' in statement else 'else'}",
            statement=statement,
            p=p,
            p_prior=0.3,
            p_low=p * 0.8,
            p_high=min(1, p * 1.2),
            likelihood=likelihood_term(p),
            exit=exit_.id if exit_ else None,
            weights=(Weight(claim=by["leave"].id, likelihood_ratio=1.8, why="moves"),),
            evidence=by["leave"].evidence,
            made_by=STEP,
        )

    hypotheses = (
        hypothesis("families of Kadugli leave Kadugli to the south", 0.48, exits[0]),
        hypothesis("families of Kadugli stay where they are", 0.31),
        hypothesis("families of Kadugli leave Kadugli to the west", 0.12, exits[1]),
        hypothesis("Something else happens", 0.09),
    )
    branch = Branch(
        claim=by["truce"].id,
        name="truce",
        p_true=0.3,
        consequence=(by["reopen"].id,),
        if_true=tuple((h.statement, p) for h, p in zip(hypotheses, (0.36, 0.47, 0.08, 0.09), strict=True)),
        if_false=tuple((h.statement, p) for h, p in zip(hypotheses, (0.53, 0.25, 0.13, 0.09), strict=True)),
        evidence=(*by["truce"].evidence, *by["reopen"].evidence),
    )
    lever = Lever(
        barrier=barriers[2].id,
        exit=exits[0].id,
        claims=barriers[2].claims,
        swing=0.48,
        expected_change=0.24,
        p_reach_if_open=0.87,
        p_reach_if_closed=0.37,
        statement="news of the posts",
        evidence=barriers[2].evidence,
    )
    return Assessment(
        hypotheses=hypotheses,
        branches=(branch,),
        levers=(lever,),
        confidence="low",
        confidence_why="single report",
        prior_leaves=0.5,
        prior_source="test",
        diagnosticity=make_diagnosticity(by, hypotheses),
        n_bear_nothing=len(claims) - 3,
        flip=make_flip(by, hypotheses),
        sensitivity=(
            Sensitivity(
                name="prior",
                p_halved=0.4,
                p_doubled=0.55,
                leader_halved=hypotheses[1].id,
                leader_doubled=hypotheses[0].id,
            ),
        ),
        n_switches=3,
        made_by=STEP,
    )


def make_diagnosticity(by, hypotheses):
    def told(name, spread, alone):
        ratios = tuple((h.id, 1 + spread if n == 0 else 1 - spread / 2) for n, h in enumerate(hypotheses))
        return Diagnosticity(
            claim=by[name].id,
            kind="moves",
            origin="a",
            strength=0.5,
            spread=spread,
            spread_alone=alone,
            ratios=ratios,
        )

    return (told("leave", 0.7, 0.7), told("buses", 0.2, 0.3), told("onward", 0.0, 0.3))


def make_flip(by, hypotheses):
    stays = hypotheses[1]
    removal = FlipStep(claims=(by["leave"].id, by["onward"].id), origins=("a",), leader=stays.id, p_leader=0.44)
    discount = FlipStep(claims=(by["leave"].id,), weight_left=0.35, leader=stays.id, p_leader=0.4)
    return Flip(leader=hypotheses[0].id, n_origins=2, removal=removal, discount=discount, n_excluded=0)


def make_arrivals():
    def arrival(name, share, hours):
        return Arrival(
            refuge=f"t:{name}",
            name=name,
            share=share,
            share_low=share / 2,
            share_high=min(1, share * 1.6),
            p_reach=0.7,
            travel_time_h_p50=hours,
            origin="Kadugli",
            why=f"{hours} h from Kadugli",
        )

    towns = [("Talodi", 0.5), ("Rashad", 0.3), *((f"Kauda {c}", 0.2 / 8) for c in "ABCDEFGH")]
    return Arrivals(
        arrivals=tuple(arrival(name, share, 40.0 + n) for n, (name, share) in enumerate(towns)),
        unreached=("t:Dilling",),
        p_none=0.12,
        coverage=0.78,
        made_by=STEP,
    )


def make_findings(builder=None):
    b = builder or Builder()
    claims = make_claims(b)
    by = {c.id.removeprefix("claim-"): c for c in claims}
    barriers = make_barriers(claims)
    exits = make_exits(claims, barriers)
    area = make_region("Kadugli", shapely.Point(*CENTRE).buffer(0.12), "Kadugli")
    party = Party(
        name="families of Kadugli",
        kind="civilians",
        aim="out",
        actor="families",
        mobility=MobilityProfile(
            name="on foot", speed_kmh=4, hours_per_day=8, slope_limit_deg=30, water_crossing_h=4, source="test"
        ),
    )
    at = datetime(2024, 10, 5, tzinfo=UTC)
    hills = by["leader"].places[0].region
    situation = Situation(
        at=at,
        presences=(
            Presence(
                id="presence-hilu",
                actor="hilu",
                region=hills,
                p_present=0.6,
                claims=(by["leader"].id,),
                evidence=by["leader"].evidence,
                made_by=STEP,
            ),
        ),
        controls=(
            Control(
                id="control-saf",
                actor="saf",
                region=make_region("Dilling", shapely.Point(29.65, 12.05).buffer(0.1), "Dilling"),
                layer="reported",
                p_held=0.8,
                claims=(by["north"].id,),
                evidence=by["north"].evidence,
                made_by=STEP,
            ),
        ),
        operations=(
            Event(
                id="event-clash",
                event_type="FIGHT",
                sub_event_type="Armed clash",
                side_a="splmn",
                side_b="saf",
                region=by["east"].places[0].region,
                date_start=None,
                date_end=None,
                where_prec=2,
                p_true=0.8,
                claims=(by["east"].id,),
                evidence=by["east"].evidence,
                made_by=STEP,
            ),
        ),
        barriers=barriers,
        contradictions=(
            Contradiction(first=by["north"].id, second=by["denial"].id, why="one affirms what the other denies"),
        ),
        unknowns=("No report speaks of the hills north of Talodi.",),
    )
    reach = Reach(
        source=area.geometry,
        exits=exits,
        onward=(
            OnwardLink(
                start="Yida",
                end="Juba",
                certainty=1,
                alternative="1",
                claims=(by["onward"].id,),
                evidence=by["onward"].evidence,
            ),
            OnwardLink(
                start="Yida",
                end="Ethiopia",
                certainty=1,
                alternative="2",
                claims=(by["onward"].id,),
                evidence=by["onward"].evidence,
            ),
        ),
        horizon_h=336,
        n_draws=1000,
        cell_km=2.5,
        p_surface=make_surface(),
        surface_bounds=(27.8, 9.2, 31.9, 13.0),
        layers=("countries", "admin1"),
        made_by=STEP,
    )
    mentions = (
        b.mention("Kadugli", "place", None),
        b.mention("SAF", "actor", "saf", "acronym"),
        b.mention("SPLM-N", "actor", "splmn", "acronym"),
        b.mention("Sudanese Red Crescent", "actor", "src"),
        b.mention("Khartoum", "actor", "saf", "metonym"),
        b.mention("Abdelaziz al-Hilu", "person", "hilu"),
    )
    return Findings(
        question=Question(party=party, area_text="Kadugli", area=area, at=at, within_h=336),
        documents=(b.document,),
        actors=ACTORS,
        mentions=mentions,
        claims=claims,
        situation=situation,
        reach=reach,
        assessment=make_assessment(b, claims, exits, barriers),
        misses=(Miss(what="the phrase Umm Tabaq", why="not found in the gazetteer"),),
        arrivals=make_arrivals(),
    )


@pytest.fixture(scope="session")
def findings():
    return make_findings()


@pytest.fixture(scope="session")
def hostile_findings():
    """The same run told by a page that tries to break out of ours."""
    poison = '<script>alert(1)</script>"><img src=x onerror=alert(2)> \u202ehidden\u202c </mark></article>'
    builder = Builder(
        text=TEXT + "\n\n" + poison,
        title='Headline "><svg onload=alert(3)>',
        source="<b>Courier</b>'\"><script>alert(4)</script>",
        url="javascript:alert(5)",
    )
    made = make_findings(builder)
    poisoned = replace(made.claims[0], id="claim-poison", evidence=(builder.span(poison),))
    named = replace(made.actors[0], name="Sudanese <img src=x onerror=alert(6)> Forces")
    barrier = replace(made.situation.barriers[0], name='Dilling"><script>alert(7)</script>')
    return replace(
        made,
        actors=(named, *made.actors[1:]),
        claims=(*made.claims, poisoned),
        situation=replace(made.situation, barriers=(barrier, *made.situation.barriers[1:])),
        misses=(*made.misses, Miss(what="<iframe src=javascript:alert(8)>", why="{{ 7 * 7 }} & <b>bold</b>")),
    )
