"""Popular claims: all of them are there, and no verdict says more than its studies carry."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from acupwa.content_check.lists import load_easy_words
from acupwa.content_check.readability import own_words, reading_grade
from acupwa.content_check.upkeep import upkeep_faults
from acupwa.library.check import broken_references
from acupwa.library.faults import ContentError
from acupwa.library.load import load_library
from acupwa.library.popular import popular_faults
from acupwa.wording import CONTENT
from tests.support.content import make_library, make_popular, make_study

# Each claim of the evidence lists with the verdict given there. An id is for ever: this list only grows.
VERDICTS = {
    "ra-2019-meta-analysis": "not-found",
    "ra-pain-and-stiffness": "contested",
    "ms-jacm-study": "not-found",
    "ms-fatigue-and-quality-of-life": "partly",
    "lupus-2008-proof": "contested",
    "lupus-2020-meta-analysis": "not-found",
    "ms-cochrane-review": "not-found",
    "lowers-cytokines": "contested",
    "more-regulatory-t-cells": "partly",
    "immunity-in-the-gut": "contested",
    "five-symptoms": "partly",
    "psoriasis-2021-study": "not-found",
    "stress-hormones": "contested",
    "vagus-nerve": "animal-only",
    "serotonin-and-dopamine": "partly",
    "endorphins": "partly",
    "often-respond": "contested",
    "better-circulation": "not-found",
}

RAT = make_study("rat-2010", kind="animal")
TRIAL = make_study("trial-2011", kind="rct", participants=80)
MIXED = make_study("mixed-2012", kind="rct", alone=False)
GONE = make_study("gone-2013", kind="rct", status="retracted")


def faults_of(**values):
    library = make_library(studies=(make_study(), RAT, TRIAL, MIXED, GONE), popular=(make_popular(**values),))
    return "\n".join(map(str, popular_faults(library)))


def test_every_popular_claim_of_the_evidence_is_there_with_its_verdict(library):
    found = {id: popular.verdict for id, popular in library.popular.items()}

    assert {id: found.get(id) for id in VERDICTS} == VERDICTS


def test_a_claim_in_order_has_no_fault():
    assert not faults_of()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"why": "Nothing."}, "why does not say what it found"),
        ({"why": "So [@white-2001; @trial-2011]."}, "cites trial-2011, which is not listed"),
        ({"why": "So [@white-2001]. And [@ white-2001]."}, "neither a citation nor a directive"),
        ({"why": "So [@white-2001].\n\n::claim ra-pain\n"}, "no directives"),
        ({"why": "## Why\n\nSo [@white-2001]."}, "no headings"),
        ({"studies": ("nobody-2020",), "why": "So [@nobody-2020]."}, "no such study: nobody-2020"),
        ({"near": ("white-2001",)}, "stands under both"),
        ({"facts": ("no-fact",)}, "no such fact: no-fact"),
        ({"graded": ("no-claim",)}, "no such graded claim: no-claim"),
        ({"pages": ("no-page",)}, "no such page: no-page"),
        ({"conditions": ("gout",)}, "no such condition: gout"),
        ({"group": "condition"}, "exactly one condition"),
        ({"claim": "It helps. " * 20}, "longer than"),
        ({"fair": " "}, "fair is empty"),
        ({"next_review": date(2026, 1, 1)}, "lies before reviewed"),
    ],
)
def test_a_fault_is_refused_with_its_reason(values, reason):
    found = faults_of(**values)

    assert reason in found
    assert found.startswith("popular: eases-pain")


@pytest.mark.parametrize(
    ("verdict", "study", "reason"),
    [
        ("supported", RAT, "supported needs a study of people"),
        ("supported", MIXED, "supported needs a study of people"),
        ("supported", GONE, "supported needs a study of people"),
        ("animal-only", TRIAL, "animal-only needs a study in animals"),
        ("not-found", TRIAL, "put those that come close under near"),
        ("partly", RAT, "partly needs a study of people"),
        ("contested", RAT, "contested needs a study of people"),
    ],
)
def test_a_verdict_says_no_more_than_its_studies(verdict, study, reason):
    found = faults_of(verdict=verdict, studies=(study.id,), why=f"So [@{study.id}].")

    assert found == f"popular: eases-pain.verdict: {reason}" or reason in found


def test_animals_only_means_that_no_study_of_people_tested_it():
    both = faults_of(verdict="animal-only", studies=("rat-2010", "trial-2011"), why="[@rat-2010; @trial-2011]")
    beside = faults_of(
        verdict="animal-only", studies=("rat-2010",), near=("trial-2011",), why="[@rat-2010; @trial-2011]"
    )

    assert "no study of people under studies" in both
    assert not beside


def test_supported_stands_on_one_study_of_people_that_counts():
    assert not faults_of(verdict="supported", studies=("trial-2011",), why="So [@trial-2011].")


def test_the_start_refuses_a_popular_claim_at_fault():
    library = make_library(popular=(make_popular(studies=("nobody-2020",)),))

    assert any("nobody-2020" in str(fault) for fault in broken_references(library))


def test_a_wrong_verdict_or_key_in_a_file_is_named_with_its_place(tmp_path: Path):
    shutil.copytree(CONTENT, tmp_path / "content")
    file = tmp_path / "content" / "en" / "popular" / "how-it-works.yaml"
    file.write_text(file.read_text().replace("verdict: animal-only", "verdict: proven", 1))

    with pytest.raises(ContentError) as refused:
        load_library(tmp_path / "content")

    assert "popular/how-it-works.yaml" in str(refused.value)
    assert "vagus-nerve" in str(refused.value)
    assert "proven" in str(refused.value)


def test_review_dates_and_hard_reading_are_said_to_writers():
    hard = "Immunomodulatory neuroanatomical considerations necessitate methodological sophistication [@white-2001]."
    library = make_library(studies=(make_study(),), popular=(make_popular(why=hard),))

    today = "\n".join(map(str, upkeep_faults(library, date(2026, 11, 23), ())))
    later = "\n".join(map(str, upkeep_faults(library, date(2028, 1, 1), ())))
    before = "\n".join(map(str, upkeep_faults(library, date(2026, 1, 1), ())))

    assert "eases-pain.reading grade" in today
    assert "eases-pain.next_review: was due on 2027-11-01" in later
    assert "eases-pain.reviewed: lies in the future" in before


def test_what_we_say_of_each_claim_reads_at_grade_eight_or_below(library):
    words = load_easy_words()
    grades = {id: reading_grade(own_words(popular), words) for id, popular in library.popular.items()}

    assert max(grades.values()) <= 8, grades


def test_a_hard_word_is_explained_once(library):
    forms = [form.casefold() for entry in library.glossary.values() for form in (entry.word, *entry.also)]

    assert len(forms) == len(set(forms))
