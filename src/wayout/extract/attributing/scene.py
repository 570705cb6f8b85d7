"""What the rules of attribution look at: the tree, the quotations, the cue words, and who does what a verb says."""

from dataclasses import dataclass
from typing import Any

from wayout.extract.attributing.lexicon import Cues, open_cues
from wayout.extract.attributing.quotes import find_quotations
from wayout.extract.attributing.reattach import reattach_speech
from wayout.extract.attributing.spans import AttributionSpans, Piece, joined, pieces, source_words, trimmed, without
from wayout.extract.attributing.tree import Tree, read_tree
from wayout.extract.grammar import agent, is_passive, surface_subject

MAX_CONTENT = 600
"""Tokens of one content that is no quotation; a longer one is a broken parse."""
MAX_PARTICLE = 6
"""Words from a verb to its particle: "called the army out"."""
_PARTICLE = frozenset({"prt", "advmod"})
RELATIVE = frozenset({"WP", "WDT", "WP$"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """
    One text ready for the rules; ``quote`` gives each token the number of its quotation, -1 outside.

    ``speakers`` gives a verb that shares its speaker with another verb that other one.
    """

    doc: Any
    tree: Tree
    cues: Cues
    quotations: list[Piece]
    quote: list[int]
    speakers: dict[int, int]

    def lemma(self, i: int) -> str:
        """Return the lemma, mended where the lemmatiser is known to err."""
        return self.cues.forms.get(self.tree.lower[i], self.tree.lemma[i])

    def predicate(self, verb: int) -> str:
        """Return a verb's lemma, with its particle where the two together are a cue ("lash out")."""
        for k in self.tree.kids[verb]:
            if verb < k <= verb + MAX_PARTICLE and self.tree.dep[k] in _PARTICLE:
                phrase = f"{self.lemma(verb)} {self.tree.lower[k]}"
                if phrase in self.cues.frames:
                    return phrase
        return self.lemma(verb)

    def is_verb(self, i: int) -> bool:
        """Tell whether a token is a verb or auxiliary."""
        return self.tree.pos[i] in ("VERB", "AUX")

    def is_passive(self, i: int) -> bool:
        """Tell whether a verb form is passive."""
        return is_passive(self.doc[i])

    def source_of(self, verb: int) -> int | None:
        """Return who says: the agent of a passive, else the subject, also a shared one."""
        token = self.doc[self.speakers.get(verb, verb)]
        found = agent(token) if self.is_passive(token.i) else surface_subject(token)
        return None if found is None else found.i

    def whole(self, i: int) -> Piece:
        """Return the subtree of a token as one piece."""
        low, high = self.tree.left[i], self.tree.right[i]
        return (max(low, i - MAX_CONTENT), min(high, i + MAX_CONTENT))


def open_scene(parsed: Any) -> Scene:
    """Read a parsed text for the rules."""
    cues = open_cues()
    tree = read_tree(parsed)
    tree, speakers = reattach_speech(
        tree, lambda i: tree.pos[i] == "VERB" and not cues.speech.isdisjoint(cues.classes.get(tree.lemma[i], ()))
    )
    quotations = find_quotations(tree)
    quote = [-1] * len(tree.head)
    for n, (first, last) in enumerate(quotations):
        quote[first : last + 1] = [n] * (last - first + 1)
    return Scene(doc=parsed, tree=tree, cues=cues, quotations=quotations, quote=quote, speakers=speakers)


def attribution(
    scene: Scene, kind: str, cue: list[int], source: int | None, content: list[Piece], cue_head: int
) -> AttributionSpans | None:
    """
    Put an attribution together; what belongs to cue or source is no content.

    Returns
    -------
    spans
        ``None`` where no content is left.
    """
    tree = scene.tree
    said_by: tuple[Piece, ...] = ()
    if source is not None:
        own = [k for k in tree.under(cue_head, "nsubj", "nsubjpass") if tree.tag[k] in RELATIVE]
        said_by = ((own[0], own[0]),) if own and own[0] != source else (source_words(tree, source, cue_head),)
        said_by = tuple(without(said_by, [(i, i) for i in cue]))
    left = trimmed(tree, without(joined(content), [*pieces(cue), *said_by]))
    if not left:
        return None
    return AttributionSpans(
        kind=kind, cue=pieces(cue), source=said_by, content=tuple(left), cue_head=cue_head, source_head=source
    )
