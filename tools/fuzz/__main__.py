"""`python -m tools.fuzz --requests 50000 --seed 1`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import httpx
from tests.support.client import running_loop
from tests.support.database import KEY, migrate
from tests.support.server import Server

from acupwa.app import create_app
from acupwa.library.load import load_library
from acupwa.settings import read_settings
from tools.fuzz.generator import Wanted, generate
from tools.fuzz.judge import faults
from tools.fuzz.log import is_fault
from tools.fuzz.people import addresses, make_people
from tools.fuzz.wire import Got, send

_SENDERS = 4
_SHOWN = 40


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        return _run(Path(name), options.requests, options.seed)


def _run(folder: Path, count: int, seed: int) -> int:
    settings = read_settings({"ACUPWA_SECRET_KEYS": KEY, "ACUPWA_DATA_DIR": str(folder / "var")}, folder=folder)
    (folder / "var").mkdir()
    migrate(settings.database_url)
    app = create_app(settings, library=load_library(), clock=lambda: datetime.now(UTC))
    with running_loop() as loop:
        people = make_people(app, loop)
        app.inner.state.work.close()
    server = Server(folder, ACUPWA_SECRET_KEYS=KEY).start()
    # It compresses the whole library once, some seconds after each start.
    httpx.get(f"{server.url}/offline/sizes.json", timeout=60)
    began = time.monotonic()
    try:
        found, statuses, slowest = _send_all(server.port, generate(seed, count, addresses(), people, raw=0.03), count)
    finally:
        server.stop()
    log = (folder / "server.log").read_text()
    logged = [line for line in log.splitlines() if is_fault(line)]
    print(
        f"{count} requests, seed {seed}, {time.monotonic() - began:.0f} s; slowest {slowest:.2f} s; {dict(sorted(statuses.items()))}"
    )
    print(f"faults {len(found)}, lines of faults in the log {len(logged)}")
    print("\n".join([*found[:_SHOWN], *logged[:_SHOWN]]))
    return 1 if found or logged else 0


def _send_all(port: int, requests, count: int) -> tuple[list[str], Counter[int], float]:  # type: ignore[no-untyped-def]
    found: list[str] = []
    statuses: Counter[int] = Counter()
    slowest = 0.0
    with ThreadPoolExecutor(_SENDERS) as senders:
        while chunk := list(islice(requests, 1_000)):
            for wanted, got in zip(chunk, senders.map(lambda one: _sent(port, one), chunk), strict=True):
                statuses[got.status] += 1
                slowest = max(slowest, got.seconds)
                found += [f"{fault}: {wanted}" for fault in _faults(wanted, got)]
            print(f"{sum(statuses.values())} of {count}, faults {len(found)}", file=sys.stderr)
    return found, statuses, slowest


def _sent(port: int, wanted: Wanted) -> Got:
    try:
        return send(port, wanted)
    except TimeoutError:
        return Got(599, (), b"", 15.0)


def _faults(wanted: Wanted, got: Got) -> list[str]:
    if wanted.raw and got.status == 0:
        return []  # half a request: to close is an answer
    return list(faults(got.status, got.headers, got.body, got.seconds))


if __name__ == "__main__":
    sys.exit(main())
