"""A PostgreSQL of our own that stands still: it takes connections, and answers nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


@contextmanager
def frozen(url: str) -> Iterator[None]:
    """Every process of the server with this database is stopped, and goes on afterwards."""
    with psycopg.connect(url) as connection:
        (folder,) = connection.execute("show data_directory").fetchone() or ("",)
    server = int(Path(folder, "postmaster.pid").read_text().splitlines()[0])
    stopped = [server, *_children(server)]
    try:
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in reversed(stopped):
            os.kill(pid, signal.SIGCONT)


def _children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
