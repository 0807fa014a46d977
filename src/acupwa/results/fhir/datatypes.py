"""Small pieces of FHIR R4 JSON. Pure; plain Python, no FHIR library."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from acupwa.results.fhir.model import OURS, Coding

Resource = dict[str, Any]

MEDIA_TYPE = "application/fhir+json"
HL7 = "http://hl7.org/fhir/StructureDefinition"
QUESTIONNAIRE = f"{OURS}:Questionnaire:acupwa-full"
# R4 forms in the field read the first, SDC of today reads the second.
_WEIGHTS = (f"{HL7}/ordinalValue", f"{HL7}/itemWeight")
_DECLINED = "asked-declined"


def to_json(resource: Resource) -> bytes:
    """As UTF-8 on many lines, to be read by people too; ends with a new line."""
    return msgspec.json.format(msgspec.json.encode(resource), indent=2) + b"\n"


def without_empty(made: Resource) -> Resource:
    """FHIR knows no null and no empty list."""
    return {key: value for key, value in made.items() if value is not None and value != []}


def instant(moment: datetime) -> str:
    """In UTC to the second, ending in Z: some readers rewrite `+00:00`, and then a round trip is not the same."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def coding_json(coding: Coding) -> Resource:
    made = {"system": coding.system, "code": coding.code, "display": coding.display}
    return {key: value for key, value in made.items() if value}


def weights(coding: Coding) -> Resource:
    if coding.weight is None:
        return {}
    return {"extension": [{"url": url, "valueDecimal": coding.weight} for url in _WEIGHTS]}


def declined() -> Resource:
    """In place of a number, or of an answer that has a choice, so that no reader can take "prefer not to say" for a number or an answer."""
    return {"extension": [{"url": f"{HL7}/data-absent-reason", "valueCode": _DECLINED}]}


def declined_concept() -> Resource:
    """The same where R4 has a place of its own for it."""
    return {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": _DECLINED}]}
