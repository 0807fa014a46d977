"""The wheel and the Procfile: what an operator installs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import httpx
import pytest

from tests.support.postgres import free_port

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, ROOT],
        check=True,
    )
    (made,) = folder.glob("acupwa-*.whl")
    return made


def wait_for(url: str, process: subprocess.Popen[bytes]) -> httpx.Response:
    for _ in range(400):
        try:
            return httpx.get(url, timeout=2)
        except httpx.TransportError:
            assert process.poll() is None, "it ended"
            time.sleep(0.05)
    raise AssertionError(f"no answer from {url}")


def test_the_wheel_holds_templates_static_files_and_content(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert "acupwa/_templates/base.html" in names
    assert "acupwa/_static/css/tokens.css" in names
    assert "acupwa/content/en/quiz/red-flags.yaml" in names
    assert "acupwa/db/migrations/versions/0001_first.py" in names
    assert not [name for name in names if name.startswith(("tests/", "var/"))]


def test_the_installed_wheel_serves_from_an_empty_folder(wheel, tmp_path):
    place, home, port = tmp_path / "site", tmp_path / "home", free_port()
    home.mkdir()
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", place, wheel], check=True)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ACUPWA_")}
    environment["PYTHONPATH"] = str(place)
    where = subprocess.run(
        [sys.executable, "-c", "import acupwa; print(acupwa.__file__)"],
        env=environment, cwd=home, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert where.stdout.startswith(str(place))
    process = subprocess.Popen(
        [sys.executable, "-m", "acupwa", "serve", "--port", str(port)], env=environment, cwd=home
    )
    try:
        assert wait_for(f"http://127.0.0.1:{port}/", process).status_code == 200
        assert httpx.get(f"http://127.0.0.1:{port}/static/app.css").status_code == 200
        assert httpx.get(f"http://127.0.0.1:{port}/read").status_code == 200
        assert (home / "var" / "acupwa.sqlite3").is_file()
    finally:
        process.terminate()
        process.wait(15)


def test_the_procfile_runs_with_port_set(tmp_path):
    port = free_port()
    binaries = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PORT": str(port),
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "ACUPWA_DATA_DIR": str(tmp_path),
    }
    process = subprocess.Popen(
        [binaries / "honcho", "start", "-p", str(port)], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        assert wait_for(f"http://127.0.0.1:{port}/healthz", process).text == "ok"
    finally:
        process.terminate()
        process.wait(15)
