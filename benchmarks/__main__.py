"""`make bench`: each figure beside a peer's in the same run, in turn, as medians. Needs `wrk`.

Machines are shared and noisy: read the ratios, not the requests per second.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.inbox import compare_inboxes
from benchmarks.over_time import compare_over_time

ROOT = Path(__file__).parents[1]
ROUNDS = 5
SECONDS = 3
LIBRARY_PAGE = "/read/safety-in-numbers"
RATINGS = "ratings.fatigue=5&ratings.sleep=4&ratings.overall=5&ratings.stiffness=6&ratings.swollen-joints=3&instruments.peg.1=7&instruments.peg.2=6&instruments.peg.3=6"
PEER_RATINGS = "fatigue=5&sleep=4&overall=5&stiffness=6&swollen_joints=3&peg1=7&peg2=6&peg3=6"


def main() -> int:
    if not shutil.which("wrk"):
        print("make bench needs `wrk` (Debian: apt-get install wrk)", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with ours(folder) as us, peer(folder, "hello", ["benchmarks.peers:hello"]) as bare:
            compare("library page from memory", wrk(us + LIBRARY_PAGE, us), wrk(bare + "/", bare), "bare uvicorn hello")
        with ours(folder / "save") as us, peer(folder, "plain", ["--factory", "benchmarks.peers:plain_app"]) as plain:
            compare("quiz save, durable", our_save(us, folder), plain_save(plain, folder), "plain FastAPI + SQLModel")
        compare_over_time(folder / "over-time", ours)
        compare_inboxes(folder / "inbox", ours)
        print_start_and_memory(folder / "start")
    return 0


def compare(what: str, our_command: list[str], peer_command: list[str], peer_name: str) -> None:
    """A B A B …: requests per second of each, and the ratio pair by pair."""
    pairs = [(rate(our_command), rate(peer_command)) for _ in range(ROUNDS)]
    mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratios = sorted(a / b for a, b in pairs)
    print(
        f"{what:28} {mine:9,.0f}/s   {peer_name:26} {theirs:9,.0f}/s   "
        f"ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
    )


def rate(command: list[str]) -> float:
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    if bad:
        raise RuntimeError(f"{bad.group(1)} answers were not 2xx or 3xx: {' '.join(command)}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))  # type: ignore[union-attr]


def wrk(url: str, _base: str, *more: str) -> list[str]:
    return ["wrk", "-t1", "-c16", f"-d{SECONDS}s", "-H", "Accept-Encoding: br, gzip", *more, url]


def our_save(base: str, folder: Path) -> list[str]:
    with httpx.Client(base_url=base, headers={"sec-fetch-site": "same-origin"}) as client:
        started = client.post("/quiz", data={"start": "1"})
        place = started.headers["location"].rsplit("/", 1)[0]
        client.post(f"{place}/right-now", data={"none_right_now": "1"})
        client.post(
            f"{place}/about-you",
            data={"answering_for": "myself", "age_band": "40-64", "country": "GB", "conditions": ["ra"]},
        )
        client.post(f"{place}/lately", data={"none_lately": "1"})
        answer = client.post(
            f"{place}/ratings", content=RATINGS, headers={"content-type": "application/x-www-form-urlencoded"}
        )
        if answer.status_code != 303:
            raise RuntimeError(f"the save was answered {answer.status_code}")
        cookie = f"acupwa={client.cookies['acupwa']}"
    script = lua(folder / "ours.lua", RATINGS, cookie)
    return wrk(f"{base}{place}/ratings", base, "-s", str(script))


def plain_save(base: str, folder: Path) -> list[str]:
    started = httpx.post(f"{base}/start").json()
    script = lua(folder / "plain.lua", PEER_RATINGS, f"person={started['token']}")
    return wrk(f"{base}/save/{started['draft']}", base, "-s", str(script))


def lua(file: Path, body: str, cookie: str) -> Path:
    file.write_text(
        'wrk.method = "POST"\n'
        f'wrk.body = "{body}"\n'
        'wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"\n'
        'wrk.headers["Sec-Fetch-Site"] = "same-origin"\n'
        f'wrk.headers["Cookie"] = "{cookie}"\n'
    )
    return file


def print_start_and_memory(folder: Path) -> None:
    """Seconds from the command to the first answer, and the memory then; the second start has a database."""
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        with ours(folder, pin=False) as base:
            httpx.get(base + "/")
            seconds.append(time.perf_counter() - began)
            for path in ("/read", "/quiz", "/emergency", LIBRARY_PAGE):
                httpx.get(base + path)
            memory = resident_mb(ours.pid)  # type: ignore[attr-defined]
    print(f"start to first answer: {statistics.median(seconds):.2f} s; memory of the serving process: {memory:.0f} MB")


def resident_mb(pid: int) -> float:
    text = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024  # type: ignore[union-attr]


@contextmanager
def ours(folder: Path, pin: bool = True) -> Iterator[str]:
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    environment = {**os.environ, "ACUPWA_DATA_DIR": str(folder / "var"), "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "acupwa", "serve", "--port", str(port)]
    with running(command, port, environment, "/readyz") as pid:
        ours.pid = pid  # type: ignore[attr-defined]
        yield f"http://127.0.0.1:{port}"


@contextmanager
def peer(folder: Path, name: str, target: list[str]) -> Iterator[str]:
    port = free_port()
    environment = {**os.environ, "PEER_DATABASE": str(folder / f"{name}.sqlite3"), "PYTHONPATH": str(ROOT)}
    command = [
        sys.executable, "-m", "uvicorn", *target, "--port", str(port), "--no-access-log", "--log-level", "warning"
    ]  # fmt: skip
    with running(command, port, environment, "/"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(command: list[str], port: int, environment: dict[str, str], ready: str) -> Iterator[int]:
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                httpx.get(f"http://127.0.0.1:{port}{ready}", timeout=1)
                break
            except httpx.TransportError:
                time.sleep(0.02)
        yield process.pid
    finally:
        process.terminate()
        process.wait(15)


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    raise SystemExit(main())
