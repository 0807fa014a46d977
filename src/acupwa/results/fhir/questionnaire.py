"""The quiz as a FHIR R4 Questionnaire: the same for everyone, so a public page. Pure."""

from __future__ import annotations

from acupwa.library.model import Library
from acupwa.results.fhir.datatypes import HL7, QUESTIONNAIRE, Resource, coding_json, weights, without_empty
from acupwa.results.fhir.items import items_of
from acupwa.results.fhir.model import LOINC, LOINC_NOTICE, OURS, Item, When

_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"


def questionnaire(library: Library) -> Resource:
    """Its version is that of the quiz; answers name it as `url|version`."""
    return {
        "resourceType": "Questionnaire",
        "id": "acupwa-full",
        "language": library.language,
        "url": QUESTIONNAIRE,
        "version": library.quiz.version,
        "name": "AcupwaFull",
        "title": "Acupwa check-in",
        "status": "active",
        "subjectType": ["Patient"],
        "date": library.quiz.reviewed.isoformat(),
        "publisher": "Acupwa",
        "description": "A record of a person's own answers. It is not a diagnosis.",
        "copyright": "\n".join((*(one.credit for one in library.instruments.values()), LOINC_NOTICE)),
        "item": [_item(item) for item in items_of(library)],
    }


def _item(item: Item) -> Resource:
    made: Resource = {
        "extension": _extensions(item),
        "linkId": item.link_id,
        "code": [{"system": LOINC, "code": item.loinc}] if item.loinc else [],
        "text": item.text,
        "type": item.type,
        "enableWhen": [_when(one) for one in item.when],
        "enableBehavior": ("any" if item.any_of else "all") if len(item.when) > 1 else None,
        "required": item.required or None,
        "repeats": item.repeats or None,
        "readOnly": item.computed or None,
        "maxLength": item.longest,
        "answerValueSet": item.value_set,
        "answerOption": [{**weights(one), "valueCoding": coding_json(one)} for one in item.options],
        "item": [_item(one) for one in item.items],
    }
    return without_empty(made)


def _extensions(item: Item) -> list[Resource]:
    made: list[Resource] = [
        {"url": f"{HL7}/{name}", "valueInteger": bound}
        for name, bound in (("minValue", item.low), ("maxValue", item.high))
        if bound is not None
    ]
    # R4 has no place for the words at the ends of a scale.
    made += [
        {"url": f"{OURS}:extension:{name}", "valueString": words}
        for name, words in (("low-words", item.low_words), ("high-words", item.high_words))
        if words
    ]
    if item.hidden:
        made.append({"url": f"{HL7}/questionnaire-hidden", "valueBoolean": True})
    if item.expression:
        expression = {"language": "text/fhirpath", "expression": item.expression}
        made.append({"url": f"{_SDC}/sdc-questionnaire-calculatedExpression", "valueExpression": expression})
    return made


def _when(when: When) -> Resource:
    made: Resource = {"question": when.question, "operator": "=" if when.equals else "!="}
    if isinstance(when.answer, int):
        return {**made, "answerInteger": when.answer}
    return {**made, "answerCoding": coding_json(when.answer)}
