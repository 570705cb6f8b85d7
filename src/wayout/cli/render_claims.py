"""A reading for people: each document, its claims with their words in colour, what they rest on, and what was skipped."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from wayout.cli.claim_words import CERTAINTY_STYLE, LEGEND, paint_clause, paint_words
from wayout.cli.terminal_text import isolated, safe
from wayout.extract.suggestions import STEP_NAME
from wayout.model import Actor, Attribution, Claim, ClaimId, Miss, Reading, Relation, TimeValue

MAX_NAMES = 12
"""Names listed at the head of a document; the rest are counted."""
MAX_MISSES = 20
"""Skipped things told of one document; the rest are counted (JSON lines hold them all)."""
_CERTAINTY_WORDS = ((2.5, "certain"), (1.5, "probable"), (0.25, "possible"))
"""Lower bounds on FactBank's scale: +3 certain, +2 probable, +1 possible; below, it is left open."""
_INDENT = 5
Line = Text | Padding | Rule | Table


class ReadingView:
    """
    One reading, renderable by rich.

    Parameters
    ----------
    reading
        What was found in one document.
    actors
        The actors its claims and relations name, by id.
    """

    def __init__(self, reading: Reading, actors: Mapping[str, Actor]) -> None:
        self.reading = reading
        self.actors = actors
        self.numbers = {claim.id: n for n, claim in enumerate(reading.claims, start=1)}

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield head, claims, relations and misses."""
        yield from self._head()
        for number, claim in enumerate(self.reading.claims, start=1):
            yield from self._claim(number, claim)
        if not self.reading.claims:
            yield indented(Text("no claim was found in this text", style="dim"))
        yield from self._relations()
        yield from miss_lines(self.reading.misses)
        yield Text()

    def _head(self) -> Iterator[Line]:
        document = self.reading.document
        yield Rule(style="dim")
        yield Text(isolated(safe(document.title or document.source.name)), style="bold")
        when = f"{document.published:%-d %B %Y}" if document.published else "undated"
        facts = [isolated(safe(document.source.name)), when, f"language {document.language or 'unknown'}"]
        facts.append(f"{len(document.text.split()):,} words")
        yield Text(" · ".join(facts), style="dim")
        if document.url:
            yield Text(safe(document.url), style="dim")
        names = self._names()
        if names:
            yield Text.assemble(("names ", "dim"), names)
        yield Text()

    def _names(self) -> str:
        counts: dict[str, int] = {}
        for mention in self.reading.mentions:
            if mention.kind in ("actor", "person") and mention.ref:
                counts[mention.ref] = counts.get(mention.ref, 0) + 1
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        told = [f"{isolated(self._name(ref))} {n}" for ref, n in ranked[:MAX_NAMES]]
        more = len(ranked) - MAX_NAMES
        return ", ".join(told) + (f" and {more} more" if more > 0 else "")

    def _name(self, ref: str) -> str:
        actor = self.actors.get(ref)
        return safe(actor.name if actor is not None else ref.removeprefix("unknown:"))

    def _claim(self, number: int, claim: Claim) -> Iterator[Line]:
        row = Table.grid(padding=(0, 2, 0, 0))
        row.add_row(Text(f"{number:>3}", style="dim"), self._statement(claim))
        yield row
        for line in (paint_clause(claim, self.reading.document), self._stance(claim), *self._links(claim)):
            yield indented(line)

    def _statement(self, claim: Claim) -> Text:
        """Write who does what to whom, where and when, in the text's own words."""
        line = Text()
        line.append(self._party(claim.subject, claim.subject_text), style="who")
        typed = claim.predicate == "other" and claim.event_type is not None
        deed = str(claim.event_type if typed else claim.predicate).lower().replace("_", " ")
        line.append(f"  not ({deed})  " if claim.polarity < 0 else f"  {deed}  ", style="deed")
        if claim.object or (claim.object_text and not _is_place(claim.object_text, claim)):
            line.append(self._party(claim.object, claim.object_text), style="whom")
        for place in claim.places:
            line.append(f" {place.role} ", style="dim")
            line.append(isolated(safe(place.phrase)), style="where")
        if claim.time is not None:
            line.append(f" {_days(claim.time)}", style="when")
        if claim.instrument is not None:
            line.append(" with ", style="dim")
            line.append(isolated(safe(self.reading.document.quote(claim.instrument))))
        return line

    def _party(self, ref: str | None, text: str | None) -> str:
        """Return a role's words, and whom they stand for where that is another name."""
        if ref is None:
            return isolated(safe(text)) if text else "somebody"
        actor, name = self.actors.get(ref), self._name(ref)
        known = (*actor.aliases, *actor.acronyms) if actor is not None else ()
        if not text or ref.startswith("unknown:") or any(n.casefold() in text.casefold() for n in (name, *known)):
            return isolated(safe(text) if text else name)
        return f"{isolated(safe(text))} [{isolated(name)}]"

    def _stance(self, claim: Claim) -> Text:
        """Write how sure, whose word, in what sense, and the codebooks' types."""
        line = Text(style="dim")
        word = certainty_word(claim.certainty)
        line.append(f"{word} {claim.certainty:+.1f}", style=CERTAINTY_STYLE[word.removeprefix("not ")])
        line.append(f" · {claim.modality}")
        if claim.mood != "fact":
            line.append(f" · {claim.mood}")
        if claim.tense != "present":
            line.append(f" · {claim.tense}")
        types = [t for t in (claim.event_type, claim.sub_event_type) if t]
        if types:
            line.append(f" · {' / '.join(types)}")
        line.append(" · ")
        if claim.attributed_to is None:
            line.append("the report's own words")
        else:
            line.append("said by ")
            line.append(said_by(claim.attributed_to), style="source")
        if claim.made_by.name == STEP_NAME:
            line.append(" · suggested by a language model", style="hedge")
        return line

    def _links(self, claim: Claim) -> Iterator[Text]:
        """Write what it depends on, why, and what it denies, by the numbers of the claims."""
        if claim.condition is not None:
            yield Text.assemble(("only if ", "hedge"), (f"{self._cite([claim.condition])} holds", "dim"))
        if claim.because:
            yield Text(f"because of {self._cite(claim.because)}", style="dim")
        if claim.denies is not None:
            yield Text(f"denies {self._cite([claim.denies])}", style="dim")

    def _cite(self, ids: Sequence[ClaimId]) -> str:
        return ", ".join(f"({self.numbers[i]})" if i in self.numbers else "a claim left out" for i in ids)

    def _relations(self) -> Iterator[Line]:
        if not self.reading.relations:
            return
        yield Text("\nrelations", style="bold")
        for relation in self.reading.relations:
            yield indented(self._relation(relation), 2)

    def _relation(self, relation: Relation) -> Text:
        document = self.reading.document
        roles = [(relation.a, "who"), (relation.b, "whom")]
        if relation.trigger is not None:
            roles.append((relation.trigger, "deed"))
        line = Text()
        line.append(isolated(safe(document.quote(relation.a))), style="who")
        line.append(f"  {relation.kind.replace('_', ' ')}  ", style="deed")
        line.append(isolated(safe(document.quote(relation.b))), style="whom")
        line.append("  ")
        line.append_text(paint_words(document, relation.evidence[0], roles))
        return line


def certainty_word(value: float) -> str:
    """
    Name a certainty on FactBank's scale.

    Examples
    --------
    >>> certainty_word(3.0), certainty_word(-2.0), certainty_word(0.0)
    ('certain', 'not probable', 'open')
    """
    word = next((w for low, w in _CERTAINTY_WORDS if abs(value) >= low), "open")
    return f"not {word}" if value < 0 and word != "open" else word


def said_by(source: Attribution) -> str:
    """Name the source of a claim, and whoever passed its words on."""
    name = isolated(safe(source.name)) + ("" if source.named else " (unnamed)")
    return name if source.via is None else f"{name}, via {said_by(source.via)}"


def _is_place(text: str, claim: Claim) -> bool:
    """Tell whether an object's words are told as a place already ("besieges Djibo")."""
    return any(text.casefold() in place.phrase.casefold() for place in claim.places)


def _days(time: TimeValue) -> str:
    first, last = time.start, time.end
    days = (
        f"{first}"
        if first == last
        else f"{first or 'earlier'} to {last or 'later'}"
        if first or last
        else "day unknown"
    )
    return f"{isolated(safe(time.text))} ({days})"


def indented(line: Text, columns: int = _INDENT) -> Padding:
    """Set a line in from the left, without filling it up to the right."""
    return Padding(line, (0, 0, 0, columns), expand=False)


def miss_lines(misses: Sequence[Miss]) -> Iterator[Line]:
    """Tell what was skipped and why; beyond :data:`MAX_MISSES` only how many."""
    if not misses:
        return
    yield Text(f"\nskipped ({len(misses)})", style="bold")
    for miss in misses[:MAX_MISSES]:
        yield indented(Text.assemble(isolated(safe(miss.what)), (f": {safe(miss.why)}", "dim")), 2)
    if len(misses) > MAX_MISSES:
        yield Padding(Text(f"and {len(misses) - MAX_MISSES} more; --json tells them all", style="dim"), (0, 0, 0, 2))


def legend() -> Text:
    """Say what the colours mean, in the colours."""
    line = Text("colours: ", style="dim")
    for name, style in LEGEND:
        line.append(name, style=style)
        line.append(" ")
    return line
