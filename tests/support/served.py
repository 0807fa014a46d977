"""The app behind real uvicorn in a thread of this process, so that a test may shorten its deadlines."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from acupwa.operate.connections import Connections
from acupwa.operate.server import Protocol, options
from tests.support.postgres import free_port


@contextmanager
def served(app: Any, *, connections: Connections | None = None, **changed: float) -> Iterator[str]:
    """Yields its address. `changed` are attributes of the protocol."""
    port = free_port()
    protocol = type("Shortened", (Protocol,), {"connections_open": connections or Connections(), **changed})
    server = uvicorn.Server(uvicorn.Config(app, **{**options("127.0.0.1", port), "http": protocol}))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started:
        assert time.monotonic() < deadline, "the server does not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
