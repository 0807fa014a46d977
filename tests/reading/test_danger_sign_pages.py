"""The danger signs of a condition are found: first on the list, and by the search."""

from __future__ import annotations

import pytest

from acupwa.library.model import Library
from acupwa.quiz.model import Answers
from acupwa.reading.ranking import rank

PAGES = {
    "ra": "ra-danger-signs",
    "sle": "lupus-danger-signs",
    "ms": "ms-danger-signs",
    "hashimoto": "hashimoto-danger-signs",
    "psoriasis": "psoriasis-danger-signs",
    "fibromyalgia": "fibromyalgia-danger-signs",
}


def listed(library: Library, condition: str, *flags: str) -> list[str]:
    answers = Answers(age_band="18-39", conditions=(condition,), red_flags=flags)
    return [one.slug for one in rank(answers, library)]


@pytest.mark.parametrize("condition", PAGES)
def test_they_lead_the_list_of_whoever_ticked_one_and_stand_before_the_page_on_needles(
    library: Library, condition: str
):
    page = library.pages[PAGES[condition]]
    needles = page.slug.replace("danger-signs", "before-needles")

    for flag in page.head.red_flags:
        assert listed(library, condition, flag)[0] == page.slug, flag
    slugs = listed(library, condition)
    assert slugs.index(page.slug) < slugs.index(needles)


@pytest.mark.parametrize("condition", PAGES)
def test_they_are_on_no_list_of_another_condition(library: Library, condition: str):
    others = {slug for one, slug in PAGES.items() if one != condition}

    assert not others & set(listed(library, condition))
