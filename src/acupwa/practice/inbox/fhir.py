"""One share as a FHIR R4 Bundle: the answers that were left in, each number and each danger sign as an Observation. Pure.

It names nobody, and no Questionnaire: held against the whole one, a part would show that something is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import uuid5

from acupwa.library.model import Library
from acupwa.practice.inbox.shared_check_in import answered_at, record_of
from acupwa.practice.sharing.shares.model import Share, SharedLine
from acupwa.results.fhir.bundle import LINES, observation
from acupwa.results.fhir.datatypes import Resource, instant, without_empty
from acupwa.results.fhir.items import items_of
from acupwa.results.fhir.model import OURS, each
from acupwa.results.fhir.response import filled, given_answers

DANGER_SIGN = "danger-sign"


def bundle_of_share(share: Share, library: Library, now: datetime) -> Resource:
    record, items = record_of(share, library), items_of(library)
    given = given_answers(record, items)
    response = {
        "resourceType": "QuestionnaireResponse",
        "id": str(share.id),
        "language": record.language,
        "status": "completed",
        "authored": instant(answered_at(share)),
        "item": filled(items, given),
    }
    numbers = [
        observation(record, item, given[item.link_id][0])
        for item in each(items)
        if item.link_id.startswith(LINES) and item.link_id in given
    ]
    resources = [without_empty(response), *_signs(share), *numbers]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": instant(now),
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources],
    }


def _signs(share: Share) -> Iterator[Resource]:
    """Those that follow from other answers too, which no answer alone says. A group is told as the group that it is."""
    signs = dict(pair for line in share.copy.lines for pair in zip(_codings(line), line.signs, strict=False))
    for (system, id), words in signs.items():
        yield {
            "resourceType": "Observation",
            "id": str(uuid5(share.id, f"{DANGER_SIGN}.{id}")),
            "status": "final",
            "code": {"coding": [{"system": f"{OURS}:item", "code": DANGER_SIGN}], "text": "Danger sign"},
            "effectiveDateTime": instant(answered_at(share)),
            "derivedFrom": [{"reference": f"urn:uuid:{share.id}"}],
            "valueCodeableConcept": {"coding": [{"system": f"{OURS}:{system}", "code": id}], "text": words},
        }


def _codings(line: SharedLine) -> Iterator[tuple[str, str]]:
    """For each of its signs. Its flags are the strictest in a group, which nobody has said to be true."""
    system, ids = ("groups", line.data.groups) if line.data.groups else ("red-flags", line.flags)
    yield from ((system, id) for id in ids)
