"""What the offline set weighs over the wire: the bytes of each answer as Chromium is given it, in brotli, without headers."""

from __future__ import annotations

import json
from typing import Any

import httpx

MOST_SET = 1_000_000
MOST_WORKER = 8_192
WORKER = "/service-worker.js"


def worker_size(url: str) -> int:
    with httpx.Client(base_url=url, timeout=60) as client:
        return _wire(client, WORKER)


def set_size(url: str) -> tuple[int, int]:
    """What comes with the worker, and what is saved of the library behind it."""
    lists = lists_in(httpx.get(url + WORKER, timeout=60).text)
    with httpx.Client(base_url=url, timeout=60) as client:
        shell = sum(_wire(client, path) for path in lists["shell"])
        library = (*lists["library"], *(bundle["path"] for bundle in lists["bundles"]))
        return shell, sum(_wire(client, path) for path in library)


def lists_in(worker: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(worker.partition("const LISTS = ")[2].partition(";\n")[0])
    return found


def _wire(client: httpx.Client, path: str) -> int:
    with client.stream("GET", path, headers={"Accept-Encoding": "br"}) as answer:
        answer.raise_for_status()
        return sum(len(part) for part in answer.iter_raw())
