"""The evidence map: what a mark shows, and that every claim can be reached and is said once."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.model import Library
from acupwa.reading.evidence_map import (
    CELL,
    COLUMNS,
    RINGS,
    cells_of,
    evidence_map,
    people_in_largest,
    size_of,
)
from acupwa.reading.evidence_pages import evidence_page, others_page
from acupwa.reading.study_list import studies_page
from tests.support.content import make_claim, make_library, make_study

# As templates/reading/evidence.html draws a dot.
PIP_RADIUS = 2.6
CSS = Path(__file__).parents[2] / "static" / "css" / "filter.css"


def test_the_size_is_the_largest_study_that_counts_and_never_a_sum():
    studies = (
        make_study("review", kind="meta-analysis", participants=395),
        make_study("trial", kind="rct", participants=50),
        make_study("with-herbs", kind="rct", participants=5000, alone=False),
        make_study("in-mice", kind="animal", participants=900),
        make_study("taken-back", kind="rct", participants=4000, status="retracted"),
        make_study("not-read", kind="rct"),
    )
    claim = make_claim(studies=tuple(study.id for study in studies))

    assert people_in_largest(claim, make_library(studies=studies)) == 395


@pytest.mark.parametrize(
    ("people", "size"),
    [(None, "small"), (1, "small"), (99, "small"), (100, "medium"), (999, "medium"), (1000, "large")],
)
def test_a_number_that_nobody_read_is_never_drawn_as_many(people, size):
    assert size_of(people) == size


def test_the_answer_against_sham_stands_first_and_nothing_found_last():
    claims = (
        make_claim("nothing", comparator="minimal-needling", direction="nothing-found", certainty="none", studies=()),
        make_claim("usual", comparator="usual-care", direction="may-help"),
        make_claim("sham", comparator="sham", direction="unclear"),
    )
    library = make_library(studies=(make_study(),), claims=claims)

    assert [claim.id for claim in cells_of(library)["ra", "pain"]] == ["sham", "usual", "nothing"]
    mark = evidence_map(library).rows[0].marks[0]
    assert (mark.direction, mark.rings, mark.more, mark.href) == ("unclear", 2, 2, "#ra-pain")


DIRECTIONS = ("helps", "may-help", "unclear", "no-better-than-sham", "harm", "nothing-found")
CLAIMS = st.lists(
    st.builds(
        dict,
        condition=st.sampled_from((*COLUMNS, "general", "crohns")),
        comparator=st.sampled_from(("sham", "minimal-needling", "usual-care", "mixed", "any")),
        direction=st.sampled_from(DIRECTIONS),
        certainty=st.sampled_from(("none", "very-low", "low", "moderate", "high")),
        studies=st.sampled_from(((), ("white-2001",), ("big",), ("white-2001", "big"))),
    ),
    max_size=30,
)


@given(CLAIMS)
def test_every_claim_is_said_once_every_mark_leads_there_and_lies_inside_the_picture(many):
    claims = tuple(make_claim(f"c{number}", **one) for number, one in enumerate(many))
    library = make_library(studies=(make_study(), make_study("big", kind="rct", participants=20_000)), claims=claims)
    page, others = evidence_page(library), others_page(library)
    answers = [answer for section in (*page.sections, *others.sections) for answer in section.answers]
    drawn = [mark for row in page.map.rows for mark in row.marks]

    assert sorted(answer.claim.id for answer in answers) == sorted(claim.id for claim in claims)
    places = [answer.place for section in page.sections for answer in section.answers if answer.place]
    assert len(places) == len(set(places))
    assert {mark.href for mark in drawn} == {f"#{place}" for place in places}
    assert sum(1 + mark.more for mark in drawn) == sum(claim.condition in COLUMNS for claim in claims)
    for mark in drawn:
        x, y = mark.centre
        reach = max(mark.radius, RINGS[mark.rings - 1] + 0.75 if mark.rings else 0)
        assert mark.x <= x - reach
        assert x + reach <= mark.x + CELL <= page.map.width
        assert y - reach >= 0
        assert y + reach <= page.map.height
        for left, top in mark.pips:
            assert mark.x <= left - PIP_RADIUS
            assert left + PIP_RADIUS <= mark.x + CELL
            assert top - PIP_RADIUS >= 0


def test_no_two_looks_are_alike(library: Library):
    page = evidence_page(library)

    assert len({name for name, _ in page.directions}) == len({words for _, words in page.directions}) == 6
    assert [number for number, _ in page.certainties] == [1, 2, 3, 4]
    radii = [radius for _, radius, _ in page.sizes]
    assert all(low * 1.25 <= high for low, high in itertools.pairwise(radii))


@pytest.mark.parametrize("path", ["/evidence", "/evidence/others"])
def test_the_page_is_judged_and_says_each_claim_and_links_its_studies(client, library: Library, path):
    html = client.get(path).text
    page = evidence_page(library) if path == "/evidence" else others_page(library)

    assert html.count("<tr") - html.count("<thead") == page.number
    for section in page.sections:
        for answer in section.answers:
            assert html.count(f'id="{answer.place}"') == 1 or not answer.place
            for study in answer.studies:
                assert f'href="{study.href}"' in html
    # The real content at once: every claim on one of the two pages.
    assert evidence_page(library).number + others_page(library).number == len(library.claims)


def test_each_choice_of_a_filter_has_its_line_of_style(library: Library):
    page, others, studies = evidence_page(library), others_page(library), studies_page(library)
    offered = {
        "illness": {*dict(page.conditions), *dict(studies.illnesses)},
        "about": {*dict(page.outcomes), *dict(others.outcomes)},
        "kind": {kind.id for kind in studies.kinds},
        "sham": set(dict(studies.shams)),
        "result": set(dict(studies.results)),
    }
    css = CSS.read_text()
    for name, values in offered.items():
        styled = re.findall(rf"\[value=([a-z0-9-]+)\]:checked\) \[data-{name}\]:not\(\[data-{name}~=\1\]\)", css)
        assert values <= set(styled), values - set(styled)
    # One value means one thing, as a line of style asks for the value alone.
    all_values = [value for values in offered.values() for value in values]
    assert len(all_values) == len(set(all_values))
