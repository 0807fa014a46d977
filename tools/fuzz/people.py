"""Who sends the requests: nobody, patients, a practitioner and an owner, with what is theirs in a database."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from typing import Any

from tests.house.addresses import FILE
from tests.support.client import Client
from tests.support.people import RA, answer_quiz, plan_fields
from tests.support.practitioners import asked, give, opened, signed_in

from tools.fuzz.generator import Person

PATIENTS = 4
_IDS = re.compile(r"/([0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]{6,10})(?=[/\"?])")
_PAGES = (
    "/me",
    "/me/shares",
    "/plan",
    "/progress",
    "/list",
    "/practice",
    "/practice/links",
    "/practice/people",
    "/practice/account",
)


def addresses() -> tuple[str, ...]:
    """Each address of the app once, and some that there are not."""
    listed = {line.split()[1] for line in FILE.read_text().splitlines()}
    return (*sorted(listed), "/static/app.css", "/static/{}", "/no-such-page", "/{}")


def make_people(app: Any, loop: asyncio.AbstractEventLoop) -> Mapping[str, Sequence[Person]]:
    """All of them, made over HTTP on a database without anybody."""
    visitor = Client(app, loop)
    owner = signed_in(visitor, "owner@example.org", name="Olive Owner")
    practitioner = signed_in(visitor, "ann@example.org", name="Ann Lee")
    patients = [visitor.another() for _ in range(PATIENTS)]
    for number, patient in enumerate(patients):
        preview = asked(patient, owner)
        if number % 2:
            give(patient, preview)
        answer_quiz(patient, RA)
        patient.post("/plan", data=plan_fields())
    opened(owner)
    return {
        "anonymous": (Person("", ()),),
        "patient": [_person(one) for one in patients],
        "practitioner": (_person(practitioner),),
        "owner": (_person(owner),),
    }


def _person(browser: Client) -> Person:
    cookie = "; ".join(f"{one.name}={one.value}" for one in browser.cookies.jar)
    found = [id for page in _PAGES for id in _IDS.findall(browser.get(page).text)]
    return Person(cookie, tuple(dict.fromkeys(found)))
