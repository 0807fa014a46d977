"""`python -m tools.today_states FOLDER`: ten states of Today, each in five pictures, from the app as it is.

Ten people of the stories, nobody's own, each brought into a state by what they press, at the time at which they press it;
then looked at now: light, dark, with text at 200 %, 320 px wide, and without JavaScript.
"""

import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from tests.support.browser import PHONE, launched_browser
from tests.support.client import Client, running_loop
from tests.support.database import KEY, migrate
from tests.support.people import (
    RA,
    RA_HOT_JOINT,
    answer_quiz,
    fill,
    finish_check_in,
    follow_up,
    on_screen,
    plan_fields,
)
from tests.support.practitioners import asked, give, signed_in
from tests.support.server import Server

from acupwa.app import create_app
from acupwa.library.load import load_library
from acupwa.planner.model import WEEKDAYS
from acupwa.settings import read_settings

COOKIE = "acupwa"


class Turned:
    """A clock that stands `days` from now."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def to(self, days: float) -> None:
        self.now = datetime.now(UTC) + timedelta(days=days)


State = Callable[[Client, Turned], None]


def newcomer(_client: Client, _clock: Turned) -> None:
    """Nobody yet."""


def draft(client: Client, clock: Turned) -> None:
    clock.to(-1)
    fill(client, RA, until="lately")


def paused(client: Client, clock: Turned) -> None:
    clock.to(-2)
    place = fill(client, RA, until="ratings")
    client.post(f"{place}/ratings/pause", on_screen("ratings", RA))


def session_tomorrow(client: Client, clock: Turned) -> None:
    _three_check_ins(client, clock)
    _plan(client, clock, first=1)


def unlogged(client: Client, clock: Turned) -> None:
    _three_check_ins(client, clock)
    _plan(client, clock, first=-16)
    _log(client, clock, first=-16, logs=("went", "missed"))


def check_in_due(client: Client, clock: Turned) -> None:
    clock.to(-30)
    answer_quiz(client, RA)
    _plan(client, clock, first=-22)
    _log(client, clock, first=-22, logs=("went", "went", "missed", "went"))


def decision(client: Client, clock: Turned) -> None:
    clock.to(-60)
    answer_quiz(client, RA)
    _plan(client, clock, first=-50)
    _log(client, clock, first=-50, logs=("went", "went", "missed", "went", "went", "went", "went", "went"))
    clock.to(-20)
    follow_up(client)


def clinic_asks(client: Client, clock: Turned) -> None:
    clock.to(-28)
    ann = signed_in(client)
    give(client, asked(client, ann, again="4-weeks"))


def danger_sign(client: Client, clock: Turned) -> None:
    _three_check_ins(client, clock)
    _plan(client, clock, first=1)
    clock.to(-0.1)
    answer_quiz(client, RA_HOT_JOINT)


def nothing_due(client: Client, clock: Turned) -> None:
    _three_check_ins(client, clock)
    _plan(client, clock, first=3)
    for slug in load_library().pages:
        client.post(f"/list/{slug}", {"action": "read"})


STATES: Mapping[str, State] = {
    one.__name__.replace("_", "-"): one
    for one in (
        newcomer, draft, paused, session_tomorrow, unlogged, check_in_due, decision, clinic_asks, danger_sign, nothing_due,
    )
}  # fmt: skip


def _three_check_ins(client: Client, clock: Turned) -> None:
    for days, pain in ((-40, "7"), (-20, "5"), (-5, "4")):
        clock.to(days)
        finish_check_in(client, **{"ratings.pain": pain, "sessions_since": "2"} if pain != "7" else {})


def _plan(client: Client, clock: Turned, first: int) -> None:
    clock.to(min(-3, first - 1))
    day = (datetime.now(UTC) + timedelta(days=first)).date()
    fields = plan_fields(first_day=day.isoformat(), weekdays=[WEEKDAYS[day.weekday()]], time_zone="Europe/London")
    made = client.post("/plan", fields)
    assert made.status_code == 303, made.text[:2000]


def _log(client: Client, clock: Turned, first: int, logs: tuple[str, ...]) -> None:
    for number, log in enumerate(logs, 1):
        clock.to(first + 7 * (number - 1) + 0.9)
        client.post(f"/plan/sessions/{number}/log", {"log": log})


class Look(NamedTuple):
    name: str
    width: int = 390
    dark: bool = False
    text: str = ""
    scripts: bool = True


LOOKS = (
    Look("light"),
    Look("dark", dark=True),
    Look("200", text="200"),
    Look("320", width=320),
    Look("no-script", scripts=False),
)


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        cookies = _people(Path(name) / "var")
        server = Server(Path(name), ACUPWA_SECRET_KEYS=KEY).start()
        try:
            with launched_browser() as browser:
                for state, cookie in cookies.items():
                    for look in LOOKS:
                        _take(browser, server.url, cookie, look, folder / f"{state}-{look.name}.png")
        finally:
            server.stop()
    return 0


def _people(folder: Path) -> Mapping[str, str]:
    """The cookie of each."""
    folder.mkdir(parents=True)
    settings = read_settings({"ACUPWA_SECRET_KEYS": KEY, "ACUPWA_DATA_DIR": str(folder)}, folder=folder)
    migrate(settings.database_url)
    clock, cookies = Turned(), {}
    app = create_app(settings, library=load_library(), clock=clock)
    with running_loop() as loop:
        first = Client(app, loop)
        for number, (state, bring) in enumerate(STATES.items()):
            client = first.another(f"192.0.2.{number}")
            bring(client, clock)
            cookies[state] = client.cookies.get(COOKIE) or ""
    app.inner.state.work.close()
    return cookies


def _take(browser: Any, url: str, cookie: str, look: Look, file: Path) -> None:
    options = PHONE | {"viewport": {"width": look.width, "height": 844}}
    context = browser.new_context(
        **options,
        base_url=url,
        color_scheme="dark" if look.dark else "light",
        java_script_enabled=look.scripts,
        service_workers="block",
    )
    if cookie:
        context.add_cookies([{"name": COOKIE, "value": cookie, "url": url}])
    page = context.new_page()
    page.goto("/today")
    if look.text:
        page.evaluate("size => { document.documentElement.dataset.text = size }", look.text)
    page.screenshot(path=file, full_page=True)
    context.close()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
