"""`python -m tests.support.crowd PORT PATH COOKIE SECONDS`: two hundred who ask again and again. Prints how many of each status.

A process of its own: in one with the test both would wait for each other, not for the server.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter

from tests.support.loops import run_apart

MOST = 200


async def ask(port: int, request: bytes, until: float, seen: Counter[str]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.monotonic() < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        await reader.readexactly(int(lengths[0].split(b":")[1]))
        seen[head.split()[1].decode()] += 1
    writer.close()


async def main(port: int, path: str, cookie: str, seconds: float) -> None:
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode()
    until = time.monotonic() + seconds
    seen: Counter[str] = Counter()
    await asyncio.gather(*(ask(port, request, until, seen) for _ in range(MOST)))
    print(json.dumps(seen))


if __name__ == "__main__":
    run_apart(main(int(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4])))
