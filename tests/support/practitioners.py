"""Practitioners as they come in: invited, with a password, signed in; their links, and what patients share by them."""

from __future__ import annotations

import re
from typing import Any

from acupwa.operate.practitioners import practitioner
from acupwa.practice.accounts import people_service
from acupwa.settings import read_settings
from tests.support.people import RA, answer_quiz

PASSWORD = "four words apart today"
COOKIE = "acupwa-practice"
KEYS = re.compile(r'name="item" value="([^"]+)" checked')


def work_of(client: Any) -> Any:
    return client.app.inner.state.work


def name_of(email: str) -> str:
    """No two people of a clinic have one name."""
    return "Ann Lee" if email == "ann@example.org" else email.partition("@")[0].capitalize()


def token_for(client: Any, email: str, *, name: str = "", clinic: Any = "Needle Lane") -> str:
    token = work_of(client).run(people_service.add_practitioner, email, name, clinic)
    assert token
    return str(token)


def signed_in(
    client: Any, email: str = "ann@example.org", *, name: str | None = None, clinic: Any = "Needle Lane"
) -> Any:
    """Another browser, of a practitioner who came by an invitation."""
    browser, name = client.another(), name_of(email) if name is None else name
    token = token_for(client, email, name=name, clinic=clinic)
    answer = browser.post(f"/practice/welcome/{token}", data={"name": name, "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    assert any(name.endswith(COOKIE) for name in browser.cookies)
    return browser


def clinic_of(client: Any, name: str = "Needle Lane") -> Any:
    return next(one for one in work_of(client).run(people_service.list_clinics) if one.name == name)


def invitation(server, email, clinic="Needle Lane", name=None):
    """As the keeper makes one, beside the running server."""
    settings = read_settings({"ACUPWA_DATA_DIR": str(server.folder / "var")}, folder=server.folder)
    return re.search(r"/practice/welcome/\S+", practitioner(settings, "add", email, name or name_of(email), clinic))[0]


# What the form for a link sends when nothing was changed in it.
LINK = {"kind": "reusable", "variant": "full", "share_days": "365", "days": "0"}


def make_link(browser, **given):
    """The address of a new link (`/practice/links/…`)."""
    answer = browser.post("/practice/links", data=LINK | given)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def code_of(browser, link):
    return re.search(r"/l/([A-Z]+)", browser.get(link).text)[1]


def asked(patient, browser, fields=RA, **link):
    """A check-in that began with a link; the address of the preview."""
    patient.post(f"/l/{code_of(browser, make_link(browser, **link))}")
    result = patient.follow(answer_quiz(patient, fields))
    return re.search(r'href="(/me/share/[^"]+)"', result.text)[1]


def give(patient, preview, leave_out=()):
    """Share all but the items whose text holds one of `leave_out`; the patient's copy."""
    page = patient.get(preview).text
    kept = []
    for label in re.findall(r'<label class="choice">.*?</label>', page, re.S):
        if not any(words in label for words in leave_out):
            kept += KEYS.findall(label)
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    answer = patient.post(preview, data={"item": kept, "seen": seen})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def opened(browser):
    """The first share in the inbox."""
    return re.search(r'href="(/practice/inbox/[^"]+)"', browser.get("/practice").text)[1]
