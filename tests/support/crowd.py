"""`python -m tests.support.crowd PORT PATH COOKIE PUBLIC`: two hundred who ask for PATH again and again, and newcomers for PUBLIC.

Prints how many of each status the two hundred were given while the newcomers came, and of each newcomer its status and how
many pages were made for the others until it had its answer. A process of its own: in one with the test both would wait for
each other, not for the server.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter

from tests.support.loops import run_apart

MOST = 200
NEWCOMERS = 12


class Crowd:
    def __init__(self, port: int, path: str, cookie: str) -> None:
        self.port = port
        self.request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode()
        self.seen: Counter[str] = Counter()
        self.answered: set[int] = set()
        self.all_asking = asyncio.Event()
        self.over = False

    async def ask(self, number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        while not self.over:
            self.seen[await _answer(reader, writer, self.request)] += 1
            self.answered.add(number)
            if len(self.answered) == MOST:
                self.all_asking.set()
        writer.close()

    async def newcomer(self, path: str) -> tuple[str, int]:
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode()
        before = self.seen["200"]
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        status = await _answer(reader, writer, request)
        writer.close()
        return status, self.seen["200"] - before


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> str:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    await reader.readexactly(int(lengths[0].split(b":")[1]))
    return head.split()[1].decode()


async def main(port: int, path: str, cookie: str, public: str) -> None:
    crowd = Crowd(port, path, cookie)
    async with asyncio.TaskGroup() as all_:
        for number in range(MOST):
            all_.create_task(crowd.ask(number))
        await crowd.all_asking.wait()
        crowd.seen.clear()
        newcomers = []
        for _ in range(NEWCOMERS):
            await asyncio.sleep(0.3)
            newcomers.append(await crowd.newcomer(public))
        crowd.over = True
    print(json.dumps({"crowd": crowd.seen, "newcomers": newcomers}))


if __name__ == "__main__":
    run_apart(main(int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]))
