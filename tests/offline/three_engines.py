"""What a phone does without a network, in any engine: it is opened, read and answered, what was answered waits, and is sent once."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from tests.support.certificate import own_certificate
from tests.support.client import running_loop
from tests.support.drive import Drive, driven
from tests.support.people import RA
from tests.support.server import Server
from tests.support.stand_in import BROKEN_OFF, GONE, UNHEARD, UNTOLD, StandIn, standing_in

MODES = (GONE, "silence", BROKEN_OFF, UNHEARD, UNTOLD, "502 of a proxy", "a portal's page", "ours, stalled")
READ_BEFORE = "/read/ra-overview"
OPENS = {READ_BEFORE: "Rheumatoid arthritis and acupuncture", "/emergency": "Is it urgent?", "/me": "You are offline"}
CONTROLLED = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
QUEUE = "import('/static/js/queue.js')"
ADD = """async (fields, words) => {
  const { add } = await import("/static/js/queue.js");
  const { personHere } = await import("/static/js/phone-store.js");
  const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]));
  const lines = [["What is it about?", words]];
  const record = { person: await personHere(), kind: "check-in", what: "Check-in", path: "/quiz/whole", fields: pairs, lines };
  return (await add(record)).id;
}"""
SEND = f"{QUEUE}.then(({{ sendAll }}) => sendAll()).then(() => true)"
# Not waited for: a network may be silent.
BEGIN_TO_SEND = f"void {QUEUE}.then(({{ sendAll }}) => sendAll())"
STATES = f"{QUEUE}.then(({{ records }}) => records()).then((all) => all.map(({{ state }}) => state))"
ALL_SENT = f"{STATES}.then((all) => all.every((state) => state === 'sent'))"
KEPT = """fetch("/me/export.json").then((answer) => answer.json())
  .then(({ check_ins }) => check_ins.map((one) => one.answers.problem_words))"""


def visit(drive: Drive) -> None:
    """The first one: the worker comes, a page is read, and a check-in of before makes the phone somebody's."""
    drive.open("/")
    drive.until(CONTROLLED)
    drive.open(READ_BEFORE)
    drive.until(f"caches.match('{READ_BEFORE}').then(Boolean)")
    add(drive, "of before")
    drive.until(f"{SEND}.then(() => {ALL_SENT})")
    drive.open("/today")
    drive.begun()


def add(drive: Drive, words: str) -> None:
    drive.evaluate(ADD, RA | {"problem_words": words}, words)


def reads(drive: Drive) -> None:
    for path, heading in OPENS.items():
        drive.open(path)
        drive.until(f"document.querySelector('h1')?.innerText.trim() === {heading!r}")


def answers(drive: Drive, words: str) -> None:
    """With no network: it waits, and whoever looks there reads what."""
    drive.open("/emergency")
    drive.begun()
    add(drive, words)
    drive.evaluate(BEGIN_TO_SEND)


def waits(drive: Drive, words: str) -> None:
    drive.open("/offline/unsent")
    drive.until(f"document.body.textContent.includes({words!r})")


def comes_back(drive: Drive, words: list[str]) -> None:
    """Opening any page is enough, and all of it is there once."""
    drive.open("/emergency")
    drive.until(ALL_SENT)
    assert sorted(drive.evaluate(KEPT)) == sorted(["of before", *words])


def with_the_server_stopped(drive: Drive, server: Server) -> None:
    visit(drive)
    server.stop()
    reads(drive)
    answers(drive, "aching quince thumb")
    waits(drive, "aching quince thumb")
    if drive.restarts:
        drive.restart()
        waits(drive, "aching quince thumb")
        reads(drive)
    server.start()
    comes_back(drive, ["aching quince thumb"])


def behind_bad_networks(drive: Drive, turn: Callable[[str], None], modes: tuple[str, ...] = MODES) -> None:
    """Each in turn, on a phone that was here before."""
    visit(drive)
    for number, mode in enumerate(modes):
        turn(mode)
        reads(drive)
        answers(drive, mode)
        waits(drive, mode)
        turn("the app")
        comes_back(drive, list(modes[: number + 1]))


@contextmanager
def turning(
    server: Server, seed: int = 1, tls: ssl.SSLContext | None = None
) -> Iterator[tuple[StandIn, Callable[[str], None]]]:
    """What stands between, and what changes it."""
    with running_loop() as loop, standing_in(server.port, loop, tls) as between:
        between.random = Random(seed)
        yield between, lambda mode: asyncio.run_coroutine_threadsafe(between.change(mode), loop).result(10)


def try_all(engine: str, folder: Path, kind: Any) -> None:
    """Both, each on a phone of its own. Chromium takes a certificate of our own; the others are spoken to plainly."""
    server = Server(folder).start()
    try:
        with driven(engine, server.url, folder / "phone", kind) as drive:
            with_the_server_stopped(drive, server)
        tls = own_certificate() if engine == "chromium" else None
        with turning(server, tls=tls) as (between, turn), driven(engine, between.url, folder / "other", kind) as drive:
            behind_bad_networks(drive, turn)
    finally:
        server.stop()
