"""Ten presses at the same moment, on a real PostgreSQL: each writing address of a practice writes what one press does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

from acupwa.app import create_app
from acupwa.practice.accounts import passkey_service, people_service, people_store
from acupwa.practice.accounts.model import StoredPasskey
from acupwa.practice.accounts.passkey_store import add_passkey
from acupwa.settings import read_settings
from tests.practice.test_matrix import routes
from tests.support.app_codes import set_up_app
from tests.support.client import Client
from tests.support.clock import Clock
from tests.support.codes import code_on
from tests.support.database import KEY, database_of, migrate
from tests.support.doctor_views import form_of_view, make_view
from tests.support.people import RA, answer_quiz, plan_fields
from tests.support.practitioners import (
    PASSWORD,
    asked,
    clinic_of,
    code_of,
    give,
    make_link,
    signed_in,
    token_for,
)

pytestmark = pytest.mark.postgres
AT_ONCE = 10
# Counted by other rules: wrong tries, what a press made, who is signed in, and what is found anew each time.
APART = {"tries", "press", "challenge", "device", "alembic_version"}
NUMBERS = count(1)


@pytest.fixture(scope="module")
def shop(postgres, library, loop, tmp_path_factory) -> Iterator[Any]:
    """A served clinic with an owner and a colleague; each case brings what it presses."""
    folder = tmp_path_factory.mktemp("races")
    with database_of(postgres) as url:
        settings = read_settings(
            {"ACUPWA_SECRET_KEYS": KEY, "ACUPWA_DATA_DIR": str(folder), "DATABASE_URL": url}, folder=folder
        )
        migrate(settings.database_url)
        clock = Clock()
        app = create_app(settings, library=library, clock=clock)
        client = Client(app, loop)
        owner = signed_in(client)
        yield SimpleNamespace(
            app=app, client=client, owner=owner, clock=clock, work=app.inner.state.work, clinic=clinic_of(client)
        )
        app.inner.state.work.close()


def counts(shop: Any) -> dict[str, int]:
    with shop.work.engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in SQLModel.metadata.sorted_tables
            if table.name not in APART
        }


def press_at_once(browser: Client, path: str, fields: Any = None) -> list[Any]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [one.result() for one in [pool.submit(browser.post, path, fields) for _ in range(AT_ONCE)]]


def grown(shop: Any, browser: Client, path: str, fields: Any = None) -> tuple[dict[str, int], list[Any]]:
    """By how many rows each table grew, where it did; and the answers."""
    before = counts(shop)
    answers = press_at_once(browser, path, fields)
    after = counts(shop)
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}, answers


def pressed(browser: Client, page: str, action: str) -> str:
    """The press that stands in the form of this page."""
    text = browser.get(page).text
    return re.search(rf'action="{re.escape(action)}".*?name="press" value="([^"]+)"', text, re.S)[1]


def colleague(shop: Any) -> Any:
    """Somebody new of the clinic, who has not come yet."""
    email = f"bob{next(NUMBERS)}@example.org"
    token_for(shop.client, email, clinic=shop.clinic.id)
    return next(one for one in shop.work.run(people_service.list_practitioners, shop.clinic.id) if one.email == email)


def patient_with_share(shop: Any, **link: str) -> tuple[Client, str, str]:
    """A new patient who shared by a link of their own; the address of their copy, and of it in the inbox."""
    patient = shop.client.another()
    share = give(patient, asked(patient, shop.owner, **link))
    return patient, share, f"/practice/inbox/{share.rpartition('/')[2]}"


def sent(shop: Any) -> tuple[Client, str, dict[str, str]]:
    """A new patient to whom a plan and a page were sent; the address of it, and its hidden fields."""
    patient, _share, inbox = patient_with_share(shop)
    fields = {
        key: value for key, value in plan_fields(first_day="2026-12-07").items() if key not in ("do", "travel_minutes")
    }
    went = shop.owner.post(f"{inbox}/send", fields | {"with_plan": "yes", "pages": "what-to-expect", "note": "a note"})
    assert went.status_code == 303, went.text[:3000]
    address = re.search(r"/me/proposals/[0-9a-f-]+", patient.get("/me").text)[0]
    return patient, address, {"seen": re.search(r'name="seen" value="([^"]+)"', patient.get(address).text)[1]}


def case_link(shop):
    fields = {"kind": "personal", "variant": "full", "share_days": "365", "days": "0", "alias": "ten"}
    return shop.owner, "/practice/links", fields | {"press": pressed(shop.owner, "/practice/links", "/practice/links")}


def case_withdraw_link(shop):
    return shop.owner, f"{make_link(shop.owner)}/withdraw", None


def case_open(shop):
    patient = shop.client.another()
    answer_quiz(patient, RA)
    return patient, f"/l/{code_of(shop.owner, make_link(shop.owner))}", None


def case_open_personal(shop):
    patient = shop.client.another()
    answer_quiz(patient, RA)
    return patient, f"/l/{code_of(shop.owner, make_link(shop.owner, kind='personal'))}", None


def case_share(shop):
    patient = shop.client.another()
    preview = asked(patient, shop.owner, again="4-weeks")
    page = patient.get(preview).text
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    return patient, preview, {"seen": seen, "item": re.findall(r'name="item" value="([^"]+)"', page)}


def case_decline_share(shop):
    patient = shop.client.another()
    return patient, asked(patient, shop.owner) + "/decline", None


def case_withdraw_share(shop):
    patient, share, _inbox = patient_with_share(shop, again="4-weeks")
    return patient, f"{share}/withdraw", None


def case_make_view(shop):
    patient = shop.client.another()
    check_in = patient.follow(answer_quiz(patient, RA)).url.path.rpartition("/")[2]
    return patient, f"/me/views/new/{check_in}", form_of_view(patient, check_in)


def with_view(shop):
    patient, path, _fields = case_make_view(shop)
    return patient, make_view(patient, path.rpartition("/")[2])


def case_end_view(shop):
    patient, view = with_view(shop)
    return patient, f"/me/views/{view.id}/end", None


def case_view_code(shop):
    patient, view = with_view(shop)
    press = re.search(r'name="press" value="([^"]+)"', patient.get(f"/me/views/{view.id}").text)[1]
    return patient, f"/me/views/{view.id}/code", {"press": press}


def case_open_view(shop):
    _patient, view = with_view(shop)
    return shop.client.another(), f"/v/{view.address}", {"code": view.code}


def case_seen(shop):
    return shop.owner, f"{patient_with_share(shop)[2]}/seen", {"seen": "yes"}


def case_note(shop):
    return shop.owner, f"{patient_with_share(shop)[2]}/note", {"note": "for myself"}


def case_note_away(shop):
    inbox = patient_with_share(shop)[2]
    shop.owner.post(f"{inbox}/note", {"note": "for myself"})
    return shop.owner, f"{inbox}/note", {"note": ""}


def case_send(shop):
    inbox = patient_with_share(shop)[2]
    return (
        shop.owner,
        f"{inbox}/send",
        {"note": "a note", "press": pressed(shop.owner, f"{inbox}/send", f"{inbox}/send")},
    )


def case_send_by_no_page(shop):
    return shop.owner, f"{patient_with_share(shop)[2]}/send", {"note": "a note"}


def case_take_pages(shop):
    patient, address, _seen = sent(shop)
    return patient, f"{address}/pages", None


def case_take_plan(shop):
    patient, address, seen = sent(shop)
    return patient, f"{address}/plan", seen


def case_decline_proposal(shop):
    patient, address, _seen = sent(shop)
    return patient, f"{address}/decline", None


def asked_again(shop) -> tuple[Client, str]:
    """A new patient who is asked again, on the day on which it stands on their page."""
    patient, share, _inbox = patient_with_share(shop, again="2-weeks")
    shop.clock.now += timedelta(days=14)
    signs_in_again(shop)
    return patient, re.search(r"/me/follow-up/[0-9a-f-]+", patient.get(share).text)[0]


def signs_in_again(shop):
    went = shop.owner.post("/practice/sign-in", {"email": "ann@example.org", "password": PASSWORD})
    assert went.status_code == 303


def case_open_again(shop):
    patient, address = asked_again(shop)
    return patient, f"{address}/open", None


def case_stop_asking(shop):
    patient, address = asked_again(shop)
    return patient, f"{address}/stop", None


def case_invite(shop):
    number = next(NUMBERS)
    fields = {"email": f"new{number}@example.org", "name": f"New {number}", "role": "practitioner"}
    return (
        shop.owner,
        "/practice/people",
        fields | {"press": pressed(shop.owner, "/practice/people", "/practice/people")},
    )


def case_invite_by_no_page(shop):
    return shop.owner, "/practice/people", {"email": f"new{next(NUMBERS)}@example.org", "role": "practitioner"}


def case_link_again(shop):
    address = f"/practice/people/{colleague(shop).id}/link"
    return shop.owner, address, {"press": pressed(shop.owner, address, address)}


def case_link_again_by_no_page(shop):
    return shop.owner, f"/practice/people/{colleague(shop).id}/link", None


def case_role(shop):
    return shop.owner, f"/practice/people/{colleague(shop).id}/role", {"role": "owner"}


def case_remove(shop):
    return shop.owner, f"/practice/people/{colleague(shop).id}/remove", None


def case_clinic(shop):
    return (
        shop.owner,
        "/practice/clinic",
        {"name": "Needle Lane", "contact": f"line {next(NUMBERS)}", "colours": "blue"},
    )


def case_name(shop):
    return shop.owner, "/practice/account/name", {"name": "Ann Lee"}


def case_code(shop):
    press = pressed(shop.owner, "/practice/account", "/practice/account/code")
    return shop.owner, "/practice/account/code", {"press": press}


def case_code_by_no_page(shop):
    return shop.owner, "/practice/account/code", None


def case_password(shop):
    browser = signed_in(shop.client, f"pat{next(NUMBERS)}@example.org", clinic=shop.clinic.id)
    return browser, "/practice/account/password", {"old": PASSWORD, "password": "another four words now"}


def case_welcome(shop):
    token = token_for(shop.client, f"wel{next(NUMBERS)}@example.org", clinic=shop.clinic.id)
    return shop.client.another(), f"/practice/welcome/{token}", {"name": "Wel", "password": PASSWORD}


def case_typed_code(shop):
    made = shop.owner.post("/practice/account/code").text
    return shop.client.another(), "/practice/sign-in/code", {"code": code_on(made)}


def case_remove_passkey(shop):
    browser, (first, _second) = with_two_passkeys(shop)
    return browser, f"/practice/account/passkeys/{first}/remove", None


def signed_in_twice(shop) -> Client:
    email = f"two{next(NUMBERS)}@example.org"
    browser = signed_in(shop.client, email, clinic=shop.clinic.id)
    shop.client.another().post("/practice/sign-in", {"email": email, "password": PASSWORD})
    return browser


def case_end_sign_in(shop):
    browser = signed_in_twice(shop)
    ends = re.findall(r"/practice/account/sign-ins/[0-9a-f-]+/end", browser.get("/practice/account").text)
    return browser, ends[-1], None


def case_end_others(shop):
    return signed_in_twice(shop), "/practice/account/sign-ins/end-others", None


def with_two_passkeys(shop) -> tuple[Client, list[Any]]:
    """Somebody who signs in by passkeys alone."""
    email = f"key{next(NUMBERS)}@example.org"
    browser = signed_in(shop.client, email, clinic=shop.clinic.id)

    def prepare(db, now):
        found = people_store.find_practitioner(db, email)
        people_store.set_password(db, found.id, None)
        for number in range(2):
            key = f"{email} {number}".encode()
            add_passkey(
                db, now, StoredPasskey(practitioner_id=found.id, credential_id=key, public_key=b"k", sign_count=0), ""
            )
        return found.id

    id = shop.work.run(prepare)
    return browser, [one.id for one in shop.work.run(passkey_service.list_passkeys, id)]


def with_an_app(shop) -> tuple[Client, Any]:
    """Somebody with an app for codes; their browser, and their key."""
    browser = signed_in(shop.client, email := f"app{next(NUMBERS)}@example.org", clinic=shop.clinic.id)
    set_up_app(browser, shop.work.clock)
    people = shop.work.run(people_service.list_practitioners, shop.clinic.id)
    return browser, next(one.id for one in people if one.email == email)


def case_app_off(shop):
    return with_an_app(shop)[0], "/practice/account/second-factor/off", None


def case_app_off_of(shop):
    return shop.owner, f"/practice/people/{with_an_app(shop)[1]}/second-factor", None


# What grows, and what the ten answers may be.
CASES: dict[str, tuple[Callable[[Any], Any], dict[str, int], set[int]]] = {
    "POST /practice/links": (case_link, {"link": 1, "trail": 1}, {303}),
    "POST /practice/links/{link}/withdraw": (case_withdraw_link, {"trail": 1}, {303}),
    "POST /l/{code}": (case_open, {"asked": 1}, {303}),
    "POST /l/{code} personal": (case_open_personal, {"asked": 1}, {303}),
    "POST /me/share/{check_in}/{link}": (case_share, {"share": 1, "asked": -1, "follow_up": 1, "trail": 1}, {303}),
    "POST /me/share/{check_in}/{link}/decline": (case_decline_share, {"asked": -1}, {303}),
    "POST /me/shares/{share_id}/withdraw": (case_withdraw_share, {"follow_up": -1, "trail": 1}, {303}),
    "POST /me/views/new/{check_in}": (case_make_view, {"doctor_view": 1}, {200}),
    "POST /me/views/{view}/end": (case_end_view, {}, {303}),
    "POST /me/views/{view}/code": (case_view_code, {}, {200}),
    # Nobody can tell two doctors from one who pressed twice: each look is told.
    "POST /v/{address}": (case_open_view, {"doctor_look": AT_ONCE}, {200}),
    "POST /practice/inbox/{share}/seen": (case_seen, {"trail": 1}, {303}),
    "POST /practice/inbox/{share}/note": (case_note, {"share_note": 1}, {303}),
    "POST /practice/inbox/{share}/note empty": (case_note_away, {"share_note": -1}, {303}),
    "POST /practice/inbox/{share}/send": (case_send, {"proposal": 1, "trail": 1}, {303}),
    "POST /practice/inbox/{share}/send by no page": (case_send_by_no_page, {"proposal": 1, "trail": AT_ONCE + 1, "share_view": 1}, {303}),
    "POST /me/proposals/{proposal}/pages": (case_take_pages, {"reading_list": 1}, {303}),
    "POST /me/proposals/{proposal}/plan": (case_take_plan, {"plan": 1}, {303}),
    "POST /me/proposals/{proposal}/decline": (case_decline_proposal, {}, {303}),
    "POST /me/follow-up/{follow_up}/open": (case_open_again, {"asked": 1}, {303}),
    "POST /me/follow-up/{follow_up}/stop": (case_stop_asking, {"follow_up": -1}, {303, 404}),
    "POST /practice/people": (case_invite, {"practitioner": 1, "one_time": 1, "trail": 1}, {200}),
    "POST /practice/people by no page": (
        case_invite_by_no_page, {"practitioner": 1, "one_time": 1, "trail": 1}, {200, 422},
    ),
    "POST /practice/people/{practitioner}/link": (case_link_again, {"trail": 1}, {200}),
    "POST /practice/people/{practitioner}/link by no page": (case_link_again_by_no_page, {"trail": AT_ONCE}, {200}),
    "POST /practice/people/{practitioner}/role": (case_role, {"trail": 1}, {303}),
    "POST /practice/people/{practitioner}/remove": (case_remove, {"one_time": -1, "trail": 1}, {303, 404}),
    "POST /practice/clinic": (case_clinic, {"trail": 1}, {303}),
    "POST /practice/account/name": (case_name, {}, {303}),
    "POST /practice/account/code": (case_code, {"one_time": 1, "trail": 1}, {200}),
    "POST /practice/account/code by no page": (case_code_by_no_page, {"trail": AT_ONCE}, {200}),
    "POST /practice/account/password": (case_password, {"trail": 1}, {303}),
    "POST /practice/welcome/{token}": (case_welcome, {"sign_in": 1, "trail": 3}, {303, 404, 410}),
    "POST /practice/sign-in/code": (case_typed_code, {"sign_in": 1, "trail": 1}, {303, 422}),
    "POST /practice/account/passkeys/{passkey}/remove": (case_remove_passkey, {"passkey": -1, "trail": 1}, {303, 404}),
    "POST /practice/account/sign-ins/{sign_in_id}/end": (case_end_sign_in, {"trail": 1}, {303, 404}),
    "POST /practice/account/sign-ins/end-others": (case_end_others, {"trail": 1}, {303}),
    "POST /practice/account/second-factor/off": (case_app_off, {"trail": 1}, {303}),
    "POST /practice/people/{practitioner}/second-factor": (case_app_off_of, {"trail": 1}, {303, 404}),
}  # fmt: skip
# They write nothing but who is signed in, wrong tries and challenges; adding a passkey takes a device of its own
# (test_passkey_phone), and its challenge is good once.
OTHERS = {
    "POST /practice/find", "POST /practice/sign-in", "POST /practice/sign-out", "POST /practice/sign-in/forgot",
    "POST /practice/sign-in/passkey", "POST /practice/sign-in/passkey-options", "POST /practice/account/passkeys",
    "POST /practice/account/passkey-options", "POST /practice/account/proof", "POST /practice/sign-in/second",
    "POST /practice/sign-in/second/passkey-options", "POST /practice/sign-in/second/passkey",
    "POST /practice/account/second-factor",
    "POST /practice/first/{token}",  # of a server without an account (test_first_run)
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_ten_presses_at_once_are_one(shop, name):
    prepare, expected, statuses = CASES[name]
    browser, path, fields = prepare(shop)

    changed, answers = grown(shop, browser, path, fields)

    assert changed == expected
    assert {one.status_code for one in answers} <= statuses


def test_every_writing_address_of_a_practice_is_pressed(app):
    ours = (
        "POST /practice",
        "POST /l/",
        "POST /me/share",
        "POST /me/views",
        "POST /v/",
        "POST /me/proposals",
        "POST /me/follow-up",
    )
    written = {name for name in routes(app) if name.startswith(ours)}

    assert written - OTHERS == {name for name in CASES if name.endswith("}") or " by " not in name} & written


def test_one_press_shows_one_link_however_often(shop):
    browser, path, fields = case_invite(shop)
    shown = {re.search(r"/practice/welcome/[\w-]+", one.text)[0] for one in press_at_once(browser, path, fields)}
    assert len(shown) == 1
    assert shop.client.another().get(shown.pop()).status_code == 200


def test_the_same_page_with_other_words_is_another_press(shop):
    browser, path, fields = case_link(shop)
    first, second = browser.post(path, fields), browser.post(path, fields | {"alias": "another"})
    assert first.headers["location"] != second.headers["location"]


def test_two_browsers_that_open_a_personal_link_at_once_are_one(shop):
    code = code_of(shop.owner, make_link(shop.owner, kind="personal"))
    patients = [shop.client.another() for _ in range(AT_ONCE)]
    for one in patients:
        answer_quiz(one, RA)
    before = counts(shop)["asked"]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = [one.result().status_code for one in [pool.submit(each.post, f"/l/{code}") for each in patients]]
    assert sorted(answers) == [303] + [410] * (AT_ONCE - 1)
    assert counts(shop)["asked"] == before + 1


def test_two_owners_who_take_each_other_s_rights_leave_one(shop):
    clinic = f"Two {next(NUMBERS)}"
    first = signed_in(shop.client, f"one{next(NUMBERS)}@example.org", name="One", clinic=clinic)
    id = clinic_of(shop.client, clinic).id
    second = signed_in(shop.client, f"two{next(NUMBERS)}@example.org", name="Two", clinic=id)
    people = shop.work.run(people_service.list_practitioners, id)
    first.post(f"/practice/people/{people[1].id}/role", {"role": "owner"})
    with ThreadPoolExecutor(2) as pool:
        pairs = ((first, people[1]), (second, people[0]))
        tries = [pool.submit(who.post, f"/practice/people/{of.id}/role", {"role": "practitioner"}) for who, of in pairs]
        assert sorted(one.result().status_code for one in tries) == [303, 404]
    assert [one.role for one in shop.work.run(people_service.list_practitioners, id)].count("owner") == 1


def test_the_last_way_in_stays_when_both_passkeys_are_removed_at_once(shop):
    browser, passkeys = with_two_passkeys(shop)
    with ThreadPoolExecutor(2) as pool:
        paths = [f"/practice/account/passkeys/{one}/remove" for one in passkeys]
        assert sorted(one.result().status_code for one in [pool.submit(browser.post, path) for path in paths]) == [
            303,
            404,
        ]


def test_a_clinic_is_made_once(shop):
    name = f"New {next(NUMBERS)}"
    emails = [f"many{next(NUMBERS)}@example.org" for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        tokens = list(pool.map(lambda email: shop.work.run(people_service.add_practitioner, email, "", name), emails))
    assert all(tokens)
    clinics = [one for one in shop.work.run(people_service.list_clinics) if one.name == name]
    assert len(clinics) == 1
    people = shop.work.run(people_service.list_practitioners, clinics[0].id)
    assert sorted(one.role for one in people) == ["owner"] + ["practitioner"] * (AT_ONCE - 1)


def test_a_share_that_is_withdrawn_takes_along_what_is_written_at_that_moment(shop):
    patient, share, inbox = patient_with_share(shop)
    before = counts(shop)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        writing = [pool.submit(shop.owner.post, f"{inbox}/{what}", {"note": "late"}) for what in ("note", "send") * 4]
        gone = pool.submit(patient.post, f"{share}/withdraw")
        assert {one.result().status_code for one in writing} <= {303, 404}
        assert gone.result().status_code == 303
    after = counts(shop)
    assert (after["share_note"], after["proposal"]) == (before["share_note"], before["proposal"])


def test_looks_of_one_moment_are_one_to_the_patient_and_a_line_each_in_the_trail(shop):
    _patient, _share, inbox = patient_with_share(shop)
    before = counts(shop)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda _n: shop.owner.get(inbox), range(AT_ONCE)))
    after = counts(shop)
    assert (after["share_view"] - before["share_view"], after["trail"] - before["trail"]) == (1, AT_ONCE)
