"""The page of a study and the list: what each must show, and what it must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from acupwa.library.grades import highest_certainty
from acupwa.library.model import Library
from acupwa.reading.sources import find_words, outside_links
from acupwa.reading.study_list import studies_page
from acupwa.reading.study_pages import study_pages
from acupwa.web.assets import Assets
from acupwa.web.paths import STATIC, TEMPLATES
from acupwa.web.templates import Templates
from tests.support.content import make_claim, make_library, make_study
from tests.support.page_judge import judge


def shown(study, claims=()) -> str:
    """The page of one made study."""
    library = make_library(studies=(study,), claims=claims)
    templates = Templates(TEMPLATES, Assets(STATIC).url)
    (page,) = study_pages(library)
    html = templates.render(page, path=f"/studies/{study.id}")
    assert not judge(html, whole=True, address=study.id)
    return html


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"status": "retracted"}, "Withdrawn (retracted) by its journal. It does not count here."),
        ({"status": "superseded"}, "Replaced by newer work. It does not count here."),
        ({"kind": "animal"}, "Done in animals. It cannot tell us what happens in people."),
        ({"kind": "laboratory"}, "Done in a laboratory. It cannot tell us what happens in people."),
        ({"alone": False}, "Not about usual acupuncture alone, so it does not count here."),
    ],
)
def test_a_study_that_does_not_count_says_so_and_stands_beside_no_grade(values, words):
    study = make_study(**{"kind": "meta-analysis", "comparators": ("sham",), "participants": 5000, **values})
    html = shown(study, (make_claim(),))

    assert words in html
    assert 'class="grade"' not in html
    assert "Where we name it, though it does not count" in html
    assert highest_certainty(make_claim(), (study,)) == "none"
    (kind,) = studies_page(make_library(studies=(study,))).kinds
    assert kind.studies[0].marks


def test_a_study_that_counts_stands_beside_the_grade_it_carries():
    html = shown(make_study(kind="rct", comparators=("sham",), participants=60), (make_claim(),))

    assert "What we say because of it" in html
    assert html.count('class="grade"') == 1


def test_a_claim_that_does_not_use_a_study_says_why():
    claim = make_claim(studies=(), not_used={"white-2001": "It is about another dose."})
    html = shown(make_study(kind="rct", comparators=("sham",)), (claim,))

    assert "Why it does not count here: It is about another dose." in html
    assert 'class="grade"' not in html


def test_minimal_needling_is_never_called_sham():
    html = shown(make_study(kind="rct", comparators=("minimal-needling",)))

    assert "Not with sham, but with minimal needling." in html
    assert "the needles go in" in html


def test_what_was_not_read_is_said_and_never_filled_in():
    html = shown(make_study(authors=None, year=None, ref=None, journal=None))

    assert html.count("Not reported where we read it") == 7
    assert "To find it: search for “A survey”." in html
    assert "None<" not in html


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "To find it: search for “A survey” (White 2001) in BMJ 1:2."),
        ({"title": "Does it help?"}, "To find it: search for “Does it help?” (White 2001) in BMJ 1:2."),
        ({"title": "A survey."}, "To find it: search for “A survey” (White 2001) in BMJ 1:2."),
        ({"year": None}, "To find it: search for “A survey” (White) in BMJ 1:2."),
        ({"authors": None}, "To find it: search for “A survey” (2001) in BMJ 1:2."),
        ({"authors": None, "journal": None, "ref": None}, "To find it: search for “A survey” (2001)."),
        ({"title": None}, "To find it: search for “White 2001” in BMJ 1:2."),
        ({"title": None, "authors": None}, "To find it: look in BMJ 1:2 (2001)."),
        ({"title": None, "authors": None, "year": None}, "To find it: look in BMJ 1:2."),
        ({"find": "ask the society that held the talk."}, "To find it: ask the society that held the talk."),
        ({"doi": "10.1/x"}, ""),
        ({"pmid": "123"}, ""),
        ({"doi": "10.1/x", "find": "ask the society."}, ""),
    ],
)
def test_a_study_without_a_number_says_how_to_find_it(values, words):
    study = make_study(**values)

    assert find_words(study) == words
    assert words in shown(study)


@given(
    title=st.none() | st.text(min_size=1).filter(str.strip),
    authors=st.none() | st.sampled_from(["White A", "Sato M, et al."]),
    year=st.none() | st.integers(1950, 2026),
    journal=st.none() | st.just("BMJ"),
    ref=st.none() | st.just("1:2"),
    number=st.none() | st.just("10.1/x"),
)
def test_whatever_can_be_found_has_a_number_or_a_line(title, authors, year, journal, ref, number):
    study = make_study(title=title, authors=authors, year=year, journal=journal, ref=ref, doi=number)

    if study.traceable:
        assert bool(outside_links(study)) != bool(find_words(study))
    else:
        assert not outside_links(study)


def test_every_study_can_be_found(library: Library):
    """By a DOI, a PMID, or a line that says where to look; the line is on its page."""
    templates = Templates(TEMPLATES, Assets(STATIC).url)
    for page in study_pages(library):
        html = templates.render(page, path=f"/studies/{page.study.id}")
        words = find_words(page.study)
        assert bool(outside_links(page.study)) != bool(words), page.study.id
        assert str(escape(words)) in html, page.study.id


def test_sham_stands_apart_from_other_comparisons():
    html = shown(make_study(kind="rct", comparators=("sham", "usual-care")))

    assert html.index("Tested against sham needles?") < html.index("Yes, with sham (pretend) needles")
    assert "<dd>usual care</dd>" in html


def test_the_list_holds_each_study_once_with_all_that_the_filters_ask(library: Library):
    page = studies_page(library)
    listed = [study for kind in page.kinds for study in kind.studies]

    assert sorted(study.id for study in listed) == sorted(library.studies)
    illnesses, shams, results = (dict(options) for options in (page.illnesses, page.shams, page.results))
    for study in listed:
        assert study.illness
        assert set(study.illness.split()) <= set(illnesses), study.id
        assert study.sham in shams
        assert study.result in results
        assert (study.sham == "with-sham") == library.studies[study.id].sham_controlled
