"""What is kept on the disk is for its owner alone, whatever was there before."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from acupwa.operate.private_files import close_to_others
from acupwa.operate.serve import shown_addresses
from acupwa.settings import Settings, read_settings
from tests.support.database import KEY
from tests.support.paths import ROOT
from tests.support.server import Server


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "ACUPWA_SECRET_KEYS": KEY, **environment}
    command = [sys.executable, "-m", "acupwa", *arguments]
    return subprocess.run(command, env=given, cwd=folder, capture_output=True, text=True, umask=0o000, check=False)


def test_whatever_the_umask_what_a_command_writes_is_closed(tmp_path: Path):
    made = run(tmp_path, "db", "upgrade")
    assert made.returncode == 0, made.stderr
    assert run(tmp_path, "backup", "state.gz").returncode == 0

    written = [tmp_path / "var", tmp_path / "state.gz", *(tmp_path / "var").iterdir()]
    assert {mode(path) for path in written} <= {0o700, 0o600}
    assert mode(tmp_path / "var") == 0o700


def test_an_open_folder_and_its_files_are_closed_also_while_serving(tmp_path: Path):
    folder = tmp_path / "var"
    folder.mkdir()
    assert run(tmp_path, "db", "upgrade").returncode == 0
    folder.chmod(0o755)
    for name in ("acupwa.sqlite3", "acupwa.sqlite3-wal", "secret-keys", "old.gz", ".backup.gz.part"):
        (folder / name).touch()
        (folder / name).chmod(0o644)
    (folder / "secret-keys").write_text(KEY)

    server = Server(tmp_path).start()
    try:
        assert mode(folder) == 0o700
        assert {mode(file) for file in folder.iterdir()} == {0o600}
    finally:
        server.stop()
    assert "mode" not in (tmp_path / "server.log").read_text()


def test_a_folder_that_is_not_ours_alone_is_left_and_told(tmp_path: Path):
    (tmp_path / "somebody").mkdir()
    (tmp_path / "letter.txt").touch()
    (tmp_path / "letter.txt").chmod(0o644)
    tmp_path.chmod(0o755)
    made = run(tmp_path, "db", "upgrade", ACUPWA_DATA_DIR=str(tmp_path))

    assert made.returncode == 0
    assert [line for line in made.stderr.splitlines() if line.startswith("ACUPWA_DATA_DIR: ")] != []
    assert (mode(tmp_path), mode(tmp_path / "letter.txt")) == (0o755, 0o644)
    assert mode(tmp_path / "acupwa.sqlite3") == 0o600


def test_what_is_not_there_is_no_fault(tmp_path: Path):
    settings = read_settings({"ACUPWA_SECRET_KEYS": KEY, "ACUPWA_DATA_DIR": str(tmp_path / "none")}, folder=tmp_path)
    assert close_to_others(settings) is None


@pytest.mark.parametrize(
    ("host", "public", "shown"),
    [
        ("127.0.0.1", None, ("http://localhost:8000",)),
        ("0.0.0.0", None, ("http://localhost:8000",)),
        ("::", None, ("http://localhost:8000",)),
        ("::1", None, ("http://[::1]:8000",)),
        ("fd00::1", None, ("http://[fd00::1]:8000",)),
        ("192.0.2.7", None, ("http://192.0.2.7:8000",)),
        ("127.0.0.1", "https://acupwa.example", ("http://localhost:8000", "https://acupwa.example")),
        ("127.0.0.1", "http://localhost:8000", ("http://localhost:8000",)),
    ],
)
def test_the_addresses_that_are_printed_work(settings: Settings, host: str, public: str | None, shown: tuple[str, ...]):
    import msgspec

    assert shown_addresses(msgspec.structs.replace(settings, public_url=public), host, 8000) == shown


def test_a_port_that_is_taken_is_one_calm_line(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        made = run(tmp_path, "serve", "--port", str(port))

    assert made.returncode == 1
    assert made.stderr.splitlines() == [f"PORT: cannot listen on 127.0.0.1, port {port} (Address already in use)"]
