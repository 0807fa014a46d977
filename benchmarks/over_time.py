"""`/progress` and a result page of one person with many check-ins: alone in the database, and among many people."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from unittest.mock import patch

import httpx
from cryptography.fernet import Fernet

from acupwa.library.load import load_library
from benchmarks.people import seed

PEOPLE, CHECK_INS = 1000, 50
ROUNDS = 60


def compare_over_time(folder: Path, ours: Callable[[Path], AbstractContextManager[str]]) -> None:
    """Print for each page the ratio of the median times, asked in turn; the goal is 1.3 or less."""
    with served(folder / "alone", 1, ours) as alone, served(folder / "many", PEOPLE, ours) as many:
        for what in ("/progress", "/results/"):
            times: list[tuple[float, float]] = [(asked(alone, what), asked(many, what)) for _ in range(ROUNDS)]
            one, other = (statistics.median(column) for column in zip(*times[5:], strict=True))
            print(
                f"{what:28} {1000 * other:6.1f} ms among {PEOPLE:,} people with {CHECK_INS} check-ins each, "
                f"{1000 * one:.1f} ms alone   ratio {other / one:.2f}"
            )


def asked(place: tuple[httpx.Client, str], what: str) -> float:
    client, newest = place
    began = time.perf_counter()
    client.get(what if what == "/progress" else what + newest).raise_for_status()
    return time.perf_counter() - began


@contextmanager
def served(
    folder: Path, people: int, ours: Callable[[Path], AbstractContextManager[str]]
) -> Iterator[tuple[httpx.Client, str]]:
    key = Fernet.generate_key().decode()
    (folder / "var").mkdir(parents=True)
    token, newest = seed(f"sqlite:///{folder / 'var' / 'acupwa.sqlite3'}", key, load_library(), people, CHECK_INS)
    with (
        patch.dict(os.environ, {"ACUPWA_SECRET_KEYS": key}),
        ours(folder) as base,
        httpx.Client(base_url=base, cookies={"acupwa": token}) as client,
    ):
        yield client, str(newest)
