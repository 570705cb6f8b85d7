"""Standard words for likelihood: from numbers to words and back, and a linter for any text, by ICD 203."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from wayout.assess.wording.expressions import Expression, find_expressions, lower, wording_rules
from wayout.assess.wording.finding import Level, WordingFinding
from wayout.assess.wording.passages import quotations, sentences, without_markup
from wayout.assess.wording.rules import (
    Drafted,
    first_row_term,
    likelihood_with_confidence,
    off_table,
    stacked,
    without_bounds,
    wrong_numbers,
)
from wayout.stats.likelihood import agrees, likelihood_table, likelihood_term, read_term

__all__ = ["WordingFinding", "agrees", "likelihood_table", "likelihood_term", "lint_text", "read_term"]

Said = tuple[int, Expression, Level]
"""Where its sentence starts, the expression, and whose it is."""


def lint_text(text: str, *, html: bool = False) -> tuple[WordingFinding, ...]:
    """
    Find wording about likelihood that ICD 203 would not let stand.

    Parameters
    ----------
    text
        Any English text. Words in quotation marks, and what somebody is reported to have said, give findings of level "info".
    html
        Blank tags, scripts and styles first; lines and columns stay those of the file.

    Returns
    -------
    findings
        By position. One stretch of words has one finding: a wrong number outranks stacking, stacking what it stacks.

    References
    ----------
    ICD 203 Analytic Standards, D.6.e.2, 2015. docs/methods/wording.md.

    Examples
    --------
    >>> [(f.rule, f.words) for f in lint_text("It is likely (30%) that they leave. An attack cannot be ruled out.")]
    [('word-and-number', 'likely (30%'), ('no-bounds', 'cannot be ruled out')]
    """
    plain = without_markup(text, html=html)
    quoted = quotations(plain)
    starts = [0, *(m.end() for m in re.finditer(r"\n", text))]
    findings: list[WordingFinding] = []
    said: list[Said] = []
    for start, end in sentences(plain):
        sentence = plain[start:end]
        found = find_expressions(sentence)
        if not found:
            continue
        for level, mine in _voices(sentence, start, found, quoted):
            said += [(start, e, level) for e in mine]
            findings += [_place(d, start, level, text, starts) for d in _drafts(sentence, mine)]
    findings += [_place(d, 0, "fault", text, starts) for d in _mixed_rows(said)]
    return tuple(sorted(findings, key=lambda f: (f.start, f.end, f.rule)))


def _drafts(sentence: str, found: Sequence[Expression]) -> Iterator[Drafted]:
    """Apply the rules, strongest first; what one has named no later one names again."""
    taken: list[tuple[int, int]] = []
    yield from likelihood_with_confidence(found)
    for drafts in (wrong_numbers(sentence, found), stacked(sentence, found), off_table(found), without_bounds(found)):
        for draft in drafts:
            if not any(a < draft.end and draft.start < b for a, b in taken):
                taken.append((draft.start, draft.end))
                yield draft


def _voices(
    sentence: str, start: int, found: Sequence[Expression], quoted: Sequence[tuple[int, int]]
) -> Iterator[tuple[Level, tuple[Expression, ...]]]:
    """Part the author's own expressions from those of others; each voice is judged alone."""
    own: list[Expression] = []
    others: list[Expression] = []
    for e in found:
        inside = any(a <= start + e.start and start + e.end <= b for a, b in quoted)
        (others if inside or _reported(sentence, e) else own).append(e)
    if own:
        yield "fault", tuple(own)
    if others:
        yield "info", tuple(others)


def _reported(sentence: str, expression: Expression) -> bool:
    rules = wording_rules()
    small = lower(sentence)
    before, after = small[: expression.start], small[expression.end :]
    if re.search(rules["reported_not_by"], before):
        return False
    return any(re.search(p, before) for p in rules["reported"]) or bool(re.search(rules["reported_after"], after))


def _mixed_rows(said: Iterable[Said]) -> Iterator[Drafted]:
    """Where an author uses both rows of the table, name the terms of the row he uses less; the second row, if equally often."""
    own = [(start, e) for start, e, level in said if level == "fault"]
    rows = {kind: [(s, e) for s, e in own if e.kind == kind] for kind in ("first", "second")}
    if not rows["first"] or not rows["second"]:
        return
    less = "first" if len(rows["first"]) < len(rows["second"]) else "second"
    for start, e in rows[less]:
        ours = first_row_term(e.words)
        instead = "one row of the table in a text"
        if less == "second" and ours:
            instead += f": write {ours!r}"
        yield Drafted(start + e.start, start + e.end, "mixed-rows", instead)


def _place(draft: Drafted, offset: int, level: Level, text: str, starts: Sequence[int]) -> WordingFinding:
    start, end = offset + draft.start, offset + draft.end
    line = bisect_right(starts, start)
    return WordingFinding(
        start=start,
        end=end,
        line=line,
        column=start - starts[line - 1] + 1,
        rule=draft.rule,
        level=level,
        words=" ".join(text[start:end].split()),
        instead=draft.instead,
    )
