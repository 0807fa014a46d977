"""Backup and restore: the same rows on either database, nothing readable without the key, whole or not at all."""

from __future__ import annotations

import gzip
import stat
import subprocess
import sys
from datetime import UTC, datetime

import httpx
import pytest
from cryptography.fernet import Fernet

from acupwa.db.backup import BackupError, back_up, restore
from acupwa.db.encryption import key_names
from acupwa.db.engine import make_engine
from acupwa.db.migrate import upgrade
from acupwa.person.service import find_person
from acupwa.quiz.service import list_check_ins
from tests.support.client import Client
from tests.support.database import KEY
from tests.support.people import RA, answer_quiz

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PLANTED = "purple otter knees"


@pytest.fixture
def filled(client: Client, settings):
    """A served database with one person in it, and the token of their cookie."""
    answer_quiz(client, RA | {"problem_words": PLANTED})
    return make_engine(settings.database_url), client.cookies["acupwa"]


def test_what_is_backed_up_comes_back_on_either_database(filled, database, tmp_path):
    engine, token = filled
    file = tmp_path / "state.backup"

    count = back_up(engine, file, (KEY,), NOW)

    assert count >= 4
    assert restore(database.runner.engine, file, (KEY,)) == count
    person = database.work(find_person, token)
    assert database.work(list_check_ins, person.id)[0].answers.problem_words == PLANTED
    again = tmp_path / "again.backup"
    back_up(database.runner.engine, again, (KEY,), NOW)
    assert gzip.decompress(again.read_bytes()) == gzip.decompress(file.read_bytes())


def test_the_file_is_its_owner_s_and_gives_nothing_without_the_key(filled, tmp_path):
    file = tmp_path / "state.backup"
    back_up(filled[0], file, (KEY,), NOW)

    plain = gzip.decompress(file.read_bytes())

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert PLANTED.encode() not in plain
    assert b"problem_words" not in plain
    assert KEY.encode() not in plain
    assert key_names((KEY,))[0].encode() in plain


def test_a_file_that_is_there_is_never_written_over(filled, tmp_path):
    file = tmp_path / "precious"
    file.write_text("mine")

    with pytest.raises(BackupError, match="is there already"):
        back_up(filled[0], file, (KEY,), NOW)

    assert file.read_text() == "mine"


def test_an_empty_database_has_nothing_to_back_up(tmp_path):
    with pytest.raises(BackupError, match="nothing to back up"):
        back_up(make_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}"), tmp_path / "b", (KEY,), NOW)


def broken(data: bytes) -> dict[str, bytes]:
    plain = gzip.decompress(data)
    lines = plain.splitlines(keepends=True)
    return {
        "cut short": data[: len(data) // 2],
        "without its end": gzip.compress(b"".join(lines[:-1])),
        "a row fewer": gzip.compress(b"".join([lines[0], *lines[2:]])),
        "a letter changed": gzip.compress(plain.replace(b'"full"', b'"fulL"')),
        "of a later version": gzip.compress(plain.replace(b'"version":1', b'"version":2', 1)),
        "something else": b"a photo of a cat",
        "empty": b"",
    }


@pytest.mark.parametrize("kind", list(broken(gzip.compress(b"{}\n{}\n"))))
def test_a_broken_or_foreign_file_changes_nothing(filled, tmp_path, kind):
    good, bad = tmp_path / "good", tmp_path / "bad"
    back_up(filled[0], good, (KEY,), NOW)
    bad.write_bytes(broken(good.read_bytes())[kind])
    engine = make_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    upgrade(engine)

    with pytest.raises(BackupError, match="bad: "):
        restore(engine, bad, (KEY,))

    assert restore(engine, good, (KEY,)) >= 4, "nothing of the bad one was in the way"


def test_a_missing_key_is_named_and_a_full_database_refused(filled, tmp_path):
    file = tmp_path / "state.backup"
    back_up(filled[0], file, (KEY,), NOW)
    engine = make_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    upgrade(engine)

    with pytest.raises(BackupError, match=f"needs the key {key_names((KEY,))[0]}"):
        restore(engine, file, (Fernet.generate_key().decode(),))
    with pytest.raises(BackupError, match="not empty"):
        restore(filled[0], file, (KEY,))


def run(folder, *arguments):
    environment = {"PATH": "/usr/bin:/bin", "ACUPWA_DATA_DIR": str(folder), "PYTHONPATH": ":".join(sys.path)}
    return subprocess.run(
        [sys.executable, "-m", "acupwa", *arguments], env=environment, capture_output=True, text=True, cwd=folder
    )


def test_the_commands_while_serving(server, tmp_path):
    """An operator's evening: back up while people write, move to a new machine, change the keys."""
    with httpx.Client(base_url=server.url, headers={"sec-fetch-site": "same-origin"}) as person:
        answer_quiz(person, RA | {"problem_words": PLANTED})
        var, new = server.folder / "var", tmp_path / "new"
        new.mkdir()

        made = run(var, "backup", str(tmp_path / "b1"))
        assert made.returncode == 0, made.stderr
        assert "the key is not in it" in made.stdout
        assert run(var, "backup", str(tmp_path / "b1")).returncode == 1

        refused = run(new, "restore", str(tmp_path / "b1"))
        assert refused.returncode == 1
        assert "needs the key" in refused.stderr
        (new / "secret-keys").write_text((var / "secret-keys").read_text())
        assert run(new, "restore", str(tmp_path / "b1")).stdout.endswith("rows restored\n")

        before = run(var, "keys", "list").stdout
        added = run(var, "keys", "add")
        assert "restart" in added.stdout
        assert person.get("/me/export.json").status_code == 200
        server.stop()
        server.start()
        assert "rows are now under the key" in run(var, "keys", "rotate").stdout
        dropped = run(var, "keys", "drop")
        assert dropped.returncode == 0, dropped.stderr
        assert run(var, "keys", "list").stdout != before
        assert len((var / "secret-keys").read_text().split()) == 1
        server.stop()
        server.start()
        export = person.get("/me/export.json").json()
        assert export["check_ins"][0]["answers"]["problem_words"] == PLANTED
