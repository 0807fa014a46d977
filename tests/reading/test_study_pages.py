"""The page of a study and the list: what each must show, and what it must not."""

from __future__ import annotations

import pytest

from acupwa.library.grades import highest_certainty
from acupwa.library.model import Library
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
        ({"status": "retracted"}, "Retracted: its journal withdrew it. It does not count towards our grades."),
        ({"status": "superseded"}, "Replaced by newer work. It does not count towards our grades."),
        ({"kind": "animal"}, "Done in animals. It cannot tell us what happens in people."),
        ({"kind": "laboratory"}, "Done in a laboratory. It cannot tell us what happens in people."),
        ({"alone": False}, "Not about usual acupuncture alone, so it does not count towards our grades."),
    ],
)
def test_a_study_that_does_not_count_says_so_and_stands_beside_no_grade(values, words):
    study = make_study(**{"kind": "meta-analysis", "comparators": ("sham",), "participants": 5000, **values})
    html = shown(study, (make_claim(),))

    assert words in html
    assert 'class="grade"' not in html
    assert "Where we mention it, though it does not count" in html
    assert highest_certainty((study,)) == "none"
    (kind,) = studies_page(make_library(studies=(study,))).kinds
    assert kind.studies[0].marks


def test_a_study_that_counts_stands_beside_the_grade_it_carries():
    html = shown(make_study(kind="rct", comparators=("sham",), participants=60), (make_claim(),))

    assert "What we say based on it" in html
    assert html.count('class="grade"') == 1


def test_what_was_not_read_is_said_and_never_filled_in():
    html = shown(make_study(authors=None, year=None, ref=None, journal=None))

    assert html.count("Not given in what we read") == 7
    assert "We did not find a DOI or PMID for it." in html
    assert "None<" not in html


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
