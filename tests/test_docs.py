"""The Python in the docs runs as it stands, from the repository's root."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("page", ["docs/quickstart.md", "docs/tour.md", "docs/how-to/move-without-text.md"])
def test_the_blocks_of_a_page_run_one_after_the_other(page, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    blocks = BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
    assert blocks
    scope = {"__name__": "docs"}
    for block in blocks:
        exec(compile(block, page, "exec"), scope)
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize(
    "page", sorted(p.relative_to(ROOT).as_posix() for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
)
def test_every_link_within_the_repository_leads_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target and not target.startswith("mailto:"):
            assert ((ROOT / page).parent / target).exists(), f"{page} links to {target}"


def test_every_word_of_the_glossary_is_one_idea():
    rows = re.findall(r"^\| ([a-z][^|]*?) \|", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    words = [row for row in rows if row != "word"]
    assert len(words) == len(set(words)) > 20
    assert words == sorted(words)


def test_every_schema_is_told_of():
    told = (ROOT / "docs/reference/files.md").read_text(encoding="utf-8")
    schemas = sorted((ROOT / "docs/reference").glob("*.schema.json"))
    assert schemas
    assert [p.name for p in schemas if f"({p.name})" not in told] == []
