"""Fifty megabytes over a real wire to a real server: refused with a reason, nothing changed, little memory used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.people import RA, answer_quiz
from tests.support.server import Server

MEGABYTE = 1024 * 1024
HEAD = (
    b'--bound\r\nContent-Disposition: form-data; name="file"; filename="data.json"\r\n'
    b"Content-Type: application/json\r\n\r\n"
)


def body(megabytes: int) -> Iterator[bytes]:
    yield HEAD + b'{"format": "acupwa-export", "version": 1, "more": "'
    for _ in range(megabytes * 16):
        yield b"x" * (MEGABYTE // 16)
    yield b'"}\r\n--bound--\r\n'


def peak_megabytes(server: Server) -> float:
    """The most memory that the server and the processes below it ever held."""
    assert server.process
    known, peak = [server.process.pid], 0
    for pid in known:
        status = Path(f"/proc/{pid}/status").read_text()
        peak += int(re.search(r"VmHWM:\s+(\d+)", status)[1])
        known += [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return peak / 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
@pytest.mark.slow  # 22 s on two cores at a load of 20
def test_fifty_megabytes_streamed_are_refused_and_take_little_memory(server):
    with httpx.Client(base_url=server.url, headers={"sec-fetch-site": "same-origin"}, timeout=60) as client:
        answer_quiz(client, RA)
        before = client.get("/me/export.json").json()["check_ins"]
        send = {"content-type": "multipart/form-data; boundary=bound"}
        assert client.post("/me/import", content=body(1), headers=send).status_code == 422, "one that is taken is read"
        ordinary = peak_megabytes(server)

        answer = client.post("/me/import", content=body(50), headers=send)

        assert answer.status_code == 413
        assert "larger than 5 MB" in answer.text
        assert 'class="error"' in answer.text
        assert client.get("/me/export.json").json()["check_ins"] == before
        assert peak_megabytes(server) - ordinary < 20
