"""What a verb or noun says by PLOVER: the embedding word, the verb with its object, or the word alone decides."""

from dataclasses import dataclass, field, replace
from typing import Any

from wayout.extract.grammar import ancestors, children, is_passive, is_verb
from wayout.extract.plover.lexicon import EventLexicon
from wayout.extract.plover.nouns import noun_class
from wayout.vocab import read_vocab

_FUTURE = frozenset({"will", "would", "shall", "'ll", "wo"})
_TELLS_LAST = "tells"
_MAY = frozenset({"may", "might", "could", "can"})
_MUST = frozenset({"must", "should", "ought"})
_BESIDE = frozenset({"in", "on", "for", "with", "about", "over", "against", "as", "under"})
_LOOSE = frozenset({"at", "to", "in", "with", "from", "into", "of", "against", "between"})
"""Prepositions that may follow a verb without changing what it says: its object is looked at first."""
_PARTS = ("prt", "prep", "advmod", "dobj", "advcl", "acomp", "dative", "oprd", "ccomp")
_CARRIED = frozenset({"in", "on", "to", "into", "for", "with", "under", "of", "about", "over", "against", "out", "as"})
MAX_LEVEL = 6
"""Verbs that may be told by one another before a (broken) parse is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    What a verb says: a type (or one still to be settled), the word that says so and the verbs that lead to it.

    ``chain`` runs from the outermost verb to the innermost that was looked at; ``tellers`` are those whose subject may
    act. ``obliged`` is who must do it in "A said B must ...".
    """

    kind: str
    trigger: Any
    lemma: str
    chain: tuple[Any, ...]
    tellers: tuple[Any, ...]
    words: tuple[int, ...] = ()
    noun: Any | None = None
    noun_class: str = ""
    fixed: bool = False
    negated: bool = False
    future: bool = False
    vowed: bool = False
    failed: bool = False
    ultimatum: bool = False
    intent: bool = False
    obliged: Any | None = field(default=None)

    @property
    def head(self) -> Any:
        """Return the verb whose subject acts."""
        return self.tellers[-1]


def depth_of(token: Any) -> float:
    """Count the clauses above a token; what is only told or wanted counts as where it is told."""
    depth, below = 0.0, token
    for above in ancestors(token):
        depth += _DEPTHS.get(below.dep_, 0.0)
        below = above
    return depth


_DEPTHS = {
    "relcl": 2.0,
    "acl": 1.5,
    "advcl": 1.0,
    "conj": 0.3,
    "parataxis": 0.5,
    "ccomp": 0.1,
    "xcomp": 0.1,
    "pcomp": 0.6,
    "csubj": 1.0,
    "amod": 2.0,
}


class Reader:
    """Reads verbs and nouns by the lists."""

    def __init__(self, lexicon: EventLexicon) -> None:
        """Take the lists."""
        self._lexicon = lexicon

    def read(self, verb: Any, level: int = 0) -> Reading | None:
        """
        Read a verb.

        Parameters
        ----------
        verb
            A verb token.
        level
            How many verbs were gone through already.

        Returns
        -------
        reading
            ``None`` where it says nothing of the eighteen types.
        """
        if level > MAX_LEVEL:
            return None
        found = self._read(verb, level)
        if found is None:
            return None
        auxiliaries = {c.lower_ for c in children(verb, "aux")}
        negated = bool(children(verb, "neg")) or any(c.lower_ in ("never", "longer") for c in children(verb, "advmod"))
        return replace(
            found,
            negated=found.negated != (negated and not _tells_of_another(found, verb)),
            future=found.future or bool(auxiliaries & _FUTURE),
            intent=found.intent or bool(auxiliaries & _FUTURE),
            ultimatum=found.ultimatum or (bool(auxiliaries & _MAY) and _has_condition(verb)),
        )

    def _read(self, verb: Any, level: int) -> Reading | None:
        lexicon = self._lexicon
        keys = self._keys(verb)
        complement = _complement(verb)
        if keys[-1][0] in lexicon.when_negated and children(verb, "neg"):
            return self._made(lexicon.when_negated[keys[-1][0]], verb, keys[-1], negated=True)
        if complement is not None:
            ended = self._ended(verb, complement, level)
            if ended is not None:
                return ended
            for key in keys:
                for kind in sorted(lexicon.embedding.get(key[0], ()), key=_TELLS_LAST.__eq__):
                    found = self._embedded(kind, key, verb, complement, level)
                    if found is not None:
                        return found
        found = self._noun_embedded(verb, level)
        if found is not None:
            return found
        objects = self._objects(verb)
        particle = keys[0][0].rpartition(" ")[2] if " " in keys[0][0] else ""
        if particle and particle not in _LOOSE and keys[0][0] in lexicon.direct:
            keys = keys[:1]
        for key in keys:
            for noun, cls, ready, beside in objects:
                kind = self._combined(key[0], cls, ready, beside)
                if kind:
                    return replace(self._made(kind, verb, key), noun=noun, noun_class=cls, words=(*key[1], noun.i))
        for key in keys:
            direct = lexicon.direct.get(key[0])
            if direct is not None:
                return replace(self._made(direct, verb, key), noun_class=objects[0][1] if objects else "", fixed=True)
        if verb.lemma_ in ("be", "remain", "stay", "become", "go", "feel", "seem", "stand"):
            return self._copula(verb, level)
        if objects and any("tells" in lexicon.embedding.get(k[0], ()) for k in keys):
            for noun, cls, ready, _ in objects:
                kind = ready or lexicon.bare.get(cls, "")
                if kind:
                    return replace(self._made(kind, verb, keys[-1]), noun=noun, noun_class=cls, words=(noun.i,))
        return None

    def _combined(self, key: str, cls: str, ready: str, beside: bool) -> str:
        """Return what a verb and the class of its object make; a noun that decides itself only needs a carrier."""
        lexicon = self._lexicon
        for operator in lexicon.operators.get(key, ()):
            if beside and operator in lexicon.words["objects_only"]:
                continue
            kind = ready if ready and operator in ("do", "impose") else lexicon.table.get((operator, cls))
            if kind and kind != "none":
                return kind
        return ""

    def _ended(self, verb: Any, complement: Any, level: int) -> Reading | None:
        """Read "stopped fighting" (RETREAT), "stopped supplying" (SANCTION), and "let them go" (RETREAT)."""
        lexicon = self._lexicon
        if verb.lemma_ == "let" and complement.lemma_ == "go":
            return replace(self._made("RETREAT", verb, ("let go", (complement.i,))), chain=(verb, complement))
        if verb.lemma_ not in lexicon.words["ceasing"] or complement.tag_ != "VBG" or complement.dep_ != "xcomp":
            return None
        inner = self.read(complement, level + 1)
        if inner is None:
            return None
        kind = "RETREAT" if inner.kind in lexicon.words["hostile"] or inner.kind == "ATTACK" else "SANCTION"
        return replace(inner, kind=kind, lemma=verb.lemma_, chain=(verb, *inner.chain), tellers=(verb, *inner.tellers))

    def _noun_embedded(self, verb: Any, level: int) -> Reading | None:
        """Read "expressed its readiness to ...", "made a threat to ..."."""
        carried = verb.lemma_ not in self._lexicon.direct
        for noun in children(verb, "dobj", "nsubjpass") if carried else ():
            kind = self._lexicon.noun_embedding.get(noun.lemma_.lower())
            clauses = (*children(noun, "acl", "relcl"), *children(verb, "xcomp"))
            clause = next((c for c in clauses if is_verb(c) and c.tag_ == "VB"), None)
            if kind is None or clause is None:
                continue
            if kind != "vow":
                made = self._made(kind, verb, (noun.lemma_.lower(), (noun.i,)))
                return replace(made, chain=(verb, clause), fixed=True)
            inner = self.read(clause, level + 1)
            if inner is not None:
                return replace(
                    inner, chain=(verb, *inner.chain), tellers=(verb,), words=(noun.i,), vowed=True, intent=True
                )
        return None

    def _made(self, kind: str, verb: Any, key: tuple[str, tuple[int, ...]], negated: bool = False) -> Reading:
        return Reading(
            kind=kind, trigger=verb, lemma=key[0], chain=(verb,), tellers=(verb,), words=key[1], negated=negated
        )

    def _keys(self, verb: Any) -> list[tuple[str, tuple[int, ...]]]:
        """List what the verb may be looked up as: with a particle or preposition first."""
        lemma = verb.lemma_.lower()
        lemma = self._lexicon.irregular.get(lemma, lemma)
        known = self._lexicon.particles.get(lemma)
        found: list[tuple[str, tuple[int, ...]]] = []
        if known:
            for child in verb.children:
                if child.i > verb.i and child.dep_ in _PARTS:
                    if child.lower_ in known:
                        found.append((f"{lemma} {child.lower_}", (child.i,)))
                    elif child.lemma_.lower() in known:
                        found.append((f"{lemma} {child.lemma_.lower()}", (child.i,)))
        found.append((lemma, ()))
        return found

    # -- what the verb governs -----------------------------------------------------------------------------------

    def _embedded(
        self, kind: str, key: tuple[str, tuple[int, ...]], verb: Any, complement: Any, level: int
    ) -> Reading | None:
        lexicon = self._lexicon
        infinitive = any(t.lower_ == "to" for t in children(complement, "aux")) or complement.tag_ == "VBG"
        if key[0] in lexicon.words["only_infinitive"] and not infinitive:
            return None
        if key[0] == "be" and infinitive:
            kind = "vow"
        if kind == "AGREE" and self._promises_harm(complement, level):
            kind = "vow"
        if kind not in ("tells", "vow", "fail"):
            if kind == "CONCEDE" and self._lets_in(complement):
                kind = "RETREAT"
            made = self._made(kind, verb, key)
            return replace(made, chain=(verb, complement), fixed=True)
        inner = self.read(complement, level + 1)
        if kind == "tells" and inner is not None and inner.lemma in lexicon.words["accused"]:
            accused = children(complement, "nsubj")
            if accused and accused[0].pos_ != "PRON" and children(verb, "nsubj"):
                made = self._made("DISAPPROVE", verb, key)
                return replace(made, chain=(verb, complement), obliged=accused[0], fixed=True)
        if kind == "tells":
            obliged = self._obliged(verb, complement)
            if obliged is not None:
                made = self._made("DEMAND", verb, key)
                return replace(made, chain=(verb, complement), obliged=obliged, fixed=True)
        if inner is None:
            return None
        inner = replace(inner, chain=(verb, *inner.chain), tellers=(verb, *inner.tellers))
        if kind == "tells":
            return inner
        if kind == "vow":
            return replace(inner, vowed=True, intent=True)
        return replace(inner, failed=True)

    def _promises_harm(self, complement: Any, level: int) -> bool:
        """Tell "promised to attack": a threat, no agreement."""
        inner = self.read(complement, level + 1)
        if inner is None or inner.kind == "MOBILIZE":
            return False
        return inner.kind == "ATTACK" or inner.kind in self._lexicon.words["hostile"]

    def _lets_in(self, complement: Any) -> bool:
        """Tell whether those who are allowed something are observers, peacekeepers or aid."""
        found = [noun_class(n, self._lexicon) for n in children(complement, "nsubj")]
        return any(f is not None and f[1] in ("keepers", "peacekeepers", "aid") for f in found)

    def _obliged(self, verb: Any, complement: Any) -> Any | None:
        """Return who must do something by somebody else's words."""
        must = {c.lower_ for c in children(complement, "aux")} & _MUST
        has_to = complement.dep_ == "xcomp" and complement.head.lemma_ in ("have", "need")
        subjects = children(complement, "nsubj", "nsubjpass")
        if not subjects and complement.lemma_ in ("have", "need"):
            return None
        if (must or has_to) and subjects and subjects[0].pos_ != "PRON" and children(verb, "nsubj"):
            return subjects[0]
        return None

    def _objects(self, verb: Any) -> list[tuple[Any, str, str, bool]]:
        """
        List the class-bearing nouns a verb acts on.

        Each with its class, its type where the noun itself decides, and whether it only stands beside the deed ("in ...").
        """
        nouns = children(verb, "nsubjpass") if is_passive(verb) else children(verb, "dobj", "attr", "oprd")
        for preposition in children(verb, "prep", "dative", "prt"):
            if preposition.lower_ in _CARRIED:
                for inner in (preposition, *children(preposition, "prep")):
                    nouns += children(inner, "pobj")
        found = []
        for noun in nouns:
            for part in (noun, *children(noun, "conj")):
                one = noun_class(part, self._lexicon)
                if one is not None:
                    found.append((*one, noun.dep_ == "pobj" and noun.head.lower_ in _BESIDE))
        return found

    def read_noun(self, noun: Any) -> Reading | None:
        """Read an event noun by itself."""
        found = noun_class(noun, self._lexicon)
        if found is None:
            return None
        head, cls, ready = found
        kind = ready or self._lexicon.bare.get(cls, "")
        if not kind or kind == "none":
            return None
        return Reading(
            kind=kind,
            trigger=noun,
            lemma=noun.lemma_.lower(),
            chain=(noun,),
            tellers=(noun,),
            noun=head,
            noun_class=cls,
        )

    def _copula(self, verb: Any, level: int) -> Reading | None:
        """Read "is ready to ...", "is opposed to ...", "is about to ...", "is on alert"."""
        lexicon = self._lexicon
        for word in children(verb, "acomp", "attr", "prep", "advmod", "oprd"):
            kind = lexicon.adjectives.get(word.lower_)
            if word.lower_ in lexicon.words["accused"]:
                kind = "DISAPPROVE"
            if kind is None and word.dep_ == "prep" and word.lower_ in ("on", "under", "in"):
                for noun in children(word, "pobj"):
                    found = noun_class(noun, self._lexicon)
                    if found and lexicon.bare.get(found[1]) in ("MOBILIZE", "PROTEST", "CONSULT"):
                        made = self._made(lexicon.bare[found[1]], verb, (noun.lemma_, (noun.i,)))
                        return replace(made, noun=noun, noun_class=found[1])
            if kind is None:
                continue
            clause = next(iter(children(word, "xcomp", "pcomp", "ccomp")), None)
            clause = clause or next(iter(children(verb, "xcomp")), None)
            if kind == "vow" and clause is None:
                found = next(
                    (
                        f
                        for p in children(word, "prep")
                        for n in children(p, "pobj")
                        if (f := noun_class(n, self._lexicon))
                    ),
                    None,
                )
                if found is not None and lexicon.bare.get(found[1]):
                    made = self._made(lexicon.bare[found[1]], verb, (word.lower_, (word.i,)))
                    return replace(made, noun=found[0], noun_class=found[1], vowed=True, intent=True)
            if kind == "vow":
                inner = self.read(clause, level + 1) if clause is not None else None
                if inner is not None:
                    return replace(
                        inner, chain=(verb, *inner.chain), tellers=(verb, *inner.tellers), vowed=True, intent=True
                    )
                continue
            made = self._made(kind, verb, (word.lower_, (word.i,)))
            return replace(made, chain=(verb,) if clause is None else (verb, clause), fixed=True)
        return None


def _complement(verb: Any) -> Any | None:
    """Return the clause a verb governs."""
    for dep in ("xcomp", "ccomp"):
        for child in children(verb, dep):
            if is_verb(child) and child.i != verb.i:
                return child
    for preposition in children(verb, "prep"):
        for child in children(preposition, "pcomp"):
            if is_verb(child):
                return child
    if verb.lemma_ in read_vocab("event_types.yaml")["gathering"]:
        return next((c for c in children(verb, "advcl") if any(t.lower_ == "to" for t in children(c, "aux"))), None)
    return None


def _tells_of_another(found: Reading, verb: Any) -> bool:
    """Tell "did not say that X ...", "it is not clear whether X ...": the negation is not of what X does."""
    inner = found.chain[1] if len(found.chain) > 1 and found.chain[0].i == verb.i else None
    return inner is not None and found.trigger.i != verb.i and inner.dep_ == "ccomp"


def _has_condition(verb: Any) -> bool:
    """Tell whether a clause with "if" or "unless" hangs on a verb."""
    return any(m.lower_ in ("if", "unless") for c in children(verb, "advcl") for m in children(c, "mark"))
