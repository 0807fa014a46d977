"""The content that ships."""

from __future__ import annotations

import re
from datetime import date
from statistics import median

import pytest

from acupwa.content_check.lists import load_easy_words
from acupwa.content_check.readability import reading_grade
from acupwa.content_check.upkeep import upkeep_faults
from acupwa.library.load import content_version
from acupwa.wording import CONTENT

CONDITIONS = ("ra", "sle", "ms", "hashimoto", "psoriasis", "fibromyalgia")


def test_no_page_is_past_its_review_date_or_too_hard_to_read(library):
    faults = list(upkeep_faults(library, date(2026, 11, 29), load_easy_words()))

    assert not faults, "\n".join(map(str, faults))


def test_half_of_the_pages_read_at_grade_six_or_below(library):
    words = load_easy_words()

    assert median(reading_grade(page.markdown, words) for page in library.pages.values()) <= 6


def test_there_are_twenty_five_pages_or_more_and_three_for_each_condition(library):
    assert len(library.pages) >= 25
    for condition in CONDITIONS:
        kinds = {p.head.kind for p in library.pages.values() if condition in p.head.conditions}
        assert {"overview", "evidence", "needles"} <= kinds, condition


def test_all_danger_signs_and_precautions_of_the_evidence_are_there(library):
    assert {flag.urgency for flag in library.red_flags.values()} == {
        "emergency-now",
        "same-day",
        "within-days",
    }


def test_every_page_cites_something(library):
    bare = [slug for slug, page in library.pages.items() if not page.sources and "::claim" not in page.markdown]

    assert not bare


def test_each_condition_answers_what_people_ask_about_also_with_nothing_found(library):
    asked = {"pain", "stiffness", "fatigue", "function", "quality-of-life", "sleep", "mood", "anxiety", "brain-fog",
             "inflammation", "safety"}  # fmt: skip
    for condition in CONDITIONS:
        answered = {claim.outcome for claim in library.claims.values() if claim.condition == condition}
        assert asked <= answered, (condition, asked - answered)


def test_every_outcome_that_has_a_name_has_a_claim(library):
    assert set(library.outcomes) == {claim.outcome for claim in library.claims.values()}


def test_every_page_before_needles_keeps_the_stricter_urgency_and_leads_to_all_signs(library):
    for slug, page in library.pages.items():
        if slug.endswith("-before-needles"):
            assert "](/emergency)" in page.markdown, slug
            afterwards = page.markdown.split("## After a session")[1]
            for flag in (
                "collapsed-lung-after-session",
                "bleeding-after-needling",
                "spreading-infection-after-needles",
            ):
                assert f"@flag:{flag}" in afterwards, (slug, flag)
            assert "**Call the emergency number** for" in afterwards, slug
            assert "or redness that spreads fast [@" in afterwards, slug


def test_every_condition_shows_null_results_as_well(library):
    for condition in CONDITIONS:
        directions = {c.direction for c in library.claims.values() if c.condition == condition}
        assert directions & {"no-better-than-sham", "unclear", "nothing-found"}, condition


@pytest.mark.parametrize(
    "words",
    [
        r"\bcures?\b(?! (?:is|are|for))",
        r"\bstop (?:taking )?your (?:medicine|tablets|methotrexate|steroids)",
        r"\bdiagnos(?:e|es|ing) you\b",
        r"\bmiracle\b",
        r"\bproven to\b",
    ],
)
def test_no_content_promises_or_tells_to_stop(words):
    allowed = re.compile(
        r"(?:not|never|no|nor|cannot|does not|do not|don't|promises?|claims?|without|instead of|if .{0,40})\W+(?:\w+\W+){0,6}$",
        re.IGNORECASE,
    )
    for file in sorted(CONTENT.rglob("*.*")):
        if file.name == "search-words.yaml":
            continue  # what people type, not what we say
        text = file.read_text()
        for found in re.finditer(words, text, re.IGNORECASE):
            before = text[max(0, found.start() - 80) : found.start()]
            after = text[found.end() : found.end() + 60]
            fine = allowed.search(before) or re.search(r"\bunless|reason to leave", after)
            assert fine, f"{file.name}: …{before}{found.group()}{after}"


def test_no_content_names_an_address_where_it_was_read():
    for file in sorted(CONTENT.rglob("*.*")):
        text = file.read_text()
        assert "seen_at" not in text, file
        for address in re.findall(r"https?://[^\s)>\"]+", text):
            assert address.startswith(("https://doi.org/", "https://pubmed.ncbi.nlm.nih.gov/")), (file, address)


def test_the_version_changes_with_any_byte_of_content(tmp_path):
    (tmp_path / "a.yaml").write_text("one")
    before = content_version(tmp_path)
    (tmp_path / "a.yaml").write_text("two")

    assert content_version(tmp_path) != before


def test_a_temperature_is_told_in_both_units():
    """38 °C and 100.4 °F are the same line: 38 × 9/5 + 32."""
    told = re.compile(r"([\d.]+) °C")
    for file in sorted(CONTENT.rglob("*")):
        if file.suffix not in (".yaml", ".md"):
            continue
        text = file.read_text()
        for found in told.finditer(text):
            fahrenheit = f"{float(found[1]) * 9 / 5 + 32:g} °F"
            assert fahrenheit in text[found.end() : found.end() + 20], f"{file.name}: {found[0]} without {fahrenheit}"
