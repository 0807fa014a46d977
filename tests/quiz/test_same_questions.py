"""The whole check-in asks the same questions as the quiz screen by screen, and has the same ones open, whatever was answered."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acupwa.library.model import Library
from acupwa.quiz.model import Answers
from acupwa.quiz.rules import ACTIVITY, activity_is_asked, screens_for
from acupwa.quiz.screens.questions import ScreenAnswers
from acupwa.quiz.screens.registry import FULL
from acupwa.quiz.whole_page import _NOT_KEPT
from tests.support.browser import phone_page, until
from tests.support.modules import started

pytestmark = pytest.mark.browser
NUMBERS = ["skip", *map(str, range(11))]

GIVE = """(fields) => {
  const form = document.getElementById("quiz-form");
  form.reset();
  document.querySelector(".quiz-add").open = false;
  for (const [name, value] of fields) {
    const all = [...form.querySelectorAll(`[name="${name}"]`)];
    const choice = all.find((one) => ["radio", "checkbox"].includes(one.type) && one.value === value);
    if (choice) choice.checked = true;
    else all[0].value = value;
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}"""
SHOWN = """() => {
  const form = document.getElementById("quiz-form");
  const fold = document.querySelector(".quiz-add");
  const isShown = (one) => !one.closest("[hidden]");
  const names = (all) => [...new Set([...all].filter(isShown).map((one) => one.name))].sort();
  const values = (name) => [...form.querySelectorAll(`[name="${name}"]`)].filter(isShown).map((one) => one.value).sort();
  return {
    screens: [...form.querySelectorAll(".whole-step")].filter(isShown).map(({ id }) => id.replace("step-", "")),
    symptoms: values("main_symptom"),
    signs: values("red_flags"),
    precautions: values("precautions"),
    unsure: values("unsure"),
    open: names(fold.closest(".quiz-set").querySelectorAll(":scope > .rating input")),
    folded: names(fold.querySelectorAll("input")),
    standsOpen: fold.open && isShown(fold),
    activity: isShown(form.querySelector(".quiz-activity")),
  };
}"""


@st.composite
def told(draw: Any, library: Library) -> dict[str, Any]:
    some = draw(st.lists(st.sampled_from(sorted(library.conditions)), max_size=4, unique=True))
    return {
        "conditions": tuple(one for one in library.conditions if one in some),
        "answering_for": draw(st.sampled_from([None, "myself", "someone-i-care-for", "my-child"])),
        "age_band": draw(st.sampled_from([None, "under-16", "16-17", "40-64", "40-64", "40-64"])),
        "main_symptom": draw(st.sampled_from([None, *library.ratings])),
        "activity_words": draw(st.sampled_from([None, None, "knit"])),
        "ratings.problem": draw(st.sampled_from([None, *NUMBERS])),
        "instruments.peg.1": draw(st.sampled_from([None, "0", "5"])),
        "ratings.itch": draw(st.sampled_from([None, None, "3"])),
        "ratings.stiffness": draw(st.sampled_from([None, None, "3"])),
        "stiffness_minutes": draw(st.sampled_from([None, None, "20"])),
    }


def answers_of(said: dict[str, Any]) -> Answers:
    numbers = {"problem": said["ratings.problem"], "pain": said["instruments.peg.1"]}
    numbers |= {key: said[f"ratings.{key}"] for key in ("itch", "stiffness")}
    plain = ("conditions", "answering_for", "age_band", "main_symptom", "activity_words")
    return Answers(
        **{name: said[name] for name in plain},
        ratings={key: int(value) for key, value in numbers.items() if value not in (None, "skip")},
        stiffness_minutes=int(said["stiffness_minutes"]) if said["stiffness_minutes"] else None,
    )


def on_the_screens(answers: Answers, library: Library) -> dict[str, Any]:
    on = ScreenAnswers(check_in=_NOT_KEPT, answers=answers, typed={}, country=None, previous=None)
    asked = {
        id: FULL[id].ask(on, library) for id in ("right-now", "lately", "what-matters", "ratings", "before-needles")
    }
    ratings = asked["ratings"]
    options = [option.id for group in asked["before-needles"].groups for option in group.options]
    shown = {
        "screens": list(screens_for(answers)),
        "symptoms": [key for key, *_ in asked["what-matters"].symptoms if key != ACTIVITY],
        "signs": [one.id for id in ("right-now", "lately") for group in asked[id].groups for one in group.signs],
        "precautions": options,
        "unsure": options,
        "open": [one.name for one in ratings.at_once],
        "folded": [one.name for one in (*ratings.more, *([ratings.minutes] if ratings.minutes else []))],
        "standsOpen": ratings.added,
        "activity": activity_is_asked(answers),
    }
    return without_what_is_skipped(shown)


def without_what_is_skipped(shown: dict[str, Any]) -> dict[str, Any]:
    """What stands on screens that are asked."""
    by_screen = {
        "lately": (), "what-matters": ("symptoms",), "ratings": ("open", "folded", "standsOpen", "activity"),
        "before-needles": ("precautions", "unsure"),
    }  # fmt: skip
    skipped = {name for screen, names in by_screen.items() if screen not in shown["screens"] for name in names}
    if "lately" not in shown["screens"]:
        skipped.add("signs")
    return {
        name: sorted(value) if isinstance(value, list) and name != "screens" else value
        for name, value in shown.items()
        if name not in skipped
    }


def test_whatever_is_answered_both_ask_the_same(browser, shared_server, library):
    with phone_page(browser, shared_server.url) as page:
        page.goto("/quiz/whole")
        started(page)
        page.locator("form.is-stepped").wait_for()

        @settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(told(library))
        def walk(said: dict[str, Any]) -> None:
            offered = set(page.evaluate(SYMPTOMS))
            if said["main_symptom"] not in offered:
                said = said | {"main_symptom": None}
            fields = [
                [name, one]
                for name, value in said.items()
                if value
                for one in ([value] if isinstance(value, str) else value)
            ]
            expected = on_the_screens(answers_of(said), library)
            page.evaluate(GIVE, fields)
            shown: dict[str, Any] = {}

            def agree() -> bool:
                shown.clear()
                shown.update(without_what_is_skipped(page.evaluate(SHOWN)))
                return shown == expected

            try:
                until(page, agree, milliseconds=3000)
            except AssertionError:
                assert (said, shown) == (said, expected)

        walk()


SYMPTOMS = """[...document.querySelectorAll('[name="main_symptom"]')].map((one) => one.value)"""
