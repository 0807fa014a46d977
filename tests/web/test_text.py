"""What people type is cleaned once, and their words stay theirs."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.web.forms import FormData
from acupwa.web.reading_input import words
from acupwa.web.strict_json import Faults
from acupwa.web.text import MOST_MARKS, clean, one_line, opaque, plain_code, search_key, short_line
from tests.support.typed_texts import TURNING, UNSEEN, WORDS

# Half of what is drawn comes from where the rules are.
HARD = st.sampled_from(
    [chr(one) for span in (
        (0, 0x20), (0x7F, 0xA1), (0x300, 0x350), (0x600, 0x6FF), (0x900, 0x950), (0x1100, 0x1162), (0x1800, 0x1820),
        (0x2000, 0x2070), (0x2600, 0x2640), (0xD800, 0xD802), (0xFE00, 0xFE10), (0xFFF0, 0x10000),
        (0x1F3F4, 0x1F3FC), (0x1F468, 0x1F46A), (0xE0000, 0xE0080), (0xE0100, 0xE0102),
    ) for one in range(*span)] + list("\u00ad\u034f\u061c\u115f\u2800\u3164\uffa0\ufeff\u200d\u200c\u0958\u0344")
)  # fmt: skip
ANYTHING = st.text(st.one_of(st.characters(exclude_categories=()), HARD), max_size=40)
MARKS = ("Mn", "Mc", "Me")


@pytest.mark.parametrize("typed", WORDS)
def test_ordinary_words_are_left_as_they_are(typed):
    assert clean(typed) == typed
    assert one_line(f"  {typed}\n") == typed
    assert clean(unicodedata.normalize("NFD", typed)) == unicodedata.normalize("NFC", typed)


@pytest.mark.parametrize("typed", UNSEEN)
def test_what_nobody_can_see_is_empty(typed):
    assert clean(typed) == ""
    assert words(80)(typed.replace("\x00", "").replace("\x07", "").replace("\x1b", ""), "words", Faults()) is None
    assert FormData.of({"words": typed}).one("words") == ""
    assert FormData.of({"words": [typed]}).many("words") == ()


@given(ANYTHING)
def test_cleaned_text_holds_nothing_unseen_and_stays_as_it_is(typed):
    cleaned = clean(typed)

    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert len(cleaned) <= 3 * len(typed)
    assert not set(cleaned) & set(TURNING)
    assert not [one for one in cleaned if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") and one != "\n"]
    assert not [one for one in cleaned if unicodedata.category(one) == "Zs" and one != " "]
    cleaned.encode()


@given(ANYTHING)
def test_one_line_is_cleaned_text_on_one_line(typed):
    line = one_line(typed)

    assert one_line(line) == clean(line) == line
    assert "\n" not in line
    assert "  " not in line
    for most in range(8):
        short = short_line(typed, most)
        assert len(short) <= most
        assert one_line(short) == short


@given(ANYTHING)
def test_what_is_left_can_be_seen(typed):
    seen = [one for one in clean(typed) if not one.isspace() and unicodedata.category(one) not in ("Cf", *MARKS)]
    assert seen or not clean(typed) or all(unicodedata.category(one) == "Cf" for one in clean(typed))


@given(st.text(st.characters(codec="ascii", exclude_categories=("Cc",))))
def test_plain_english_is_only_stripped(typed):
    assert clean(typed) == typed.strip()


@given(st.text(st.characters(categories=("L", "N", "P")), max_size=30))
def test_letters_digits_and_punctuation_are_never_lost(typed):
    blank = set("\u115f\u1160\u3164\uffa0")
    assert clean(typed) == unicodedata.normalize("NFC", "".join(" " if one in blank else one for one in typed)).strip()


def test_a_flood_of_marks_is_bounded_and_the_letters_stay():
    flood = "".join(letter + "\u0301\u0316\u0489\u035c" * 30 for letter in "help")
    cleaned = clean(flood)

    assert "".join(one for one in unicodedata.normalize("NFD", cleaned) if one.isalpha()) == "help"
    assert len(cleaned) <= 4 * (1 + MOST_MARKS)


def test_a_mark_without_a_letter_sits_on_no_word_of_ours():
    assert clean("\u0301\u0308a") == "a"
    assert clean("a\n\u0301b") == "a\nb"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_each_end_of_a_line_is_one(end):
    assert clean(f"a{end}b") == "a\nb"
    assert one_line(f"a{end}b") == "a b"


def test_the_cleaning_is_soon_done():
    # A form reads 20,000 characters of a field at most; the hardest of them cannot hold up the others.
    import time

    for hard in ("\u0645\u200d" * 10_000, "\u094d\u200c" * 10_000, "a\u0301" * 10_000, "\u200d\u0301" * 10_000):
        began = time.process_time()
        clean(hard)
        assert time.process_time() - began < 0.5


def test_names_of_fields_are_cleaned_too():
    assert FormData([("na\x00me\u200b", "Zoe\u0301\x00")]).one("name") == "Zoé"


@given(ANYTHING)
def test_the_same_words_are_found_however_they_are_typed(typed):
    key = search_key(typed)

    assert search_key(unicodedata.normalize("NFD", one_line(typed))) == key
    assert search_key(one_line(typed)) == key
    assert search_key("ZOÉ straße") in search_key("x zoe\u0301 STRASSE")


@given(st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=30))
def test_a_password_is_the_same_however_a_keyboard_makes_it(typed):
    assert opaque(unicodedata.normalize("NFD", typed)) == opaque(typed) == opaque(opaque(typed))


@given(ANYTHING)
def test_a_code_is_read_from_plain_capitals(typed):
    plain = plain_code(typed)
    assert not set(plain) & set(TURNING)
    assert plain_code("ｃｊｎ－\u200bcnw") == "CJN-CNW"
