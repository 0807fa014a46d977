"""The server is killed in the middle of saves: whatever was answered is there, nothing is half-written."""

from __future__ import annotations

import sqlite3
import threading

import httpx

from tests.support.people import RA, fill
from tests.support.server import Server

PEOPLE, SAVES = 8, 200


class Saver(threading.Thread):
    """One person who saves a numbered sentence again and again; remembers the last that was answered."""

    def __init__(self, base: str, total: list[int], enough: threading.Event) -> None:
        super().__init__()
        self.client = httpx.Client(base_url=base, headers={"sec-fetch-site": "same-origin"}, timeout=5)
        self.place = fill(self.client, RA, until="what-matters")
        self.answered, self.sent = -1, -1
        self.total, self.enough = total, enough

    def run(self) -> None:
        while True:
            self.sent += 1
            try:
                answer = self.client.post(
                    f"{self.place}/what-matters",
                    data={
                        "problem_words": f"sore thumb {self.sent}",
                        "ratings.problem": "6",
                        "stopping_medicine": "no",
                    },
                )
            except httpx.TransportError:
                return
            if answer.status_code == 303:
                self.answered = self.sent
                self.total.append(1)
                if len(self.total) >= SAVES:
                    self.enough.set()


def test_every_answered_save_outlives_a_kill(tmp_path):
    server = Server(tmp_path).start()
    total: list[int] = []
    enough = threading.Event()
    savers = [Saver(server.url, total, enough) for _ in range(PEOPLE)]
    for saver in savers:
        saver.start()
    assert enough.wait(60)
    server.kill()
    for saver in savers:
        saver.join(15)
    assert len(total) >= SAVES

    server.start()
    try:
        for saver in savers:
            (check_in,) = saver.client.get("/me/export.json").json()["check_ins"]
            kept = int(check_in["answers"]["problem_words"].removeprefix("sore thumb "))
            assert kept in (saver.answered, saver.answered + 1)
            assert kept <= saver.sent
        file = server.folder / "var" / "acupwa.sqlite3"
        assert sqlite3.connect(file).execute("pragma integrity_check").fetchone() == ("ok",)
    finally:
        server.stop()
