"""When the advice on what a person ticked has changed since, their summary says so: danger signs first, nothing else."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.app import create_app
from acupwa.library.load import load_library
from acupwa.library.model import Library
from acupwa.quiz.advice_given import advice_given, changed_advice
from acupwa.quiz.completion import finish
from acupwa.quiz.model import CheckIn
from acupwa.results.advice_changed import advice_changed
from acupwa.settings import Settings
from tests.results.test_pages import FINISHED
from tests.support.answers import make_answers, make_draft
from tests.support.client import Client
from tests.support.clock import Clock
from tests.support.people import RA, answer_quiz

replace = msgspec.structs.replace
LIBRARY = load_library()
TICKED: dict[str, Any] = {"red_flags": ("septic-joint",), "precautions": ("anticoagulants",), "conditions": ("ra",)}


def finished(library: Library = LIBRARY, **answers: Any) -> CheckIn:
    draft = replace(make_draft(make_answers(**answers)), content_version=library.version)
    return finish(draft, FINISHED, library)


def with_sign(library: Library, id: str, **changes: Any) -> Library:
    flags = {**library.red_flags, id: replace(library.red_flags[id], **changes)}
    return replace(library, red_flags=flags, version="later")


def with_precaution(library: Library, id: str, **changes: Any) -> Library:
    precautions = {**library.precautions, id: replace(library.precautions[id], **changes)}
    return replace(library, precautions=precautions, version="later")


def test_nothing_is_said_while_the_advice_is_the_same() -> None:
    assert advice_changed(finished(**TICKED), LIBRARY) == ()
    assert advice_changed(finished(**TICKED), replace(LIBRARY, version="later")) == ()


def test_what_concerns_the_person_is_named_the_danger_sign_first() -> None:
    later = with_precaution(LIBRARY, "anticoagulants", why="Ask your blood team before any needle.")
    later = with_sign(later, "septic-joint", urgency="emergency-now")

    sign, precaution, condition = advice_changed(finished(**TICKED), later)

    assert LIBRARY.red_flags["septic-joint"].short in sign
    assert LIBRARY.precautions["anticoagulants"].short in precaution
    assert LIBRARY.conditions["ra"].name in condition


def test_what_does_not_concern_them_is_not_told() -> None:
    later = with_precaution(LIBRARY, "fainting", why="Lie down.")

    assert advice_changed(finished(**TICKED), later) == ()


def test_a_sign_that_the_same_answers_raise_since_is_told() -> None:
    precaution = replace(LIBRARY.precautions["methotrexate-dmard"], lowers_immunity=False)
    before = replace(LIBRARY, precautions={**LIBRARY.precautions, precaution.id: precaution}, version="before")
    told = finished(before, precautions=("methotrexate-dmard", "fever-or-infection-now"))

    assert any(LIBRARY.red_flags["fever-on-immunosuppressant"].short in one for one in advice_changed(told, LIBRARY))


def test_a_new_danger_sign_of_their_condition_is_told() -> None:
    new = replace(LIBRARY.red_flags["septic-joint"], id="new-sign", conditions=("ra",))
    later = replace(LIBRARY, red_flags={**LIBRARY.red_flags, "new-sign": new}, version="later")

    assert len(advice_changed(finished(conditions=("ra",)), later)) == 1
    assert advice_changed(finished(conditions=("ms",)), later) == ()


def test_a_comma_is_no_other_advice() -> None:
    do = LIBRARY.red_flags["septic-joint"].do.replace(",", "").replace(".", ";")

    assert advice_changed(finished(**TICKED), with_sign(LIBRARY, "septic-joint", do=do)) == ()


def test_one_of_before_advice_was_kept_tells_of_another_urgency() -> None:
    older = replace(finished(**TICKED), advice={}, content_version="older")

    assert advice_changed(older, LIBRARY) == ()
    stricter = with_sign(LIBRARY, "septic-joint", urgency="emergency-now")
    assert [one for one in advice_changed(older, stricter) if "Danger sign" in one]


@given(
    st.lists(st.sampled_from(list(LIBRARY.red_flags)), unique=True, max_size=4),
    st.lists(st.sampled_from(list(LIBRARY.precautions)), unique=True, max_size=4),
    st.sampled_from([one for one in LIBRARY.conditions if one != "none-yet"]),
)
def test_whoever_ticked_what_hears_of_each_change_and_of_no_other(
    signs: list[str], precautions: list[str], condition: str
) -> None:
    answers = make_answers(red_flags=tuple(signs), precautions=tuple(precautions), conditions=(condition,))
    before = advice_given(answers, LIBRARY)

    assert changed_advice(before, before) == ()
    for key in before:
        assert changed_advice({**before, key: "another"}, before) == (key,)
    assert [key for key in before if key.startswith("red_flags:")] == list(before)[: len([*_signs(before)])]


def _signs(before: dict[str, str]) -> list[str]:
    return [key for key in before if key.startswith("red_flags:")]


@pytest.mark.parametrize("ending", ["", ".txt"])
def test_it_stands_above_the_summary_and_on_paper(
    client: Client, settings: Settings, library: Library, clock: Clock, loop: asyncio.AbstractEventLoop, ending: str
) -> None:
    fields = {**RA, "none_lately": "", "red_flags": ["septic-joint"]}
    result = answer_quiz(client, fields).headers["location"]
    assert "Advice has changed" not in client.get(result + ending).text
    later = with_sign(library, "septic-joint", do="Go to a hospital today.")
    app = create_app(settings, library=later, clock=clock)
    after = Client(app, loop)
    for name, value in client.cookies.items():
        after.cookies.set(name, value)

    page = after.get(result + ending).text

    assert page.index("Advice has changed since this summary.") < page.index("Go to a hospital today.")
    assert "Danger sign: One joint" in page
    app.inner.state.work.close()
