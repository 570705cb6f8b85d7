"""Who publishes, who is quoted: one key for all spellings of an outlet, agency or monitor; none for what names nobody."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from wayout.model import Source, content_id
from wayout.text.names import fold_name
from wayout.vocab import read_vocab, vocab_path

_FILE = re.compile(r"-|.*\.(?:txt|text|md|html?|xhtml|mht|pdf|docx?|rtf|jsonl?|csv|tsv|xml|eml|gz|zip)", re.IGNORECASE)
_ARTICLE = re.compile(r"^the ")
_EDITION = re.compile(r"^(?:www|m|mobile|amp|en|english|eng|ar|arabic|fr|news|edition) ")
"""What stands before a host's own name (folded: blanks for dots)."""
UNKNOWN = content_id("origin", "unknown publisher")
"""The origin of all that nobody signs: that two such texts are independent cannot be known, so they count once."""


def publisher_of(source: Source) -> str | None:
    """
    Return the key of a publisher.

    Parameters
    ----------
    source
        The source of a document; a reader that was told no outlet puts the file's name there, which names nobody.

    Returns
    -------
    key
        An actor id where the name or the address is known, else the folded name; ``None`` where nobody is named.

    Examples
    --------
    >>> publisher_of(Source(name="AFP")), publisher_of(Source(name="report_17.txt"))
    ('agence-france-presse', None)
    """
    key = name_key(source.name)
    if key is not None and not (source.url is None and _FILE.fullmatch(source.name.strip())):
        if key in _known().values() or not source.url:
            return key
        return name_key(urlsplit(source.url).hostname or "", known_only=True) or key
    return name_key(urlsplit(source.url).hostname or "") if source.url else None


def name_key(name: str, *, known_only: bool = False) -> str | None:
    """
    Return one key for all spellings of a name.

    Parameters
    ----------
    name
        A name or a web host.
    known_only
        Give nothing for names that no file lists.

    Returns
    -------
    key
        An actor id, else the folded name; ``None`` for what names nobody.
    """
    folded = fold_name(re.sub(r"^https?://|/+$", "", name.strip()))
    known = _known()
    bare = _ARTICLE.sub("", folded)
    host = bare
    while host not in known and (shorter := _EDITION.sub("", host)) != host:
        host = shorter
    found = known.get(folded) or known.get(bare) or known.get(host)
    if found is not None or known_only:
        return found
    return None if bare in _nameless() else host


def origin_key(key: str) -> str:
    """Return the origin that a publisher or a mouth of this key is: what an agency publishes and what it is quoted for are one."""
    return content_id("origin", key)


def actor_key(actor: str) -> str:
    """Return the key of an actor id: itself, or whom it speaks for where that is a publisher or monitor of known names."""
    return _persons().get(actor, actor)


@cache
def _nameless() -> frozenset[str]:
    return frozenset(fold_name(n) for n in read_vocab("outlets.yaml")["nameless"])


@cache
def _known() -> Mapping[str, str]:
    """Actor id by folded name; a name that two actors bear names nobody here."""
    outlets = read_vocab("outlets.yaml")
    named: dict[str, set[str]] = {}
    for actor in _actors():
        if actor.get("kind") in outlets["kinds"]:
            for name in (actor["id"], actor["name"], *_other_names(actor)):
                named.setdefault(fold_name(name), set()).add(actor["id"])
    known = {name: next(iter(ids)) for name, ids in named.items() if len(ids) == 1}
    for key, names in outlets["also"].items():
        known |= {fold_name(name): key for name in (key, *names)}
    return known


@cache
def _persons() -> Mapping[str, str]:
    """Persons of the actor files who speak for a publisher or monitor, by their ids."""
    known = _known()
    return {
        actor["id"]: known[fold_name(actor["name"])]
        for actor in _actors()
        if actor.get("kind") == "person" and fold_name(actor["name"]) in known
    }


def _other_names(actor: Mapping[str, Any]) -> list[str]:
    return [str(n) for field in ("aliases", "acronyms", "scripts") for n in actor.get(field, ())]


@cache
def _actors() -> tuple[dict[str, Any], ...]:
    files = sorted(p.name for p in vocab_path("actors").glob("*.yaml") if not p.name.startswith("_"))
    blocks = [block for name in files for block in read_vocab(f"actors/{name}").get("blocks", ())]
    return tuple({**block.get("defaults", {}), **actor} for block in blocks for actor in block["actors"])
