"""Sentences about the reports themselves: claims, contradictions, what is not known, confidence, method and limits."""

from dataclasses import replace

from wayout.model import Attribution, Claim, Sentence
from wayout.publish.articles import needs_article, source_name
from wayout.publish.facts import BORDER, SILENCE, is_reported, letters_of, plain_name
from wayout.publish.figures import certainty_words, kilometres, sentences_file
from wayout.publish.quotes import QUOTE_LIMIT, quotable
from wayout.publish.say_exits import directions
from wayout.publish.telling import Telling
from wayout.publish.words import NOTHING, Words, fill, join, resting_on, sentence


def claim_sentences(telling: Telling) -> list[Sentence]:
    """Quote every claim with who is made to answer for it and how surely it is said, by time, else in report order."""
    claims = claims_in_order(telling)
    shown = {claim.id: _attribution(telling, claim).text + certainty_words(claim) for claim in claims}
    told: dict[str, tuple[Words, list[str]]] = {}
    for claim in claims:
        # A clause inside a quoted one, said by the same source as surely, is told with it.
        outer = max((c for c in claims if shown[c.id] == shown[claim.id]), key=lambda c: _holds(telling, c, claim))
        quote = resting_on(telling.quote_claim(outer), (claim.id,), claim.evidence)
        said = (_attribution(telling, outer), _report(telling, outer), _subject(telling, outer))
        # Several claims of one clause and one source are one sentence that rests on all of them.
        key = " ".join(words.text for words in (*said[:2], quote))
        known, certainties = told.setdefault(key, (_claim(said, quote), []))
        told[key] = (resting_on(known, quote.claims, quote.evidence), certainties)
        certainties += [sure] if (sure := certainty_words(claim)) not in certainties else []
    rows = [_with_certainty(words, certainties) for words, certainties in told.values()]
    return [sentence(f"claim-{n}", "claim", words) for n, words in enumerate(rows, start=1)]


def _holds(telling: Telling, outer: Claim, inner: Claim) -> tuple[int, bool]:
    """Rank a claim's clause as the one to quote for another: the longest that holds it, else its own."""
    clause, part = telling.clause(outer), telling.clause(inner)
    if not clause.contains(part) or clause.end - clause.start > QUOTE_LIMIT:
        return (-1, outer.id == inner.id)
    return (clause.end - clause.start, outer.id == inner.id)


def _claim(said: tuple[Words, Words, Words], quote: Words) -> Words:
    return fill("claim", attribution=said[0], report=said[1], of=said[2], quote=quote, certainty="{certainty}")


def _with_certainty(words: Words, certainties: list[str]) -> Words:
    """Put in how surely a clause is said; each part of it where its parts differ."""
    if len(certainties) > 1:
        certainties = [fill("certainties", "phrases", certainty=c).text for c in certainties]
    # Replaced at the end of the sentence only: the quotation before it may hold anything.
    text = words.text.removesuffix("({certainty}).") + f"({', '.join(certainties)})."
    return replace(words, text=text)


def claims_in_order(telling: Telling) -> tuple[Claim, ...]:
    """Order claims by the day they speak of where it is known, else by their place in the reports, dated first."""
    order = {document.id: n for n, document in enumerate(telling.findings.documents)}

    def key(claim: Claim) -> tuple[int, str, int, int, str]:
        start = claim.time.start if claim.time else None
        place = (order.get(claim.document, len(order)), claim.evidence[0].start, claim.id)
        return (0 if start else 1, start.isoformat() if start else "", *place)

    return tuple(sorted(telling.findings.claims, key=key))


def _attribution(telling: Telling, claim: Claim) -> Words:
    who = claim.attributed_to
    if who is None:
        number = _number(telling, claim)
        return fill("no_source", "phrases") if number is None else fill("no_source_of_many", "phrases", report=number)
    if who.source_span is None:
        return fill("someone", "phrases")
    text = quotable(telling.book.documents[who.source_span.document].quote(who.source_span))
    if text.lower() in sentences_file()["pronouns"]:
        return _resolved(telling, who)
    name = source_name(text)
    return fill("according", "phrases", name=Words(text=name, names=((name, (who.source_span,)),)))


def _report(telling: Telling, claim: Claim) -> Words:
    """Say in which report somebody is cited, where there are several."""
    number = _number(telling, claim, "report")
    return NOTHING if claim.attributed_to is None or number is None else fill("in_report", "phrases", report=number)


def _number(telling: Telling, claim: Claim, word: str = "Report") -> Words | None:
    documents = telling.findings.documents
    if len(documents) < 2:
        return None
    n = next(n for n, document in enumerate(documents, start=1) if document.id == claim.document)
    return Words(text=f"{word} {n}", computed=(f"{word} {n}",), records=(claim.document,))


def _resolved(telling: Telling, who: Attribution) -> Words:
    """Name a source that the clause calls by a pronoun, where a mention resolves it."""
    actor = next((a for a in telling.findings.actors if a.id == who.actor), None)
    if actor is None or who.source_span is None or not telling.book.supports(actor.name, who.source_span):
        return fill("someone", "phrases")
    name = Words(text=actor.name, names=((actor.name, (who.source_span,)),))
    return fill("according", "phrases", name=_with_article(name))


def _with_article(name: Words) -> Words:
    return fill("the_name", "phrases", name=name) if needs_article(name.text) else name


def _subject(telling: Telling, claim: Claim) -> Words:
    """Name whom a clause is about, where the clause itself does not name it but other cited words do."""
    names = telling.book.actor_names.get(claim.subject or "", frozenset())
    actor = next((a for a in telling.findings.actors if a.id == claim.subject), None)
    clause = claim.evidence[0]
    named = any(names & other for span, other in telling.book.namings if clause.contains(span))
    where = telling.book.find(actor.name, claim.evidence[1:]) if actor else ()
    if (
        actor is None
        or actor.kind in ("civilians", "unknown")
        or named
        or not any(e.contains(s) for e in claim.evidence[1:] for s in where)
    ):
        return NOTHING
    name = _with_article(Words(text=actor.name, names=((actor.name, where),)))
    return fill("of" if claim.attributed_to is None else "said_of", "phrases", name=name)


def contradiction_sentences(telling: Telling) -> list[Sentence]:
    """Set claims that cannot both hold side by side."""
    said = []
    for n, pair in enumerate(telling.findings.situation.contradictions, start=1):
        first, second = telling.book.claims.get(pair.first), telling.book.claims.get(pair.second)
        if first is None or second is None:
            continue
        key = "contradiction_one" if first.document == second.document else "contradiction"
        words = fill(key, first=telling.quote_claim(first), second=telling.quote_claim(second))
        said.append(sentence(f"contradiction-{n}", "contradiction", words))
        why = telling.woven(pair.why, (*first.evidence, *second.evidence), ())
        if why is not None:
            reason = resting_on(fill("because", why=why), (first.id, second.id), (*first.evidence, *second.evidence))
            said.append(sentence(f"contradiction-{n}-why", "contradiction", reason))
    return said


def unknown_sentences(telling: Telling) -> list[Sentence]:
    """Say which ways no report speaks of, what the situation leaves open, and what could not be used and why."""
    said, quiet, borders = [], list[Words](), list[Words]()
    silent = [e for e in directions(telling) if not is_reported(e)]
    if silent:
        words = fill("unreported_ways", ways=join([telling.way(e) for e in silent]))
        said.append(sentence("unknown-ways", "unknown", words))
    grounds = {f"No report speaks of {b.name}." for b in telling.findings.situation.barriers if b.kind == "unreported"}
    for n, statement in enumerate(telling.findings.situation.unknowns):
        if silent and statement in grounds:  # the ways no report speaks of are said above
            continue
        told = plain_name(statement.rstrip("."))
        if told.startswith(SILENCE + BORDER):
            borders.append(telling.recorded(told.removeprefix(SILENCE + BORDER), f"unknown:{n}"))
            continue
        if told.startswith(SILENCE):
            quiet.append(telling.recorded(told.removeprefix(SILENCE), f"unknown:{n}"))
            continue
        words = fill("unknown", statement=telling.recorded(told, f"unknown:{n}"))
        said.append(sentence(f"unknown-{n + 1}", "unknown", words))
    if borders:
        said.append(sentence("unknown-borders", "unknown", fill("unreported_borders", borders=join(borders))))
    if quiet:
        said.append(sentence("unknown-ground", "unknown", fill("unreported_ground", ground=join(quiet))))
    for n, miss in enumerate(telling.findings.misses):
        record = f"miss:{n}"
        words = fill(
            "miss", what=telling.recorded(miss.what, record), why=telling.recorded(miss.why.rstrip("."), record)
        )
        said.append(sentence(f"miss-{n + 1}", "unknown", words))
    return said


def confidence_sentence(telling: Telling) -> Sentence:
    """Say once how much the evidence can carry: number of reports, reliability, independent confirmation."""
    findings = telling.findings
    letters = letters_of(findings)
    single = len(findings.documents) == 1
    level = telling.recorded(findings.assessment.confidence, "assessment")
    if letters in ("F", ""):
        reliability = fill("reliability_unknown" if single else "reliability_unknown_all", "phrases")
    else:
        record = findings.documents[0].id if single else "documents"
        key = "reliability_known" if single else "reliability_mixed"
        reliability = fill(key, "phrases", letter=telling.recorded(letters, record))
    if single:
        words = fill("confidence_one", level=level, reliability=reliability)
    else:
        count = telling.recorded(str(len(findings.documents)), "documents")
        words = fill("confidence_many", level=level, count=count, reliability=reliability)
    return sentence("confidence", "caveat", words)


def method_sentences(telling: Telling) -> list[Sentence]:
    """Say how the figures were made and what they cannot carry."""
    reach = telling.findings.reach
    draws = fill(
        "method_draws",
        draws=telling.recorded(f"{reach.n_draws:,}", "reach"),
        cell=telling.recorded(kilometres(reach.cell_km), "reach"),
    )
    floor = fill("limit_floor", floor=telling.recorded(kilometres(telling.floor_km), "floor"))
    keys = sentences_file()["sentences"]
    said = [draws, *(fill(key) for key in keys if key.startswith("method_") and key != "method_draws"), floor]
    said.append(fill("limit_machine"))
    return [sentence(f"method-{n}", "method", words) for n, words in enumerate(said, start=1)]
