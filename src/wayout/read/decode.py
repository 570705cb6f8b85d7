"""Bytes to characters: say what a file is when it is not text, and find the encoding when it is."""

import codecs
import logging
import re
import unicodedata

from wayout.errors import SourceError
from wayout.text.language import guess_language
from wayout.vocab import read_vocab

SAMPLE_BYTES = 100_000
"""Bytes judged when an encoding must be guessed; the guess does not improve beyond, its time does."""

MAX_BROKEN_SHARE = 0.05
"""Control, unassigned and replacement characters a text may hold; prose has none, binary data read as text over 20 %."""

MAX_NUL_SHARE = 0.001
"""NUL bytes a text may hold; faulty templates leave one or two, binary files some 10 %."""

_SPECIAL_PER_BROKEN = 20
"""Letters beyond ASCII that must come out right for each byte that does not, for an encoding to be believed."""

_SIGNATURES: tuple[tuple[re.Pattern[bytes], str, str], ...] = tuple(
    (re.compile(signature, re.DOTALL), kind, remedy)
    for signature, kind, remedy in (
        (rb"\s*%PDF", "a PDF", "save its text as .txt first"),
        (rb"\{\\rtf", "an RTF document", "save it as plain text first"),
        (rb"PK\x03\x04", "a zip archive or office document", "unpack it, or save it as plain text first"),
        (rb"\xd0\xcf\x11\xe0", "an old office document", "save it as plain text first"),
        (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP", "an image", "give the page it was shown on"),
        (rb"\x1f\x8b", "gzip data inside gzip data", "unpack it first"),
        (rb"BZh[1-9]1AY&SY|7z\xbc\xaf|Rar!\x1a|\xfd7zXZ|\x28\xb5\x2f\xfd", "an archive", "unpack it first"),
        (rb"\x7fELF|MZ.{2}[\x00-\x03]\x00", "a program", "give a text or a web page"),
        (rb"SQLite format 3\x00", "a database", "export its texts as JSON lines first"),
        (rb"OggS\x00|ID3[\x02-\x04]|RIFF.{4}(WAVE|AVI )|.{4}ftyp", "a sound or film file", "give a transcript"),
    )
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.I
)
_DECLARATION_BYTES = 4096
"""The standard looks at 1,024 bytes; real pages put scripts first."""


def refuse_binary(content: bytes, name: str) -> None:
    """
    Refuse what is known not to be text.

    Raises
    ------
    SourceError
        If the first bytes are those of a PDF, image, archive, sound file, program or database; says what to do.
    """
    for signature, kind, remedy in _SIGNATURES:
        if signature.match(content):
            raise SourceError(f"{name} is {kind}, not text; {remedy}")


def decode_page(content: bytes, name: str, charset: str | None = None) -> tuple[str, str]:
    """
    Decode a page: byte order mark, encoding told, encoding declared, UTF-8, best guess; in that order.

    UTF-8 that decodes without a fault wins over a declared single-byte encoding, because text in such an encoding
    is practically never valid UTF-8 by accident.

    Parameters
    ----------
    content
        The bytes, already unpacked.
    name
        Its name, for the error.
    charset
        What the HTTP header said.

    Returns
    -------
    text, encoding
        The characters as decoded, and the name of the codec used.

    Raises
    ------
    SourceError
        If it is binary, or no encoding gives text.

    References
    ----------
    WHATWG Encoding Standard, "decode"; WHATWG HTML, "determining the character encoding".
    """
    refuse_binary(content, name)
    for mark, codec in _BOMS:
        if content.startswith(mark):
            return _checked(content.decode(codec, "replace"), codec, name)
    if b"\x00" in content:
        wide = _wide_codec(content)
        if wide is not None:
            return _checked(content.decode(wide, "replace"), wide, name)
        if content.count(0) > len(content) * MAX_NUL_SHARE:
            raise SourceError(f"{name} holds NUL bytes: it is binary, not text; give a text or a web page")
        content = content.replace(b"\x00", b"")
    told = [c for c in (charset, _declared_charset(content)) if c]
    for label in told:
        told_codec = _codec_of(label)
        if told_codec and (decoded := _decode_as(content, told_codec)) is not None:
            return _checked(*decoded, name)
    utf8 = _decode_as(content, "utf-8")
    if utf8 is not None:
        return _checked(*utf8, name)
    guessed = _guess_codec(content)
    if guessed is None:
        raise SourceError(
            f"{name} is not text in any known character encoding; give a text or a web page, or save it as UTF-8"
        )
    return _checked(content.decode(guessed, "replace"), guessed, name)


def _decode_as(content: bytes, codec: str) -> tuple[str, str] | None:
    multi_byte = codec in read_vocab("charsets.yaml")["multi_byte"]
    if codec != "utf-8" and not multi_byte and not content.isascii():
        try:
            return content.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            pass
    try:
        return content.decode(codec), codec
    except UnicodeDecodeError:
        lenient = content.decode(codec, "replace")
    # A page of many parts often has a broken byte or two; a wrong label breaks everywhere.
    n_broken = lenient.count("\ufffd")
    n_special = sum(not c.isascii() for c in lenient) - n_broken
    return (lenient, codec) if n_special > _SPECIAL_PER_BROKEN * n_broken else None


def _declared_charset(content: bytes) -> str | None:
    found = _DECLARED.search(content[:_DECLARATION_BYTES])
    return found[1].decode("ascii", "replace") if found else None


def _codec_of(label: str) -> str | None:
    key = label.strip().strip("\"'").lower()
    meaning = str(read_vocab("charsets.yaml")["web_meaning"].get(key, key))
    try:
        info = codecs.lookup(meaning)
    except (LookupError, ValueError):
        return None
    # Python also lists codecs that are no character encodings (zip, rot13, punycode, idna).
    if not getattr(info, "_is_text_encoding", True) or info.name in (
        "punycode",
        "idna",
        "unicode_escape",
        "raw_unicode_escape",
        "utf-7",
        "undefined",
    ):
        return None
    return info.name


def _wide_codec(content: bytes) -> str | None:
    """Tell UTF-16 without a mark: NUL bytes stand on one side of each pair only."""
    sample = content[: SAMPLE_BYTES // 2 * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    pairs = max(1, len(sample) // 2)
    # Blanks and line ends alone are some 15 % of the units of any script that uses them.
    for here, there, codec in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if there == 0 and here / pairs > 0.05:
            return codec
    return None


def _guess_codec(content: bytes) -> str | None:
    from charset_normalizer import from_bytes

    logging.getLogger("charset_normalizer").addHandler(logging.NullHandler())
    sample = content[:SAMPLE_BYTES]
    best = from_bytes(sample).best()
    if best is None:
        return None
    guess = str(best)
    letters = [c for c in guess if c.isalpha()]
    if sum(c.isascii() for c in letters) <= len(letters) / 2:
        return str(best.encoding)
    # Latin script: the code pages differ in a few letters only, so the language decides better than their counts.
    language = guess_language(guess)
    pages = read_vocab("charsets.yaml")["code_pages"].get(language, ["cp1252"])
    return str(max(pages, key=lambda page: sum(c.isalpha() for c in sample.decode(page, "replace"))))


def _checked(text: str, codec: str, name: str) -> tuple[str, str]:
    sample = text[:SAMPLE_BYTES]
    broken = sum(
        c == "\ufffd" or (unicodedata.category(c) in ("Cc", "Cn", "Cs", "Co") and c not in "\t\n\r\f\x0b\x85")
        for c in sample
    )
    if broken > MAX_BROKEN_SHARE * max(1, len(sample)):
        raise SourceError(
            f"{name} does not look like text: {broken} of its first {len(sample)} characters are unreadable as {codec}; "
            "give a text or a web page, or save it as UTF-8"
        )
    return text, codec
