"""The courses of events that are weighed: their statements and ids."""

from wayout.assess.judging.weighing import ELSE, STAYS
from wayout.model import Question, Reach, content_id


def statements(reach: Reach, question: Question) -> dict[str, str]:
    """List the courses of events and their statements: one a direction, staying, something else."""
    name, area = question.party.name, question.area_text
    verb, stay = f"leaves {area} to the", "stays and disperses there"
    if question.party.aim == "in":
        verb, stay = f"gets into {area} from the", "does not get in"
    elif question.party.kind == "civilians":
        verb, stay = f"leave {area} to the", "stay where they are"
    ways = {e.id: f"{name} {verb} {e.name}" for e in reach.exits if e.kind == "direction"}
    return {**ways, STAYS: f"{name} {stay}", ELSE: "Something else happens"}


def hypothesis_id(statement: str) -> str:
    """Make the id of a hypothesis: a hash of its statement."""
    return content_id("hypothesis", statement)
