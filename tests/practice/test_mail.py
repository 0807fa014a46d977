"""Invitations and new passwords by mail, sent to a real SMTP server of our own; and nothing of that without one."""

from __future__ import annotations

import email
import re
import threading
from datetime import timedelta
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from acupwa.app import create_app
from acupwa.db.engine import make_engine
from acupwa.db.migrate import upgrade
from acupwa.practice.accounts.rules import RESETS_BY_MAIL, RESETS_FROM_PLACE
from acupwa.practice.trail.service import list_trail
from acupwa.settings import read_settings
from acupwa.web.mail import Mail
from tests.support.app_codes import set_up_app
from tests.support.authenticator import add_passkey, sign_in_by
from tests.support.client import Client
from tests.support.database import KEY
from tests.support.postgres import free_port
from tests.support.practitioners import PASSWORD, clinic_of, signed_in, work_of

PUBLIC = "https://acupwa.example"


class Box:
    """Takes every mail."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self._came = threading.Condition()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        with self._came:
            self.mails.append(email.message_from_bytes(envelope.content, policy=default))
            self._came.notify_all()
        return "250 OK"

    def wait(self, count: int) -> list[Any]:
        with self._came:
            assert self._came.wait_for(lambda: len(self.mails) >= count, 20), f"{len(self.mails)} mails"
        return self.mails


@pytest.fixture
def box():
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    box.url = f"smtp://127.0.0.1:{controller.port}"
    yield box
    controller.stop()


@pytest.fixture
def mailing(box, library, clock, loop, tmp_path: Path):
    given = {
        "ACUPWA_SECRET_KEYS": KEY, "ACUPWA_DATA_DIR": str(tmp_path / "mailing"), "ACUPWA_PUBLIC_URL": PUBLIC,
        "ACUPWA_SMTP_URL": box.url,
    }  # fmt: skip
    settings = read_settings(given, folder=tmp_path)
    settings.data_dir.mkdir()
    engine = make_engine(settings.database_url)
    upgrade(engine)
    engine.dispose()
    app = create_app(settings, library=library, clock=clock)
    yield Client(app, loop)
    app.inner.state.mail.close()
    app.inner.state.work.close()


def forgot(browser, address="ann@example.org"):
    return browser.post("/practice/sign-in/forgot", data={"email": address})


def path_in(mail):
    return re.search(rf"{PUBLIC}(/practice/welcome/\S+)", mail.get_content())[1]


def test_an_invitation_goes_by_mail_too_and_its_link_opens_the_account(mailing, box):
    ann = signed_in(mailing)

    page = ann.post("/practice/people", data={"email": "bob@example.org", "name": "Bob"})

    assert "been sent by email" in page.text
    (mail,) = box.wait(1)
    assert mail["to"] == "bob@example.org"
    assert mail["from"] == "Acupwa <no-reply@acupwa.example>"
    assert "Needle Lane" in mail["subject"]
    browser = mailing.another()
    answer = browser.post(path_in(mail), data={"name": "Bob", "password": PASSWORD})
    assert answer.headers["location"] == "/practice"


def test_a_new_password_by_mail_and_the_link_works_once(mailing, box):
    signed_in(mailing)
    browser = mailing.another()

    assert "is on its way" in forgot(browser, " Ann@Example.org ").text

    path = path_in(box.wait(1)[0])
    new = "quite other words today"
    assert browser.post(path, data={"password": new}).status_code == 303
    assert mailing.get(path).status_code == 404
    old = {"email": "ann@example.org", "password": PASSWORD}
    assert browser.another().post("/practice/sign-in", data=old).status_code == 422


def test_whether_an_address_has_an_account_is_not_told(mailing, box):
    signed_in(mailing)

    known, unknown = forgot(mailing.another()), forgot(mailing.another(), "bob@example.org")

    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text.replace("bob@example.org", "ann@example.org")
    assert [mail["to"] for mail in box.wait(1)] == ["ann@example.org"]


def test_the_link_names_this_server_whatever_host_was_asked(mailing, box):
    signed_in(mailing)

    def ask(host: str) -> int:
        sent = {"host": host, "x-forwarded-host": "evil.example"}
        answer = mailing.post("/practice/sign-in/forgot", data={"email": "ann@example.org"}, headers=sent)
        return int(answer.status_code)

    assert ask("evil.example") == 400
    assert ask("127.0.0.1:8000") == 200
    assert PUBLIC in box.wait(1)[0].as_string()
    assert "evil" not in box.wait(1)[0].as_string()


def test_nobody_s_box_is_filled_and_many_askings_wait(mailing, box, clock):
    signed_in(mailing)
    answers = [forgot(mailing).status_code for _ in range(RESETS_FROM_PLACE + 1)]

    assert answers == [200] * RESETS_FROM_PLACE + [429]
    told = work_of(mailing).run(list_trail, clinic_of(mailing).id)
    assert sum(line.what == "reset-made" for line in told) == RESETS_BY_MAIL
    assert len(box.wait(RESETS_BY_MAIL)) == RESETS_BY_MAIL


def test_an_address_with_a_line_break_is_none(mailing, box):
    assert forgot(mailing, "ann@example.org\nBcc: eve@example.org").status_code == 422
    assert forgot(mailing, "no address").status_code == 422


def test_a_mail_server_that_is_gone_delays_no_answer_and_breaks_nothing(library, clock, loop, tmp_path, capsys):
    mail = Mail(f"smtp://127.0.0.1:{free_port()}", "a@example.org")
    mail.send("ann@example.org", "subject", "text")
    mail.close()

    said = capsys.readouterr().err
    assert "mail not sent" in said
    assert "ann@" not in said


def test_a_password_is_never_sent_in_the_clear(box, capsys):
    mail = Mail(box.url.replace("smtp://", "smtp://user:secret@"), "a@example.org")
    mail.send("ann@example.org", "subject", "text")
    mail.close()

    assert box.mails == []
    assert "mail not sent" in capsys.readouterr().err


def test_without_a_mail_server_the_page_says_who_can_help(client):
    page = client.get("/practice/sign-in/forgot")

    assert "acupwa practitioner reset" in page.text
    assert 'name="email"' not in page.text
    assert client.follow(forgot(client)).status_code == 200


def test_every_change_of_a_way_in_is_told_by_mail(mailing, box, clock):
    ann = signed_in(mailing)
    key = add_passkey(ann, PUBLIC)
    passkey = re.search(r"/practice/account/passkeys/[^\"]+/remove", ann.get("/practice/account").text)[0]
    presses = (
        (passkey, {}, "A passkey was removed"),
        ("/practice/account/code", {}, "A code was made"),
        ("/practice/account/name", {"name": "Änn"}, "The name that patients see"),
        ("/practice/account/password", {"old": PASSWORD, "password": "quince oyster saddle bishop"}, "A new password"),
    )
    for path, fields, _said in presses:
        assert ann.post(path, fields).status_code in (200, 303)
    set_up_app(ann, clock)
    ann.post("/practice/account/second-factor/off")

    mails = box.wait(7)

    assert [mail["to"] for mail in mails] == ["ann@example.org"] * 7
    texts = [mail.get_content() for mail in mails]
    told = ["A passkey was added", *(said for _, _, said in presses), "An authenticator app was set up", "was removed"]
    for text, said in zip(texts, told, strict=True):
        assert said in text
        assert "at Needle Lane" in text
        assert "If it was not you" in text
    assert sign_in_by(mailing.another(), key).status_code == 422


def test_what_came_to_nothing_is_not_told(mailing, box, clock):
    ann = signed_in(mailing)
    clock.now += timedelta(minutes=6)

    ann.post("/practice/account/code")
    ann.post("/practice/account/password", {"old": "wrong", "password": "quince oyster saddle bishop"})
    forgot(mailing.another())

    assert [mail["subject"] for mail in box.wait(1)] == ["A new password for Acupwa"]


def test_who_reads_the_mailbox_puts_away_no_second_factor(mailing, box, clock):
    ann = signed_in(mailing)
    key = add_passkey(ann, PUBLIC)
    assert ann.post("/practice/clinic", {"name": "Needle Lane", "second_factor": "yes"}).status_code == 303
    thief = mailing.another()
    forgot(thief)
    path, new = path_in(box.wait(2)[1]), {"password": "quince oyster saddle bishop"}
    keep = re.search(r'name="keep" value="([^"]+)"', thief.get(path).text)[1]

    refused = thief.post(path, data=new)
    assert refused.status_code == 422
    assert "Tick one you still have" in refused.text
    assert thief.post(path, data=new | {"keep": keep}).headers["location"] == "/practice/sign-in/second"

    assert thief.get("/practice/account").status_code == 303
    assert 'name="offer"' not in thief.get("/practice/sign-in/second").text
    assert sign_in_by(mailing.another(), key).headers["location"] == "/practice"


def test_a_new_password_by_a_link_is_told_too(mailing, box):
    signed_in(mailing)
    forgot(mailing.another())
    path = path_in(box.wait(1)[0])
    mailing.another().post(path, data={"password": "quince oyster saddle bishop"})

    assert "A new password was chosen" in box.wait(2)[1].get_content()
