"""What the page "Your summary" shows: its order, its words, whom it speaks to."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from acupwa.library.model import Library
from acupwa.quiz.help_lines import phones_of
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.rules import ratings_asked
from acupwa.results.assess import assess
from acupwa.results.findings import OUTCOMES_OF_RATING
from acupwa.results.paper_text import text_of
from acupwa.results.previous import previous_scores
from acupwa.results.summary import Summary, make_summary
from acupwa.results.summary_blocks import blocks_of

FINISHED = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def make_check_in(days_ago: int = 0, quiz_version: str = "1", **answers: Any) -> CheckIn:
    given = {"age_band": "40-64", "country": "GB", "conditions": ("ra",), **answers}
    at = FINISHED - timedelta(days=days_ago)
    return CheckIn(
        id=UUID(int=days_ago + 1),
        variant="full",
        answers=Answers(**given),
        quiz_version=quiz_version,
        content_version="abc",
        language="en",
        created_at=at,
        updated_at=at,
        finished_at=at,
    )


def summary_of(library: Library, earlier: CheckIn | None = None, **answers: Any) -> Summary:
    check_in = make_check_in(**answers)
    before = (earlier,) if earlier else ()
    return make_summary(
        check_in, before, assess(check_in.answers, previous_scores(check_in, earlier, library), library), library
    )


def test_the_title_is_your_summary(library: Library) -> None:
    assert summary_of(library).title == "Your summary"


# ------------------------------------------------------------------ what to do now


def test_one_card_for_each_urgency_the_strictest_first(library: Library) -> None:
    page = summary_of(library, red_flags=("ms-relapse", "stroke-fast", "septic-joint", "sepsis"))

    assert page.red_card is not None
    assert [sign.says for sign in page.red_card.signs] == [
        library.red_flags[one].short for one in ("stroke-fast", "sepsis")
    ]
    assert [card.urgency for card in page.care] == ["same-day", "within-days"]


@pytest.mark.parametrize(
    ("country", "numbers"),
    [
        ("GB", "999 112"), ("US", "911 112"), ("DE", "112"), ("AU", "000 112"), ("JP", "112 119"), ("AR", "112"),
        (None, "112 999 911"),
    ],
)  # fmt: skip
def test_the_red_card_has_the_numbers_of_the_country(country: str | None, numbers: str, library: Library) -> None:
    page = summary_of(library, country=country, red_flags=("stroke-fast",))

    assert page.red_card is not None
    assert [phone.number for phone in page.red_card.phones] == numbers.split()


def test_a_sign_of_a_crisis_has_the_crisis_lines_too(library: Library) -> None:
    (crisis,) = [flag.id for flag in library.red_flags.values() if "crisis" in flag.call]

    page = summary_of(library, red_flags=(crisis,))

    assert page.red_card is not None
    assert set(phones_of("crisis", "GB", library)) <= set(page.red_card.phones)


def test_a_derived_sign_says_which_answers_it_comes_from(library: Library) -> None:
    page = summary_of(library, precautions=("hot-swollen-joint",))

    (sign,) = page.care[0].signs
    assert sign.because == ("one of your joints is suddenly hot and swollen, or has changed colour",)


def test_a_ticked_sign_needs_no_because(library: Library) -> None:
    assert summary_of(library, red_flags=("septic-joint",)).care[0].signs[0].because == ()


# ------------------------------------------------------------------ ratings


def test_the_main_outcome_stands_alone_in_the_persons_own_words(library: Library) -> None:
    page = summary_of(
        library,
        ratings={"pain": 3, "fatigue": 9, "problem": 4},
        main_symptom="problem",
        problem_words="Wrist pain",
    )

    assert page.ratings.main is not None
    assert (page.ratings.main.name, page.ratings.main.value) == ("Wrist pain", 4)
    assert "Wrist pain" not in [line.name for line in page.ratings.lines]
    assert page.ratings.problem_words == "", "said by its name"


def test_own_words_that_no_rating_goes_by_are_told(library: Library) -> None:
    page = summary_of(library, ratings={"pain": 3}, main_symptom="pain", problem_words="Wrist pain")

    assert page.ratings.main is not None
    assert page.ratings.main.name == library.ratings["pain"].name
    assert "In your own words: “Wrist pain”." in text_of(blocks_of(page))


def test_a_rating_passed_over_is_said_not_drawn_as_zero(library: Library) -> None:
    page = summary_of(library, ratings={"pain": None, "sleep-trouble": 0})

    assert [(line.shown, line.value) for line in page.ratings.lines] == [("Not answered", None), ("0 of 10", 0)]


def test_no_rating_at_all_is_no_part_of_numbers(library: Library) -> None:
    page = summary_of(library)

    assert page.ratings.main is None
    assert "YOUR NUMBERS" not in text_of(blocks_of(page))
    assert "YOUR MAIN PROBLEM" not in text_of(blocks_of(page))


def test_the_sum_behind_a_score_is_shown(library: Library) -> None:
    page = summary_of(library, instruments={"peg": (7, 6, 6), "phq4": (1, 1, 1, 0)})

    peg, mood = page.ratings.sums
    assert (peg.shown, peg.sum) == ("6.3 of 10", "(7 + 6 + 6) ÷ 3")
    assert (mood.shown, mood.sum) == ("3 of 12", "1 + 1 + 1 + 0")
    assert "mild" in mood.band
    assert mood.credit == library.instruments["phq4"].credit


def test_change_is_told_with_its_figures(library: Library) -> None:
    earlier = make_check_in(days_ago=30, ratings={"pain": 7, "sleep-trouble": 5, "fatigue": 5})

    page = summary_of(library, earlier, ratings={"pain": 4, "sleep-trouble": 7, "fatigue": 5})

    told = {line.name: line.change for line in page.ratings.lines}
    assert told[library.ratings["pain"].name].startswith("7 last time, 4 now: 3 lower. Better.")
    assert told[library.ratings["sleep-trouble"].name] == "5 last time, 7 now: 2 higher."
    assert told[library.ratings["fatigue"].name] == "5 last time, 5 now: no change."
    own, borrowed = page.ratings.rules
    assert own.startswith("Pain: 0–1 is about the same. 2 is a small change")
    assert "was measured with other questions, in 40 people with steady rheumatoid arthritis" in borrowed


def test_a_small_change_of_the_main_outcome_is_not_called_a_change(library: Library) -> None:
    earlier = make_check_in(days_ago=30, ratings={"pain": 9})

    page = summary_of(library, earlier, ratings={"pain": 7}, main_symptom="pain")

    assert page.ratings.main is not None
    assert "It is too early to call this a change." in page.ratings.main.change


def test_how_long_stiffness_lasts_is_told_then_and_now_and_never_judged(library: Library) -> None:
    earlier = make_check_in(days_ago=30, ratings={"stiffness": 8}, stiffness_minutes=60)
    soon = make_check_in(days_ago=3, stiffness_minutes=60)

    assert summary_of(library, stiffness_minutes=1).ratings.minutes == "Morning stiffness lasted 1 minute."
    page = summary_of(library, earlier, ratings={"stiffness": 2}, stiffness_minutes=5)
    assert page.ratings.minutes == "Morning stiffness lasted 5 minutes. Last time: 60 minutes."
    assert page.ratings.minutes in text_of(blocks_of(page))
    assert summary_of(library, soon, stiffness_minutes=5).ratings.minutes == "Morning stiffness lasted 5 minutes."
    assert summary_of(library).ratings.minutes == ""


def test_a_main_problem_in_new_words_is_not_compared(library: Library) -> None:
    earlier = make_check_in(days_ago=30, ratings={"problem": 9}, problem_words="Wrist pain")

    page = summary_of(library, earlier, ratings={"problem": 2}, problem_words="Sleep")

    assert page.ratings.main is not None
    assert "the question has been reworded since" in page.ratings.main.why_not


def test_a_check_in_of_an_unknown_quiz_version_is_not_compared(library: Library) -> None:
    earlier = make_check_in(days_ago=30, quiz_version="0", ratings={"pain": 9})

    assert "reworded" in summary_of(library, earlier, ratings={"pain": 2}).ratings.lines[0].why_not


# ------------------------------------------------------------------ needles, studies, plan, questions


def test_precautions_stand_by_advice_each_with_its_why(library: Library) -> None:
    page = summary_of(library, precautions=("fainting", "lymphoedema", "anticoagulants"))

    assert [group.advice for group in page.before_needles] == ["avoid", "ask-first", "tell-practitioner"]
    assert page.before_needles[1].precautions[0].why == library.precautions["anticoagulants"].why


@pytest.mark.parametrize(("precaution", "call"), [("no-spleen", True), ("fainting", False)])
def test_a_precaution_that_says_to_call_has_the_number(library: Library, precaution: str, call: bool) -> None:
    text = text_of(blocks_of(summary_of(library, precautions=(precaution,))))

    assert ("call the emergency number" in text) == call
    assert ("- 999 " in text) == call


def test_what_studies_found_begins_with_the_main_symptom(library: Library) -> None:
    page = summary_of(library, conditions=("fibromyalgia",), main_symptom="sleep")

    assert page.found[0].claims[0].claim.outcome == "sleep"
    assert all(line.claim.condition == "fibromyalgia" for line in page.found[0].claims)


@pytest.mark.parametrize(
    ("condition", "main_symptom", "outcome"),
    [
        ("fibromyalgia", "sleep-trouble", "sleep"),
        ("ms", "walking", "function"),
        ("ms", "spasm", "spasticity"),
        ("sle", "flare", "disease-activity"),
        ("ra", "swollen-joints", "disease-activity"),
        ("fibromyalgia", "thinking", "brain-fog"),
    ],
)
def test_what_studies_found_answers_the_rating_in_the_word_of_the_claims(
    library: Library, condition: str, main_symptom: str, outcome: str
) -> None:
    page = summary_of(library, conditions=(condition,), main_symptom=main_symptom)

    assert page.found[0].claims[0].claim.outcome == outcome


def test_each_rating_leads_to_outcomes_that_exist(library: Library) -> None:
    for rating, outcomes in OUTCOMES_OF_RATING.items():
        assert rating in library.ratings
        assert set(outcomes) <= set(library.outcomes), rating


def test_the_plan_is_a_way_on_or_says_what_to_do_instead(library: Library) -> None:
    assert summary_of(library).plan.open

    closed = summary_of(library, red_flags=("sepsis",)).plan
    assert not closed.open
    assert closed.instead
    assert closed.because == (f"you ticked “{library.red_flags['sepsis'].short}”",)


def test_an_open_plan_never_reads_as_an_all_clear(library: Library) -> None:
    for one in library.precautions.values():
        page = summary_of(library, precautions=(one.id,))
        if page.plan.open and one.advice == "ask-first":
            assert "do not start before your doctor or specialist team agrees" in page.plan.lead, one.id
            assert page.plan.lead in text_of(blocks_of(page))
        assert "Nothing that you told us" not in page.plan.lead


def test_the_groups_of_a_change_are_said_to_be_ours(library: Library) -> None:
    page = summary_of(library, instruments={"pgic": (2,)})

    assert [one.band for one in page.ratings.sums] == ["We call this “important improvement”."]


def asked(page: Summary) -> tuple[str, str]:
    """What there is to ask: the doctor, the acupuncturist."""
    doctor, acupuncturist = page.questions.doctor, page.questions.acupuncturist
    return " ".join(one.says for one in doctor), " ".join(one.says for one in acupuncturist)


def test_the_questions_come_from_the_answers(library: Library) -> None:
    doctor, acupuncturist = asked(summary_of(library, precautions=("anticoagulants",), stopping_medicine=True))
    assert "can I have needles with this" in doctor
    assert "stopping or changing a medicine" in doctor
    assert "Before any needle" in acupuncturist

    doctor, acupuncturist = asked(summary_of(library, precautions=("fainting",)))
    assert "can I have needles with this" not in doctor
    assert "Before any needle" in acupuncturist

    assert "Before any needle" not in " ".join(asked(summary_of(library)))


@pytest.mark.parametrize("answers", [{"unsure": ("fainting",)}, {"groups": ("medicines",)}])
def test_what_may_be_true_is_asked_first(library: Library, answers: dict[str, Any]) -> None:
    assert set(answers.get("groups", ())) <= {group.id for group in library.quiz.precaution_groups}
    doctor, acupuncturist = asked(summary_of(library, **answers))

    assert "can I have needles with this" in doctor
    assert "Before any needle" in acupuncturist


@pytest.mark.parametrize(
    "answers", [{"conditions": ("none-yet",)}, {"age_band": "under-16", "answering_for": "my-child"}]
)
def test_without_a_diagnosis_or_under_sixteen_there_is_no_plan_and_nobody_to_needle(
    answers: dict[str, Any], library: Library
) -> None:
    page = summary_of(library, **answers)

    assert not page.plan.open
    assert page.questions.doctor
    assert page.questions.acupuncturist == ()
    assert page.found == ()
    assert all(library.pages[one.slug].head.general for one in page.reading)


def test_safety_is_the_same_for_everyone_with_a_condition(library: Library) -> None:
    low, high = (summary_of(library, ratings={"pain": pain, "overall": pain}) for pain in (0, 10))

    for part in ("care", "before_needles", "found", "plan", "questions", "keep_medicine"):
        assert getattr(low, part) == getattr(high, part)


# ------------------------------------------------------------------ words


FORBIDDEN = re.compile(
    r"\b(results?|positive|abnormal|responder|disease activity|success\w*|recommended|cured?|diagnose[sd]?)"
    r"\b",
    re.I,
)


def heavy_summary(library: Library) -> Summary:
    asked = ratings_asked(Answers(conditions=("ra", "sle")), library)
    rated = dict.fromkeys([rating.key for rating in asked] + ["pain", "problem"], 5)
    earlier = make_check_in(days_ago=60, ratings=dict.fromkeys(rated, 9), instruments={"peg": (9, 9, 9)})
    return summary_of(
        library,
        earlier,
        conditions=("ra", "sle"),
        red_flags=("septic-joint", "lupus-kidney", "new-joint-swelling"),
        precautions=tuple(library.precautions)[:8],
        ratings=rated,
        main_symptom="pain",
        instruments={"peg": (5, 6, 7), "phq4": (3, 3, 3, 3)},
        stopping_medicine=True,
    )


def test_our_own_sentences_use_none_of_the_words_not_to_use(library: Library) -> None:
    page = heavy_summary(library)
    # Claims and pages are the writers' words, judged by the content check.
    own = msgspec.structs.replace(page, found=(), reading=(), before_needles=())

    assert FORBIDDEN.findall(text_of(blocks_of(own))) == []


def test_severe_stands_only_as_the_published_band(library: Library) -> None:
    page = summary_of(library, ratings={"pain": 9}, instruments={"phq4": (3, 3, 3, 3)}, stopping_medicine=True)
    text = text_of(blocks_of(msgspec.structs.replace(page, found=())))

    assert re.findall(r"[^\n]*\bsevere\b[^\n]*", text) == [line for line in text.split("\n") if "PHQ-4" in line]


def test_plain_text_keeps_the_order_of_the_page(library: Library) -> None:
    text = text_of(blocks_of(heavy_summary(library)))

    titles = [line for line in text.split("\n") if line.isupper() and len(line) > 8]
    assert titles[:3] == ["WHAT TO DO NOW", "YOUR MAIN PROBLEM", "WHY THERE IS NO PLAN FOR NOW"]
    assert "Content version abc." in text
    assert "It is not a diagnosis" in text
