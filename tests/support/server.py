"""The app as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.paths import ROOT
from tests.support.postgres import free_port


class Server:
    """`acupwa serve` as a process of its own. `stop()` and `kill()` end just that process.

    `command` is the module that is run, with what it is told.
    """

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.command = ("acupwa", "serve", "--port", str(self.port))
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("ACUPWA_", "DATABASE_URL", "PORT"))},
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "ACUPWA_DATA_DIR": str(folder / "var"),
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        self.process = subprocess.Popen(
            [sys.executable, "-m", *self.command],
            env=self._environment,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "server.log").open("ab"),
        )
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.url}/readyz", timeout=1).status_code == 200:
                    return self
            except httpx.TransportError:
                time.sleep(0.05)
            if self.process.poll() is not None:
                break
        self.kill()
        raise RuntimeError((self.folder / "server.log").read_text()[-2000:])

    def start_again(self, **environment: str) -> Server:
        """With other settings, at the same address, on the same data."""
        self.stop()
        self._environment |= environment
        return self.start()

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(15)
            self.process = None

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(15)
            self.process = None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path).start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """For stories that bring their own person and leave the server as it was."""
    server = Server(tmp_path_factory.mktemp("server"))
    server.command = ("tests.support.serving", *server.command[1:])
    server.start()
    yield server
    server.stop()
