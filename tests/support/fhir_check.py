"""What `fhir.resources` does not look at (it checks shape only): a Questionnaire, and a response against it.

Our own reading of the R4 rules, from the JSON alone: it shares nothing with the code that writes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

STATUSES = {"in-progress", "completed", "amended", "entered-in-error", "stopped"}
VALUES = {
    "choice": "valueCoding",
    "integer": "valueInteger",
    "decimal": "valueDecimal",
    "boolean": "valueBoolean",
    "string": "valueString",
    "text": "valueString",
}
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def walk(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        yield item
        yield from walk(item.get("item", []))


def faults_of_questionnaire(form: dict[str, Any]) -> list[str]:
    items = list(walk(form["item"]))
    ids = [item["linkId"] for item in items]
    faults = [f"que-2 {id}: given twice" for id in sorted(set(ids)) if ids.count(id) > 1]
    for item in items:
        faults += [f"{item['linkId']}: {fault}" for fault in _faults_of_item(item, ids)]
    return faults


def _faults_of_item(item: dict[str, Any], ids: list[str]) -> Iterator[str]:
    kind, when = item["type"], item.get("enableWhen", [])
    if kind not in (*VALUES, "group", "display"):
        yield f"no R4 type: {kind}"
    if (kind == "group" and not item.get("item")) or (kind == "display" and item.get("item")):
        yield "que-1: a group has items, a display has none"
    if kind == "display" and item.get("code"):
        yield "que-3: a display has no code"
    if ("answerOption" in item or "answerValueSet" in item) and kind != "choice":
        yield "que-5: answers are given for a choice"
    if "answerOption" in item and "answerValueSet" in item:
        yield "que-4: options and a value set"
    if kind == "choice" and not ("answerOption" in item or "answerValueSet" in item):
        yield "a choice with nothing to choose"
    if kind in ("group", "display") and ("required" in item or "repeats" in item) and kind == "display":
        yield "que-6: a display is neither required nor repeated"
    if "maxLength" in item and kind not in ("string", "text", "integer", "decimal", "boolean"):
        yield "que-10: a length of no simple question"
    if len(when) > 1 and item.get("enableBehavior") not in ("any", "all"):
        yield "que-12: two conditions and no behaviour"
    for one in when:
        if one["operator"] == "exists" and "answerBoolean" not in one:
            yield "que-7: exists takes yes or no"
        if one["question"] not in ids[: ids.index(item["linkId"])]:
            yield f"hangs on {one['question']}, which does not stand before it"


def faults_of_response(response: dict[str, Any], form: dict[str, Any]) -> list[str]:
    faults = []
    if response.get("status") not in STATUSES:
        faults.append(f"status: {response.get('status')}")
    if response.get("questionnaire") != f"{form['url']}|{form['version']}":
        faults.append("questionnaire: names another one")
    if not str(response.get("authored", "")).endswith("Z"):
        faults.append("authored: not in UTC")
    known = {item["linkId"]: item for item in walk(form["item"])}
    given = {item["linkId"]: item for item in walk(response.get("item", []))}
    if len(given) != len(list(walk(response.get("item", [])))):
        faults.append("linkId: given twice")
    for id, item in given.items():
        if id not in known:
            faults.append(f"{id}: not in the questionnaire")
        else:
            faults += [f"{id}: {fault}" for fault in _faults_of_answer(item, known[id])]
    faults += _faults_of_place(response.get("item", []), form["item"])
    shown = set(_shown(form["item"], given))
    faults += [f"{id}: answered though hidden" for id in given if id in known and id not in shown]
    if response.get("status") in ("completed", "amended"):
        faults += [
            f"{id}: required and left out"
            for id in sorted(shown)
            if known[id].get("required") and not given.get(id, {}).get("answer")
        ]
    return faults


def _faults_of_answer(item: dict[str, Any], asked: dict[str, Any]) -> Iterator[str]:
    answers, kind = item.get("answer", []), asked["type"]
    if kind == "group":
        if answers:
            yield "a group is not answered"
        return
    if not answers:
        yield "no answer"
    if len(answers) > 1 and not asked.get("repeats"):
        yield "answered more than once"
    for answer in answers:
        value = answer.get(VALUES[kind])
        if _kept_back(answer, VALUES[kind]):
            continue
        if set(answer) != {VALUES[kind]}:
            yield f"{sorted(answer)} for {kind}"
        elif kind in ("integer", "decimal") and not _in_range(value, asked):
            yield f"{value} is out of range"
        elif kind in ("string", "text") and len(value) > asked.get("maxLength", len(value)):
            yield "too long"
        elif "answerOption" in asked:
            options = [option["valueCoding"] for option in asked["answerOption"]]
            if (value["system"], value["code"]) not in [(one["system"], one["code"]) for one in options]:
                yield f"{value['code']} is not offered"


def _kept_back(answer: dict[str, Any], value: str) -> bool:
    """A number has the reason in place of its value, a choice on the answer: its Coding would be no option."""
    held = answer if value == "valueCoding" else answer.get(f"_{value}")
    if not isinstance(held, dict) or set(answer) - {f"_{value}", "extension"} or set(held) != {"extension"}:
        return False
    return [(one["url"], one.get("valueCode")) for one in held["extension"]] == [(ABSENT, "asked-declined")]


def _in_range(value: Any, asked: dict[str, Any]) -> bool:
    bounds = {one["url"].rpartition("/")[2]: one.get("valueInteger") for one in asked.get("extension", [])}
    if asked["type"] == "integer" and type(value) is not int:
        return False
    return bounds.get("minValue", value) <= value <= bounds.get("maxValue", value)


def _faults_of_place(given: list[dict[str, Any]], asked: list[dict[str, Any]]) -> Iterator[str]:
    """The same items in the same order and the same groups as in the questionnaire."""
    order = [item["linkId"] for item in asked]
    places = [order.index(item["linkId"]) for item in given if item["linkId"] in order]
    if places != sorted(places) or len(places) != len(given):
        yield f"not in the order of the questionnaire: {[item['linkId'] for item in given]}"
    inside = {item["linkId"]: item.get("item", []) for item in asked}
    for item in given:
        yield from _faults_of_place(item.get("item", []), inside.get(item["linkId"], []))


def _shown(items: list[dict[str, Any]], given: dict[str, dict[str, Any]]) -> Iterator[str]:
    for item in items:
        held = [_holds(one, given.get(one["question"], {}).get("answer", [])) for one in item.get("enableWhen", [])]
        if not held or (any(held) if item.get("enableBehavior") == "any" else all(held)):
            yield item["linkId"]
            yield from _shown(item.get("item", []), given)


def _holds(when: dict[str, Any], answers: list[dict[str, Any]]) -> bool:
    (wanted,) = (value for key, value in when.items() if key.startswith("answer"))
    wanted = (wanted["system"], wanted["code"]) if isinstance(wanted, dict) else wanted
    values = []
    for answer in answers:
        for key, value in answer.items():
            if key.startswith("value") and not (isinstance(value, dict) and "code" not in value):
                values.append((value["system"], value["code"]) if isinstance(value, dict) else value)
    return any((value == wanted) == (when["operator"] == "=") for value in values)
