"""Who sends the requests: nobody, patients, a practitioner and an owner, with what is theirs in a database."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from tests.house.addresses import FILE
from tests.support.client import Client
from tests.support.people import RA, answer_quiz, fill, plan_fields
from tests.support.practitioners import asked, give, opened, signed_in

from tools.fuzz.crawl import crawl
from tools.fuzz.generator import Person

PATIENTS = 4
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


def addresses() -> tuple[tuple[str, str], ...]:
    """Each method and address of the app, and some that there are not."""
    listed = (line.split()[:2] for line in FILE.read_text().splitlines())
    more = ("/static/app.css", "/static/{}", "/no-such-page", "/{}")
    return (
        *(("GET" if method == "PUBLIC" else method, path) for method, path in listed),
        *(("GET", path) for path in more),
    )


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
    patients.append(visitor.another())
    fill(patients[-1], RA)
    opened(owner)
    return {
        "anonymous": (Person("", (), ()),),
        "patient": [_person(one) for one in patients],
        "practitioner": (_person(practitioner),),
        "owner": (_person(owner),),
    }


def _person(browser: Client) -> Person:
    cookie = "; ".join(f"{one.name}={one.value}" for one in browser.cookies.jar)
    return Person(cookie, *crawl(browser, _PAGES))
