"""Every personal address, asked by everyone: allowed, or the 404 that everyone else gets. Nothing else.

The rows come from the routes of the app. A new route has no row here, and fails until someone says who may use it.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import Any
from uuid import UUID

from acupwa.practice.accounts import people_service, sign_in_service
from tests.practice.test_proposals import send
from tests.support.calendars import calendar_address
from tests.support.doctor_views import make_view, newest_check_in
from tests.support.people import RA, answer_quiz, plan_fields
from tests.support.practitioners import COOKIE, asked, clinic_of, code_of, give, make_link, opened, signed_in, work_of

ACTORS = ("nobody", "patient", "another patient", "practitioner", "colleague", "other clinic", "removed", "doctor")
EVERYONE = frozenset(ACTORS)
PATIENT = frozenset({"patient"})
PATIENTS = frozenset({"patient", "another patient"})
CLINIC = frozenset({"practitioner", "colleague"})
STAFF = CLINIC | {"other clinic"}
OWNERS = frozenset({"practitioner", "other clinic"})
OWNER = frozenset({"practitioner"})
DOCTOR = frozenset({"doctor"})
NO_ONE: frozenset[str] = frozenset()

# Who may; for whoever may not it is 404. `practitioner` owns the clinic, `colleague` works there, `other clinic` owns
# another one, `removed` worked there, `doctor` alone has the address and the code of a view.
MATRIX: dict[str, frozenset[str]] = {
    # public, or a door that shows nothing of anyone
    **dict.fromkeys(
        (
            "GET /healthz", "GET /readyz", "GET /metrics", "GET /robots.txt", "GET /sitemap.xml",
            "GET /quiz/resume-draft", "GET /quiz/again", "GET /check-in", "POST /quiz", "POST /quiz/whole", "GET /resume", "POST /resume",
            "GET /today", "GET /plan/calendar/{file}", "GET /me", "GET /me/data", "GET /me/delete", "POST /me/delete", "GET /me/clear", "POST /me/clear", "GET /me/switch", "POST /me/switch", "GET /me/devices/forget-others", "POST /me/devices/forget-others", "GET /me/shares", "GET /me/views", "GET /me/import", "POST /me/import", "GET /me/withdraw", "POST /list", "POST /list/for-you", "POST /list/{slug}", "GET /plan/change",
            "GET /list", "GET /progress", "GET /plan", "GET /plan/reminders", "POST /plan", "POST /plan/delete", "GET /plan/move/{number}", "POST /plan/move/{number}",
            "GET /practice", "GET /practice/sign-in/forgot", "POST /practice/sign-in/forgot", "GET /practice/sign-in", "POST /practice/sign-in", "POST /practice/sign-in/passkey-options",
            "POST /practice/sign-in/passkey", "GET /practice/sign-in/code", "POST /practice/sign-in/code",
            "POST /practice/sign-out", "GET /practice/sign-in/second", "POST /practice/sign-in/second", "POST /practice/sign-in/second/passkey-options", "POST /practice/sign-in/second/passkey", "GET /practice/first", "GET /practice/welcome/{token}", "POST /practice/welcome/{token}",
            "GET /l/{code}", "POST /l/{code}",
        ),
        EVERYONE,
    ),
    # one patient's own
    **dict.fromkeys(
        (
            "GET /quiz/{check_in}", "GET /quiz/{check_in}/{screen}", "POST /quiz/{check_in}/{screen}",
            "POST /quiz/{check_in}/{screen}/draft", "POST /quiz/{check_in}/{screen}/pause", "GET /quiz/{check_in}/{screen}/pause",
            "POST /quiz/{check_in}/finish", "GET /results/{check_in}", "GET /results/{check_in}/bundle.json",
            "GET /me/check-ins/{check_in}/delete", "POST /me/check-ins/{check_in}/delete", "GET /plan.ics", "GET /plan/pause", "POST /plan/pause", "POST /plan/days-off", "POST /plan/undo", "POST /plan/sessions/{number}/replan", "GET /plan/talk", "POST /plan/extend", "POST /plan/finish", "GET /plan/taper", "POST /plan/taper", "GET /plan/restart", "POST /plan/restart", "GET /plan/summary", "GET /plan/summary.pdf", "GET /plan/delete", "GET /plan/sessions/{number}/move", "POST /plan/sessions/{number}/move", "POST /plan/sessions/{number}/log", "GET /plan/sessions/{number}", "POST /plan/sessions/{number}",
            "GET /me/share/{check_in}/{link}", "POST /me/share/{check_in}/{link}",
            "GET /me/share/{check_in}/{link}/decline", "POST /me/share/{check_in}/{link}/decline", "GET /me/shares/{share_id}", "GET /me/shares/{share_id}/withdraw", "POST /me/shares/{share_id}/withdraw",
            "GET /me/proposals/{proposal}", "POST /me/proposals/{proposal}/pages", "GET /me/proposals/{proposal}/plan", "POST /me/proposals/{proposal}/plan",
            "POST /me/proposals/{proposal}/decline",
            "GET /me/views/new/{check_in}", "POST /me/views/new/{check_in}", "GET /me/views/{view}", "POST /me/views/{view}/end", "POST /me/views/{view}/code",
            "POST /me/follow-up/{follow_up}/open", "GET /me/follow-up/{follow_up}/stop", "POST /me/follow-up/{follow_up}/stop",
        ),
        PATIENT,
    ),
    **dict.fromkeys((
        "GET /me/export.json", "GET /me/export.csv", "GET /me/export.xlsx", "GET /me/export.fhir.json", "POST /me/move", "GET /me/move", "GET /plan/calendar", "POST /plan/calendar", "POST /plan/reminders", "POST /plan/reminders/subscription", "POST /plan/reminders/subscription/end", "POST /plan/reminders/test", "POST /plan/reminders/end", "POST /today/had-help",
    ), PATIENTS),
    # what a doctor has an address for
    **dict.fromkeys(("GET /v/{address}", "POST /v/{address}"), DOCTOR),
    # what a clinic holds
    **dict.fromkeys(
        (
            "GET /practice/inbox/{share}/send", "POST /practice/inbox/{share}/send",
            "GET /practice/inbox/{share}", "GET /practice/inbox/{share}/there", "POST /practice/inbox/{share}/seen",
            "GET /practice/inbox/{share}/note", "POST /practice/inbox/{share}/note",
            "GET /practice/links/{link}", "GET /practice/links/{link}/card", "GET /practice/links/{link}/sheet", "GET /practice/links/{link}/poster",
            "GET /practice/links/{link}/withdraw", "POST /practice/links/{link}/withdraw",
        ),
        CLINIC,
    ),
    # each practitioner's own account
    **dict.fromkeys(
        (
            "GET /practice/more", "GET /practice/account", "POST /practice/account/name", "POST /practice/account/password",
            "POST /practice/account/code", "POST /practice/account/passkey-options", "POST /practice/account/passkeys",
            "POST /practice/account/sign-ins/end-others", "GET /practice/account/sign-ins/end-others", "GET /practice/links", "POST /practice/links",
            "POST /practice/find", "GET /practice/account/proof", "POST /practice/account/proof",
            "GET /practice/account/second-factor", "POST /practice/account/second-factor",
            "GET /practice/account/second-factor/off", "POST /practice/account/second-factor/off",
        ),
        STAFF,
    ),
    "GET /practice/first/{token}": NO_ONE,
    "POST /practice/first/{token}": NO_ONE,  # of a server where somebody has an account
    "GET /practice/account/passkeys/{passkey}/remove": NO_ONE,
    "POST /practice/account/passkeys/{passkey}/remove": NO_ONE,  # of a passkey that is not theirs
    "GET /practice/account/sign-ins/{sign_in_id}/end": frozenset({"practitioner"}),
    "POST /practice/account/sign-ins/{sign_in_id}/end": frozenset({"practitioner"}),
    # owners: their own clinic; people of it
    **dict.fromkeys(
        (
            "GET /practice/people", "POST /practice/people", "GET /practice/clinic", "POST /practice/clinic",
            "GET /practice/trail", "GET /practice/trail.csv", "GET /practice/trail.xlsx",
        ),
        OWNERS,
    ),
    "GET /practice/people/{practitioner}/link": OWNER,
    "POST /practice/people/{practitioner}/link": OWNER,
    "GET /practice/people/{practitioner}/second-factor": OWNER,
    "POST /practice/people/{practitioner}/second-factor": NO_ONE,  # of one who has no app
    "GET /practice/people/{practitioner}/role": OWNER,
    "POST /practice/people/{practitioner}/role": OWNER,
    "GET /practice/people/{practitioner}/remove": OWNER,
    "POST /practice/people/{practitioner}/remove": OWNER,
}  # fmt: skip

FORMS: dict[str, dict[str, str]] = {
    "POST /practice/clinic": {"name": "Needle Lane"},
    "POST /practice/inbox/{share}/note": {"note": "asks about Mondays"},
    "POST /plan/sessions/{number}/log": {"log": "undo"},
    "POST /plan/calendar": {"do": "end"},
    "POST /plan/finish": {"ended_as": "stopped"},
    "POST /plan/undo": {"step": "0"},
    "POST /plan/sessions/{number}": {"felt": "good", "came_up": "none"},
}


def routes(app: Any) -> list[str]:
    """`METHOD /path/{name}` of every address that the app itself answers."""
    found = set()
    for route in app.inner.routes:
        path = re.sub(r"\{([a-z_]+):[a-z]+\}", r"{\1}", route.path)
        found |= {f"{method} {path}" for method in route.methods if method in ("GET", "POST", "PUT", "PATCH", "DELETE")}
    return sorted(found)


# Addresses that hold nothing of anyone but what is public, by their beginning.
PUBLIC = (
    "GET /offline",
    "GET /search",
    "GET /read",
    "GET /studies",
    "GET /claims",
    "GET /evidence",
    "GET /fhir",
    "GET /service-worker",
)


class World:
    """A clinic with two people, another clinic, one who was removed, a patient who shared once and was asked again."""

    def __init__(self, client: Any) -> None:
        work = work_of(client)
        owner = signed_in(client)
        colleague = signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)
        removed = signed_in(client, "rex@example.org", name="Rex", clinic=clinic_of(client).id)
        other = signed_in(client, "eve@example.org", name="Eve", clinic="Elsewhere")
        patient, another = client.another(), client.another()
        own = give(patient, asked(patient, owner, again="4-weeks"))
        answer_quiz(another, RA)
        patient.post("/plan", data=plan_fields())
        calendar = calendar_address(patient)
        work.run(people_service.remove_practitioner, "rex@example.org")
        link = make_link(owner)
        patient.post(f"/l/{code_of(owner, link)}")
        result = patient.post("/quiz/whole", data=_fields(), headers={"idempotency-key": "key-of-the-second-one"})
        self.actors = dict(
            zip(
                ACTORS,
                (client.another(), patient, another, owner, colleague, other, removed, client.another()),
                strict=True,
            )
        )
        who = work.run(sign_in_service.find_signed_in, owner.cookies[COOKIE])
        proposal = send(patient, owner, pages=["what-to-expect"], with_plan="yes")
        view = make_view(patient, newest_check_in(patient))
        self.address, self.code = view.address, view.code
        self.values = {
            "view": view.id,
            "address": "A" * 43,
            "check_in": result.headers["location"].rpartition("/")[2],
            "screen": "about-you",
            "slug": "what-to-expect",
            "number": "2",
            "file": calendar.rpartition("/")[2],
            "link": link.rpartition("/")[2],
            "share": opened(owner).rpartition("/")[2],
            "follow_up": _follow_up(work),
            "proposal": proposal.rpartition("/")[2],
            "share_id": own.rpartition("/")[2],
            "code": code_of(owner, link),
            "token": work.run(people_service.add_practitioner, "new@example.org", "", clinic_of(client).id),
            "practitioner": str(work.run(sign_in_service.find_signed_in, colleague.cookies[COOKIE]).practitioner.id),
            "passkey": "0190f3b0-0000-7000-8000-000000000000",
            "sign_in_id": str(who.sign_in_id),
        }

    def forms(self, row: str) -> dict[str, str]:
        return {"code": self.code} if row == "POST /v/{address}" else FORMS.get(row, {})

    def ask(self, actor: str, row: str) -> int:
        method, path = row.split(" ", 1)
        known = {"address": self.address} if actor == "doctor" else {}
        path = re.sub(r"\{([a-z_]+)\}", lambda found: (self.values | known)[found[1]], path)
        browser = self.actors[actor]
        if method == "GET":
            return int(browser.get(path).status_code)
        return int(browser.post(path, data=self.forms(row)).status_code)


def _fields() -> dict[str, Any]:
    return {name: value for name, value in RA.items() if value not in ("", [])}


def _follow_up(work: Any) -> str:
    with work.engine.connect() as connection:
        return str(UUID(str(connection.exec_driver_sql("select id from follow_up").scalar_one())))


def personal(app: Any) -> list[str]:
    return [row for row in routes(app) if not row.startswith(PUBLIC)]


def test_every_address_has_a_row_and_every_row_an_address(app):
    assert [row for row in personal(app) if row not in MATRIX] == []
    assert [row for row in MATRIX if row not in routes(app)] == []


def _refused(actor: str, row: str) -> tuple[int, ...]:
    """Whoever was signed in once may be led to the door instead."""
    if actor != "removed":
        return (404,)
    return (404, 303 if row.startswith("GET") else 401)


def wrong(world: World, row: str) -> dict[str, int]:
    """Who got something else than is due to them."""
    found = {}
    # Whoever may not goes first: a write by someone who may changes what the others would find.
    for actor in sorted(ACTORS, key=lambda one: one in MATRIX[row]):
        status = world.ask(actor, row)
        if actor not in MATRIX[row]:
            if status not in _refused(actor, row):
                found[actor] = status
        elif status in (401, 403, 404, 405) or status >= 500:
            found[actor] = status
            if row in USED_UP and actor != next(one for one in ACTORS if one in MATRIX[row]):
                del found[actor]
    return found


def test_each_may_or_finds_nothing(client, settings):
    world = World(client)
    file = settings.database_url.removeprefix("sqlite:///")
    cookies = {actor: dict(browser.cookies) for actor, browser in world.actors.items()}
    with closing(sqlite3.connect(file)) as live, closing(sqlite3.connect(":memory:")) as kept:
        live.backup(kept)
        faults = {}
        for row in MATRIX:
            if found := wrong(world, row):
                faults[row] = found
            if not row.startswith("GET"):
                # Each row finds the world as it was.
                kept.backup(live)
                for actor, browser in world.actors.items():
                    browser.cookies.clear()
                    browser.cookies.update(cookies[actor])
    assert faults == {}


# Done by the first who may, it is no more there for the next.
USED_UP = ("POST /practice/links/{link}/withdraw",)
