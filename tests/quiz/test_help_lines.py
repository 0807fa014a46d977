"""Which numbers stand at a sign: one rule, the numbers of the evidence, and no button that was read second-hand only."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.model import Library
from acupwa.quiz.countries import COUNTRIES
from acupwa.quiz.help_lines import numbers_by_country, phones_for, phones_of
from tests.support.content_ids import RED_FLAGS

# red-flags.yaml and red-flags-2.yaml: `verified: true`, read on an official page, a health organisation's, a charity's,
# a service's or a government's news.
BUTTONS = {
    ("*", "112"), ("GB", "999"), ("GB", "111"), ("GB", "116 123"), ("IE", "999"), ("US", "911"), ("US", "988"),
    ("CA", "911"), ("CA", "988"), ("AU", "000"), ("NZ", "111"), ("NZ", "0800 611 116"), ("NZ", "1737"), ("CH", "144"),
    ("LV", "116 123"), ("SG", "995"), ("ZA", "0800 567 567"),
}  # fmt: skip
# The same, but second-hand, from the news or unsure: told with "check it".
IN_WORDS = {
    ("IE", "116 123"), ("MX", "911"), ("BR", "192"), ("BR", "188"), ("AU", "13 11 14"), ("AT", "144"), ("LI", "144"),
    ("IT", "118"), ("NO", "113"), ("AT", "116 123"), ("RO", "116 123"), ("UA", "103"), ("IL", "101"),
    ("IN", "108"), ("IN", "14416"), ("PK", "1122"), ("BD", "999"), ("CN", "120"), ("HK", "999"), ("JP", "119"),
    ("KR", "119"), ("ZA", "10177"), ("EG", "123"), ("SA", "997"), ("AE", "998"),
}  # fmt: skip
NOT_READ = {("AR", "107"), ("KE", "999"), ("NG", "112"), ("CH", "143")}
SPEAKS_OF = {
    "emergency": re.compile(r"emergency (number|care|help|department|service)"),
    "crisis": re.compile("crisis line"),
}


def test_only_numbers_that_were_read_are_shown_and_second_hand_ones_are_no_buttons(library: Library):
    shown = {(country, line.number, line.unsure) for line in library.help_lines for country in line.countries}

    assert {(country, number) for country, number, unsure in shown if not unsure} == BUTTONS
    assert {(country, number) for country, number, unsure in shown if unsure} == IN_WORDS
    assert not NOT_READ & {(country, number) for country, number, _unsure in shown}


@pytest.mark.parametrize("kind", SPEAKS_OF)
def test_what_a_sign_says_to_call_stands_at_it(library: Library, kind: str):
    for flag in library.red_flags.values():
        if SPEAKS_OF[kind].search(f"{flag.do} {flag.sign}"):
            assert kind in flag.call, flag.id


def test_an_emergency_has_its_number_first_and_today_a_line_for_advice(library: Library):
    for flag in library.red_flags.values():
        first = {"emergency-now": ("emergency",), "same-day": ("urgent",), "within-days": ()}[flag.urgency]
        assert flag.call[: len(first)] == first, flag.id


@given(
    flags=st.lists(st.sampled_from(sorted(RED_FLAGS)), min_size=1, max_size=5),
    country=st.none() | st.sampled_from(sorted(COUNTRIES)),
)
def test_wherever_somebody_is_each_kind_of_call_of_each_sign_has_its_numbers(
    library: Library, flags: list[str], country: str | None
):
    signs = [library.red_flags[one] for one in flags]
    phones = phones_for(signs, country, library)

    assert len({(phone.number, phone.label) for phone in phones}) == len(phones)
    for kind in {kind for flag in signs for kind in flag.call}:
        assert set(phones_of(kind, country, library)) <= set(phones)
    if any("emergency" in flag.call for flag in signs):
        assert any(phone.number == "112" and not phone.unsure for phone in phones)
    if any(flag.urgency == "emergency-now" for flag in signs):
        assert phones[0].kind == "emergency"
        assert not phones[0].unsure


def test_the_numbers_of_one_country_are_never_shown_in_another(library: Library):
    for country in COUNTRIES:
        allowed = {line.number for line in library.help_lines if {country, "*"} & set(line.countries)}
        for kind in ("emergency", "urgent", "crisis"):
            assert {phone.number for phone in phones_of(kind, country, library)} <= allowed


def test_a_phone_finds_its_country_by_the_names_that_browsers_give_a_zone(library: Library):
    by_zone = {zone: one.name for one in numbers_by_country(library) for zone in one.zones}

    assert by_zone["Asia/Calcutta"] == by_zone["Asia/Kolkata"] == "India"
    assert by_zone["America/New_York"] == "United States"
    assert by_zone["Europe/Kiev"] == "Ukraine"
    assert by_zone["Pacific/Auckland"] == "New Zealand"
    assert "Europe/Berlin" not in by_zone
