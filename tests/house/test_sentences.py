"""Sentences of the quiz, the summary, the planner and Today are content, each once, and each is said somewhere."""

from __future__ import annotations

import re

from tools.i18n import sentences as interface_messages

from acupwa.content_check.sentence_calls import sentence_call_faults, sentence_calls
from acupwa.sentences import read_sentences
from acupwa.wording import CONTENT

SENTENCES = read_sentences(CONTENT / "en")
# Where no whole sentence may stand outside the content.
PATIENT_FOLDERS = re.compile(r"(src/acupwa|templates)/(quiz|results|planner)/")
WHOLE = re.compile(r"[.?!:…][\"”’)]*\s*$")


def test_a_sentence_that_is_said_is_there_and_gets_its_values():
    calls = sentence_calls()

    assert list(sentence_call_faults(SENTENCES)) == []
    assert len(SENTENCES) > 250
    assert sum(1 for call in calls if ".html" in call.place) > 50
    assert sum(1 for call in calls if ".py" in call.place) > 150


def test_no_whole_sentence_of_a_patient_s_pages_stands_in_code_or_templates():
    messages = [(one, one.id if isinstance(one.id, str) else one.id[0]) for one in interface_messages() if one.id]
    inside = [
        (one, words) for one, words in messages if any(PATIENT_FOLDERS.match(place) for place, _ in one.locations)
    ]

    assert [(words, one.locations) for one, words in inside if WHOLE.search(words)] == []
    assert len(inside) > 100


def test_a_sentence_stands_once():
    whole = [one for one in SENTENCES.values() if isinstance(one, str)]

    assert sorted({one for one in whole if whole.count(one) > 1}) == []
