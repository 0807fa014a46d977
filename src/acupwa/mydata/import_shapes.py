"""What small things may look like in a person's file from outside: ids, days, times. Pure."""

from __future__ import annotations

import re
from typing import Any, get_args
from uuid import UUID

from acupwa.library.model import AgeBand
from acupwa.quiz.countries import COUNTRIES
from acupwa.quiz.model import MOST_MINUTES
from acupwa.web.reading_input import day, list_of, matching, one_of, or_null, uuid, whole_number
from acupwa.web.strict_json import Faults

NO_ZONE = "is not a known time zone"
MOST_PAGES = 500
# A form has room for twelve times off of 201 days each and 366 single days; holidays come to them.
_MOST_DAYS = 3_000
_UUID_OF_A_TIME = 7


def key(value: Any, place: str, faults: Faults) -> UUID | None:
    found = uuid(value, place, faults)
    if found and found.version != _UUID_OF_A_TIME:
        faults.add(place, "must be a UUID of version 7")
    return found


ID = matching(re.compile(r"[A-Za-z0-9._:-]{1,80}"), "must be an id of 80 characters or fewer")
VERSION_TAG = matching(re.compile(r"[A-Za-z0-9._-]{1,20}"), "must be a version of 20 characters or fewer")
HASH = matching(re.compile(r"[A-Za-z0-9._-]{0,64}"), "must be a hash of 64 characters or fewer")
LANGUAGE = matching(re.compile(r"[A-Za-z0-9_-]{1,12}"), "must be a language tag of 12 characters or fewer")
CLOCK = matching(re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]"), "must be a time as HH:MM, from 00:00 to 23:59")
IDS = list_of(ID, 200, once=True)
DAYS = list_of(day, _MOST_DAYS)
PAGES = list_of(ID, MOST_PAGES, once=True)
COUNTRY = or_null(one_of(COUNTRIES, "is not an ISO 3166-1 alpha-2 code"))
AGE = or_null(one_of(get_args(AgeBand)))
MINUTES = whole_number(0, MOST_MINUTES)
