"""All finished check-ins as a FHIR R4 Bundle: a response for each, and each score as an Observation. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import uuid5

from acupwa.quiz.model import CheckIn
from acupwa.results.fhir.datatypes import Resource, declined_concept, instant
from acupwa.results.fhir.model import LOINC, OURS, Item, each
from acupwa.results.fhir.response import Answered, answered, questionnaire_response, status_of

_CATEGORY = {"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "survey"}
_UNITS_OF_MEASURE = "http://unitsofmeasure.org"
# What a line over time is drawn of: every number, and the impression of change.
LINES = ("ratings.", "instruments.", "sessions_since", "stiffness_minutes")


def bundle_of(check_ins: Sequence[CheckIn], items: Sequence[Item], now: datetime) -> Resource:
    """The finished ones of `check_ins`, the oldest first. `items` are those of the quiz."""
    finished = sorted((one for one in check_ins if one.finished_at), key=lambda one: one.place)
    resources = [questionnaire_response(one, items) for one in finished]
    resources += [observation for one in finished for observation in observations(one, items)]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": instant(now),
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources],
    }


def observations(check_in: CheckIn, items: Sequence[Item]) -> Iterator[Resource]:
    """One for each number of a finished check-in; a number kept back is there without a value."""
    given: Answered = answered(check_in, items)
    for item in each(items):
        if item.link_id.startswith(LINES) and item.link_id in given:
            yield observation(check_in, item, given[item.link_id][0])


def observation(check_in: CheckIn, item: Item, answer: Resource) -> Resource:
    """One number of a check-in."""
    # The same answer has the same id in every export, so that who takes in two of them has it once.
    made: Resource = {
        "resourceType": "Observation",
        "id": str(uuid5(check_in.id, item.link_id)),
        "status": "amended" if status_of(check_in) == "amended" else "final",
        "category": [{"coding": [_CATEGORY]}],
        "code": {"coding": _codes(item), "text": item.text},
        "effectiveDateTime": instant(check_in.finished_at or check_in.updated_at),
        "derivedFrom": [{"reference": f"urn:uuid:{check_in.id}"}],
    }
    return {**made, **_value(answer, item.unit)}


def _codes(item: Item) -> list[Resource]:
    ours = {"system": f"{OURS}:item", "code": item.link_id}
    return [ours, {"system": LOINC, "code": item.loinc}] if item.loinc else [ours]


def _value(answer: Resource, unit: str) -> Resource:
    if "valueInteger" in answer and unit:
        quantity = {"value": answer["valueInteger"], "unit": unit, "system": _UNITS_OF_MEASURE, "code": unit}
        return {"valueQuantity": quantity}
    if "valueInteger" in answer:
        return {"valueInteger": answer["valueInteger"]}
    if "valueDecimal" in answer:
        quantity = {"value": answer["valueDecimal"], "system": _UNITS_OF_MEASURE, "code": "1"}
        return {"valueQuantity": quantity}
    if "valueCoding" in answer:
        return {"valueCodeableConcept": {"coding": [answer["valueCoding"]]}}
    return {"dataAbsentReason": declined_concept()}
