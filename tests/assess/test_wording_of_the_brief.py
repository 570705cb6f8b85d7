"""Our own sentences pass the linter: those of the examples' briefs, as they are composed now."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from wayout.assess.likelihood import lint_text
from wayout.pipeline import analyse
from wayout.publish.brief import compose_brief
from wayout.question import Request
from wayout.read.raw_page import RawPage
from wayout.settings import Settings

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = sorted(p.name.removesuffix(".expected.yaml") for p in EXAMPLES.glob("*.expected.yaml"))


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_of_a_brief_is_a_fault(name):
    call = yaml.safe_load((EXAMPLES / f"{name}.expected.yaml").read_text(encoding="utf-8"))["call"]
    page = EXAMPLES / f"{name}.html"
    raw = RawPage(name=page.name, content=page.read_bytes(), url=None, retrieved=None)
    at = datetime.combine(call["at"], datetime.min.time(), tzinfo=UTC)
    request = Request(party=call["party"], area=call["area"], within=call["within"], at=at)
    brief = compose_brief(analyse([raw], request, Settings(n_draws=200)))
    said = [s.text for s in (brief.headline, *(s for section in brief.sections for s in section.sentences))]
    assert len(said) > 20
    faults = [(f.rule, f.words, text) for text in said for f in lint_text(text) if f.level == "fault"]
    assert faults == []
    assert [f for f in lint_text("\n\n".join(said)) if f.level == "fault"] == []
