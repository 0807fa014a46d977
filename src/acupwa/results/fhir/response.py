"""A check-in as a FHIR R4 QuestionnaireResponse. Pure.

Nothing in it names the person: no subject, no source, no identifier. What was not answered is left out; "prefer not
to say" is the data-absent-reason `asked-declined`, on the answer of a choice, on the number of a rating; an answer whose question another answer hides is dropped. Answers
to questions that are no longer asked stand as they were, under the version of the quiz that they name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from acupwa.quiz.model import MOOD, PEG, Answers, CheckIn
from acupwa.results.change import mean, total
from acupwa.results.fhir.datatypes import QUESTIONNAIRE, Resource, coding_json, declined, instant, weights
from acupwa.results.fhir.model import COUNTRY, OURS, Item, When, each

Answered = dict[str, list[Resource]]


def questionnaire_response(check_in: CheckIn, items: Sequence[Item]) -> Resource:
    """`items` are those of the quiz. A draft is `in-progress`; finished and changed later, it is `amended`."""
    given = answered(check_in, items)
    return {
        "resourceType": "QuestionnaireResponse",
        "id": str(check_in.id),
        "language": check_in.language,
        "extension": [
            {"url": f"{OURS}:extension:variant", "valueCode": check_in.variant},
            {"url": f"{OURS}:extension:content-version", "valueString": check_in.content_version},
        ],
        "questionnaire": f"{QUESTIONNAIRE}|{check_in.quiz_version}",
        "status": status_of(check_in),
        "authored": instant(check_in.updated_at),
        "item": [*filled(items, given), *_retired_answers(check_in.answers, items)],
    }


def status_of(check_in: CheckIn) -> str:
    if check_in.finished_at is None:
        return "in-progress"
    return "amended" if check_in.updated_at > check_in.finished_at else "completed"


def answered(check_in: CheckIn, items: Sequence[Item]) -> Answered:
    """The answers by link id, as FHIR, without those that are hidden."""
    kept: Answered = {}
    _keep_shown(items, given_answers(check_in, items), kept)
    return kept


def given_answers(check_in: CheckIn, items: Sequence[Item]) -> Answered:
    """All of them, also those that another answer hides: for who has only a part of a check-in."""
    return _given(check_in, {item.link_id: item for item in each(items)})


def shown(item: Item, given: Mapping[str, Sequence[Resource]]) -> bool:
    """R4: `!=` needs an answer that differs, so an open question shows nothing that hangs on it."""
    held = [any(_holds(when, answer) for answer in given.get(when.question, ())) for when in item.when]
    return not held or (any(held) if item.any_of else all(held))


def _keep_shown(items: Sequence[Item], given: Answered, kept: Answered) -> None:
    # In the order of the quiz: what a question hangs on stands before it, and a hidden answer opens nothing.
    for item in items:
        if shown(item, kept):
            if item.link_id in given:
                kept[item.link_id] = given[item.link_id]
            _keep_shown(item.items, given, kept)


def _holds(when: When, answer: Resource) -> bool:
    if isinstance(when.answer, int):
        return "valueInteger" in answer and (answer["valueInteger"] == when.answer) == when.equals
    coding = answer.get("valueCoding", {})
    same = (coding.get("system"), coding.get("code")) == (when.answer.system, when.answer.code)
    return "code" in coding and same == when.equals


def filled(items: Sequence[Item], given: Answered) -> list[Resource]:
    """The items that have an answer, inside their groups."""
    made = []
    for item in items:
        answer, inside = given.get(item.link_id, []), filled(item.items, given)
        if answer or inside:
            parts = {"linkId": item.link_id, "text": item.text, "answer": answer, "item": inside}
            made.append({key: value for key, value in parts.items() if value})
    return made


def _retired_answers(answers: Answers, items: Sequence[Item]) -> list[Resource]:
    """Ratings and instruments of an earlier quiz that today's no longer has, without numbers that the instrument does
    not know.
    """
    known = {item.link_id: item for item in each(items)}
    numbers = {f"ratings.{key}": value for key, value in answers.ratings.items() if key != "pain"}
    numbers = {id: value for id, value in numbers.items() if id not in known}
    for name, values in answers.instruments.items():
        if not _of_today(name, values, known):
            today = known.get(f"instruments.{name}.1")
            numbers |= {
                f"instruments.{name}.{number}": value
                for number, value in enumerate(values, 1)
                if value is None or today is None or _offered(today, value)
            }
    return [{"linkId": id, "answer": [_number(value)]} for id, value in numbers.items()]


def _given(check_in: CheckIn, items: Mapping[str, Item]) -> Answered:
    answers = check_in.answers
    # Answers leave out their defaults, so what is here was said.
    given = {key: _values(items[key], one) for key, one in msgspec.to_builtins(answers).items() if key in items}
    given |= {f"ratings.{key}": [_number(value)] for key, value in answers.ratings.items()}
    instruments = _instruments(answers, items)
    for name, values in instruments.items():
        for number, value in enumerate(values, 1):
            item = items.get(f"instruments.{name}.{number}")
            if item is not None and f"{name}.{number}" not in check_in.open_items:
                given[item.link_id] = _values(item, value)
    return given | _scores({name: values for name, values in instruments.items() if name in answers.instruments})


def _instruments(answers: Answers, items: Mapping[str, Item]) -> dict[str, tuple[int | None, ...]]:
    """With the pain rating, which the quiz goes by, as the first item of PEG; also where it alone was answered."""
    held = {name: values for name, values in answers.instruments.items() if _of_today(name, values, items)}
    if "pain" in answers.ratings:
        peg = held.get(PEG, (None,))
        pain = answers.ratings["pain"]
        held[PEG] = (peg[0] if pain is None else pain, *peg[1:])
    return held


def _of_today(name: str, values: Sequence[int | None], items: Mapping[str, Item]) -> bool:
    """Whether these are answers to the instrument that today's quiz has under this name."""
    asked = [id for id in items if id.startswith(f"instruments.{name}.") and not items[id].computed]
    if len(asked) != len(values):
        return False
    return all(value is None or _offered(items[id], value) for id, value in zip(asked, values, strict=True))


def _offered(item: Item, value: int) -> bool:
    if item.options:
        return str(value) in {option.code for option in item.options}
    return item.low is None or item.high is None or item.low <= value <= item.high


def _scores(given: Mapping[str, Sequence[int | None]]) -> Answered:
    """One item skipped gives no score."""
    scores = {
        (PEG, "valueDecimal"): mean(given.get(PEG, ())),
        (MOOD, "valueInteger"): total(given.get(MOOD, ())),
    }
    return {f"instruments.{name}.score": [{kind: value}] for (name, kind), value in scores.items() if value is not None}


def _values(item: Item, value: Any) -> list[Resource]:
    return [_value(item, one) for one in value] if isinstance(value, (list, tuple)) else [_value(item, value)]


def _value(item: Item, value: Any) -> Resource:
    match item.type:
        case "choice":
            # Held against the options, a Coding that says only why it is empty would be a code of somebody else's.
            return declined() if value is None else {"valueCoding": _coding(item, value)}
        case "boolean":
            return {"valueBoolean": value}
        case "integer":
            return _number(value)
    return {"valueString": value}


def _number(value: int | None) -> Resource:
    return {"_valueInteger": declined()} if value is None else {"valueInteger": value}


def _coding(item: Item, value: str | int) -> Resource:
    option = next((one for one in item.options if one.code == str(value)), None)
    if option is not None:
        return {**weights(option), **coding_json(option)}
    # A country, or an answer that today's content has no words for any more.
    return {
        "system": COUNTRY if item.value_set else f"{OURS}:{item.link_id.replace('_', '-')}",
        "code": str(value),
    }
