"""The page of reminders and their words, as values."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from msgspec.structs import replace

from acupwa.reminders.model import Choices, Message, Reminders
from acupwa.reminders.notices import notices
from acupwa.reminders.reminders_page import reminders_page, with_errors
from acupwa.web.forms import FieldError, FormData

OFF = Reminders(choices=Choices(), wanted=False, on=False, devices=0, key="a-key")
ON = replace(OFF, wanted=True, on=True, devices=1)
# What whoever looks over a shoulder is not to read. The name of the app is told by the phone itself.
TELLING = re.compile(
    r"clinic|session|treat|acup(?!wa)|needl|health|pain|flare|condition|medic|doctor|practi|patient|symptom|sign|check-in|"
    r"\d",
    re.I,
)


def test_each_kind_that_is_sent_has_words_and_no_other():
    assert set(notices()) == set(get_args(Message))
    assert len(set(notices().values())) == len(notices())


@pytest.mark.parametrize("kind", get_args(Message))
def test_a_notice_is_short_and_tells_nothing(kind):
    words = notices()[kind]

    assert not TELLING.search(words)
    assert len(words.split()) <= 10
    assert words.endswith(".")


def test_the_page_shows_the_very_words_that_a_phone_shows():
    page = reminders_page(OFF)

    assert {tick.shows for tick in page.ticks} | {page.instead} == set(notices().values()) - {notices()["test"]}


def test_nobody_is_offered_nothing():
    page = reminders_page(None, done="subscribed")

    assert (page.known, page.on, page.key, page.done) == (False, False, "", "")


@pytest.mark.parametrize(
    ("done", "found", "said"),
    [
        ("subscribed", ON, True),
        ("subscribed", OFF, False),
        ("kept", ON, True),
        ("kept", OFF, False),
        ("tested", ON, True),
        ("tested", OFF, False),
        ("untested", ON, True),
        ("untested", OFF, False),
        ("ended", OFF, True),
        ("ended", ON, False),
        ("stopped", ON, True),
        ("stopped", replace(ON, here=True), False),
        ("kept", replace(OFF, wanted=True), True),
        ("stopped", OFF, True),
        ("<b>", ON, False),
    ],
)
def test_only_what_is_so_is_said(done, found, said):
    assert bool(reminders_page(found, done=done).done) is said


def test_where_none_are_sent_it_is_said():
    assert reminders_page(ON).sends
    assert not reminders_page(ON, sends=False).sends
    unread = reminders_page(replace(ON, key=None))
    assert (unread.sends, unread.key) == (False, "")


def test_quiet_hours_stand_in_the_form_as_it_takes_them():
    usual, none = reminders_page(ON), reminders_page(replace(ON, choices=Choices(kinds=("sent",), quiet=None)))

    assert (usual.quiet_from, usual.quiet_to) == ("21:00", "08:00")
    assert (none.quiet_from, none.quiet_to, none.chosen) == ("", "", ("sent",))


def test_nothing_typed_is_lost():
    form = FormData([("kinds", "sent"), ("kinds", "check-in"), ("quiet_from", "25:99"), ("quiet_to", "")])
    errors = (FieldError("quiet_from", "Type a time."),)

    page = with_errors(reminders_page(ON, done="kept"), form, errors)

    assert (page.chosen, page.quiet_from, page.quiet_to) == (("sent", "check-in"), "25:99", "")
    assert (page.errors, page.done) == (errors, "")
