import pytest

from wayout.text.language import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The column left the town before dawn and drove north.", "en"),
        ("La colonne a quitté la ville avant l'aube vers le nord.", "fr"),
        ("Колонна вышла из города до рассвета и двинулась на север.", "ru"),
        ("غادر الرتل المدينة قبل الفجر واتجه شمالا.", "ar"),
    ],
)
def test_running_text_is_recognised(text, language):
    assert guess_language(text) == language


@pytest.mark.parametrize("text", ["", "Goma", "12.5 % 3/4", "!!!"])
def test_too_little_text_is_unknown(text):
    assert guess_language(text) is None
