"""Practitioners as they come in: invited, with a password, signed in."""

from __future__ import annotations

from typing import Any

from acupwa.practice.accounts import people_service

PASSWORD = "four words apart today"
COOKIE = "acupwa-practice"


def work_of(client: Any) -> Any:
    return client.app.inner.state.work


def token_for(client: Any, email: str, *, name: str = "", clinic: Any = "Needle Lane") -> str:
    token = work_of(client).run(people_service.add_practitioner, email, name, clinic)
    assert token
    return str(token)


def signed_in(
    client: Any, email: str = "ann@example.org", *, name: str = "Ann Lee", clinic: Any = "Needle Lane"
) -> Any:
    """Another browser, of a practitioner who came by an invitation."""
    browser = client.another()
    token = token_for(client, email, name=name, clinic=clinic)
    answer = browser.post(f"/practice/welcome/{token}", data={"name": name, "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    assert COOKIE in browser.cookies
    return browser


def clinic_of(client: Any, name: str = "Needle Lane") -> Any:
    return next(one for one in work_of(client).run(people_service.list_clinics) if one.name == name)
