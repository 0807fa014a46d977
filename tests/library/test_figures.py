"""A figure is a number of something. It stands in a source that has the same number of the same."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.content_check.figure_faults import figure_faults, figures_of_study, unfounded_figures
from acupwa.content_check.figure_reader import figures_in, numbers_in
from acupwa.content_check.figures import stands_in
from acupwa.content_check.lists import FigureException, load_figure_exceptions
from acupwa.library.model import Study, StudyDose

SAYS = {
    "In 1999, 56 people had needles.": [(1999, "year"), (56, "people")],
    "8 to 15 visits in 12 weeks": [(8, "session"), (15, "session"), (84, "days")],
    "8-15 visits": [(8, "session"), (15, "session")],
    "35 to 36 percent": [(Fraction(35, 100), "share"), (Fraction(36, 100), "share")],
    "35–36%": [(Fraction(35, 100), "share"), (Fraction(36, 100), "share")],
    "1 in 10,000 people": [(Fraction(1, 10_000), "share")],
    "9.4 per 100 treatments": [(Fraction(94, 1_000), "share")],
    "Of 10,000 people about 170 had pain.": [(Fraction(170, 10_000), "share")],
    "two of 229,230 people": [(2, "people"), (229_230, "people")],
    "one or two visits a week": [(1, "a week"), (2, "a week")],
    "twice a week for six weeks": [(2, "a week"), (42, "days")],
    "three times weekly": [(3, "a week")],
    "half an hour": [(30, "minutes")],
    "one and a half hours": [(90, "minutes")],
    "nearly two thirds of the people": [(Fraction(2, 3), "share")],
    "a third of the people": [(Fraction(1, 3), "share")],
    "half a point out of 10": [(Fraction(1, 2), "point")],
    "a 10-week course of twenty-one sessions": [(70, "days"), (21, "session")],
    "1.2 million treatments": [(1_200_000, "session")],
    "Two years are 24 months.": [(24, "months"), (24, "months")],
    "36, 40 and 56 people": [(36, "people"), (40, "people"), (56, "people")],
}


@pytest.mark.parametrize("text", SAYS)
def test_numbers_are_read_with_their_units(text):
    assert [(figure.value, figure.unit) for figure in figures_in(text)] == SAYS[text]


@pytest.mark.parametrize(
    "text",
    [
        "Press LI4, PC6 and ST36.",
        "T4, IL-6, PHQ-4, 5-HT, CD4 and B12",
        "Rate it from 0 to 10.",
        "People under 16, and those of 16 and 17",
        "type 2 diabetes",
        "One trial, and a third review",
        "One of them said so, and the other two did not.",
        'An advert says "up to 80 percent".',
    ],
)
def test_numbers_that_name_or_count_nothing_are_no_figures(text):
    assert not figures_in(text)


@pytest.mark.parametrize(
    ("says", "source", "right"),
    [
        ("56 people", "56 patients", True),
        ("56 people", "56 sessions", False),
        ("20 sessions", "20 weeks", False),
        ("seven visits", "7 sessions", True),
        ("three months", "12 weeks", False),
        ("four weeks", "by day 28", True),
        ("35 to 36 percent", "35-36%", True),
        ("6 in 100 people", "6 percent of people", True),
        ("6 in 100 people", "6 percent of treatments", False),
        ("about 6 in 100", "6.1 percent", True),
        ("6 in 100", "6.1 percent", False),
        ("about 1 in 10", "8.6 percent", True),
        ("about 2 in 10", "8.6 percent", False),
        ("more than 66,000 visits", "66,229 visits", True),
        ("more than 66,000 visits", "65,900 visits", False),
        ("fewer than 1 in 100 people", "0.7 percent of people", True),
        ("six of eight trials", "Of eight trials, six found nothing.", True),
        ("six weeks", "Of eight trials, six found nothing.", False),
        ("1,234 people", "1234 people", True),
        ("about half of the people", "48 percent", True),
        ("about half of the people", "40 percent", False),
    ],
)
def test_a_figure_stands_only_beside_the_same_number_of_the_same(says, source, right):
    numbers = numbers_in(source)

    assert all(stands_in(figure, numbers) for figure in figures_in(says)) is right


@given(st.integers(2, 2_000_000), st.sampled_from(["people", "visits", "weeks", "minutes", "percent", "points"]))
def test_any_number_is_found_in_its_own_words_and_not_beside_another_number(number, unit):
    (figure,) = figures_in(f"There were {number:,} {unit}.")

    assert stands_in(figure, numbers_in(f"({number:,} {unit})"))
    assert not stands_in(figure, numbers_in(f"{number + 1:,} {unit}"))


@given(st.lists(st.integers(2, 900), min_size=2, max_size=4))
def test_a_list_of_numbers_shares_its_unit(numbers):
    text = ", ".join(map(str, numbers)) + " people"

    assert [(figure.value, figure.unit) for figure in figures_in(text)] == [(n, "people") for n in numbers]


def test_every_field_that_a_study_page_shows_answers_for_a_figure():
    study = Study(
        id="a",
        kind="rct",
        year=2008,
        participants=40,
        sessions=StudyDose(count=10, per_week=2, weeks=9, minutes=20, note="Measured after 5 sessions."),
        finding="Pain fell by 12%.",
        limits="Only 7 of 12 finished.",
    )
    there = figures_of_study(study)

    for words in ("in 2008", "40 people", "ten visits", "twice a week", "nine weeks", "20 minutes", "12 percent"):
        assert all(stands_in(figure, there) for figure in figures_in(words)), words


def test_every_figure_of_the_content_stands_in_what_it_cites_or_has_a_reason(library):
    faults = list(figure_faults(library, load_figure_exceptions()))

    assert not faults, "\n".join(map(str, faults))


def test_exceptions_stay_few(library):
    assert len(load_figure_exceptions()) <= 15
    assert len(list(unfounded_figures(library))) <= 20


def test_an_exception_needs_a_reason(library):
    without = (FigureException(page="no-page", figure="1 year", reason=" "),)

    reasons = {fault.reason for fault in figure_faults(library, without) if fault.place == "no-page"}

    assert reasons == {"“1 year” needs no exception", "“1 year” has no reason"}


def test_the_order_of_figures_is_the_order_of_the_text():
    figures = figures_in("First 12 people, then 8 visits, then 30 minutes.")

    assert [figure.words for figure in figures] == ["12 people", "8 visits", "30 minutes"]
    assert all(one != two for one, two in pairwise(figures))
