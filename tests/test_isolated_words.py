"""Words that run the other way turn nothing round in our sentences: on pages, in files, in the PDF."""

from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from acupwa import wording
from acupwa.results.pdf.letters import as_seen, letters
from acupwa.sentences import say
from acupwa.wording import filled, isolated
from tests.support.people import RA, answer_quiz
from tests.support.practitioners import asked, signed_in

HEBREW, ARABIC = "\u05e9\u05e8\u05d4 5", "\u0639\u064a\u0627\u062f\u0629 3"


@pytest.mark.parametrize("name", [HEBREW, ARABIC, f"({HEBREW})", f"Dr {ARABIC}", f"{HEBREW}!"])
def test_a_name_leaves_the_rest_of_the_sentence_in_its_place(name):
    said = filled("{clinic}: 7 of 10, on 4 January", clinic=name)

    assert get_display(said, base_dir="L").endswith("\u2069: 7 of 10, on 4 January")
    assert as_seen(letters(said).plain).endswith(": 7 of 10, on 4 January")


@given(st.text(alphabet=st.characters(codec="latin-1")))
def test_words_of_the_same_direction_stay_as_they_are(words):
    assert isolated(words) == words


def test_in_a_language_from_right_to_left_it_is_the_latin_words_that_are_set_apart(monkeypatch):
    monkeypatch.setitem(wording.LANGUAGES, "en", "rtl")
    assert isolated("Acupwa 5") == "\u2068Acupwa 5\u2069"
    assert isolated(HEBREW) == HEBREW


def test_sentences_of_the_content_set_words_apart_too():
    assert f"\u2068{HEBREW}\u2069" in say("results.ratings.own_words", words=HEBREW)


def test_markup_stays_markup_and_what_it_takes_in_is_escaped():
    said = filled(Markup("<b>{name}</b>"), name=f"<{HEBREW}>")
    assert said == Markup(f"<b>\u2068&lt;{HEBREW}&gt;\u2069</b>")
    assert isinstance(said, Markup)


def test_the_pdf_says_of_no_mark_that_it_has_no_sign():
    assert letters(isolated(HEBREW)).missing == frozenset()
    assert not set(as_seen(letters(isolated("plain")).plain)) & set("\u2068\u2069")
    assert not set(as_seen(letters("\u2068plain\u2069").plain)) & set("\u2068\u2069")


def test_a_person_s_words_stand_alone_in_their_own_direction(client):
    answer_quiz(client, RA | {"problem_words": HEBREW})
    ann = signed_in(client, name=HEBREW, clinic=ARABIC)
    preview = asked(client.another(), ann, RA | {"problem_words": HEBREW}, alias=HEBREW)

    assert f"<bdi>{HEBREW}</bdi></a>" in ann.get("/practice/links").text
    assert f"<bdi>{HEBREW}</bdi> · <bdi>{ARABIC}</bdi>" in ann.get("/practice").text
    assert preview
