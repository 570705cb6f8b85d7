import pytest

from wayout.errors import SourceError
from wayout.read.decode import decode_page

FRENCH = "Le président a déclaré mardi que la route du nord était rouverte après trois jours de combats près du fleuve."
POLISH = (
    "Wojsko zajęło wczoraj trzy wsie na północ od miasta, podał sztab generalny. Mieszkańcy uciekli w stronę granicy."
)
RUSSIAN = "Вчера войска заняли три деревни к северу от города, сообщил генеральный штаб. Жители бежали к границе."
ARABIC = (
    "أعلن الجيش يوم الثلاثاء أن قواته دخلت ثلاث قرى شمال المدينة بعد معارك استمرت ثلاثة أيام ونزح السكان نحو الحدود."
)
CURLY = "The convoy’s drivers said they had waited three days at the checkpoint before the road was opened again."


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "latin-1"),
        (CURLY, "cp1252"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (ARABIC, "cp1256"),
        (ARABIC, "utf-8-sig"),
        (ARABIC, "utf-16"),
        (FRENCH, "utf-32"),
        (FRENCH, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
    ],
)
def test_undeclared_text_is_decoded_right(text, codec):
    assert decode_page(text.encode(codec), "page")[0] == text


def test_declared_encoding_is_used():
    page = f'<html><head><meta charset="windows-1251"></head><p>{RUSSIAN}</p>'
    assert RUSSIAN in decode_page(page.encode("cp1251"), "page")[0]


def test_declared_latin_1_means_windows_1252_as_on_the_web():
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>{CURLY}</p>'
    assert CURLY in decode_page(page.encode("cp1252"), "page")[0]


def test_encoding_told_by_the_server_comes_before_the_declared_one():
    page = f'<meta charset="koi8-r"><p>{RUSSIAN}</p>'.encode("cp1251")
    assert RUSSIAN in decode_page(page, "page", "windows-1251")[0]


def test_valid_utf_8_wins_over_a_wrong_single_byte_label():
    page = f'<meta charset="iso-8859-1"><p>{FRENCH}</p>'.encode()
    assert FRENCH in decode_page(page, "page")[0]


def test_unknown_label_is_passed_over():
    assert decode_page(FRENCH.encode(), "page", "no-such-charset")[0] == FRENCH
    assert decode_page(b"plain words", "page", "zip")[0] == "plain words"


def test_one_broken_byte_does_not_change_the_encoding():
    page = f'<meta charset="utf-8"><p>{ARABIC}</p>'.encode() + b"\xff<p>end</p>"
    text, codec = decode_page(page, "page")
    assert ARABIC in text
    assert codec == "utf-8"


def test_a_stray_nul_does_not_make_a_page_binary():
    assert decode_page(b"The ford is\x00 open. " + b"The mill stands. " * 100, "page")[0].startswith(
        "The ford is open."
    )


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", "zip"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image"),
        (b"{\\rtf1\\ansi Hello}", "RTF"),
        (b"\x00\x00\x00\x18ftypmp42", "film"),
        (bytes(range(256)) * 8, "NUL"),
        (bytes(b for b in range(1, 256)) * 8, "text"),
    ],
)
def test_what_is_not_text_is_refused_by_name_and_with_a_remedy(content, word):
    with pytest.raises(SourceError, match=word) as caught:
        decode_page(content, "x.bin")
    assert "x.bin" in str(caught.value)


@pytest.mark.parametrize("text", ["RIFF raff on the radio.", "ID3 cards were shown at the gate.", "MZ is a plate."])
def test_prose_that_begins_like_a_signature_is_read(text):
    assert decode_page(text.encode(), "page")[0] == text
