"""A backup of every released schema can still be restored, on either database, and says what it said."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import inspect

from acupwa.db import backup
from acupwa.db.backup import BackupError, restore
from acupwa.db.engine import make_engine
from acupwa.db.migrate import is_current
from acupwa.person.codes import TRIES_BY_ADDRESS
from acupwa.settings import read_settings
from tests.support.app import fresh_app
from tests.support.client import Client
from tests.support.codes import WRONG, resume
from tests.support.database import migrate
from tests.support.people import NOTE, PLANTED

FIXTURES = Path(__file__).parent / "fixtures"
# A test key: 32 letters that anybody may read.
TEST_KEY = base64.urlsafe_b64encode(b"a test key, and no secret at all").decode()
SCHEMAS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
WRONG_CODES, WRONG_PASSWORDS = 3, 2


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of a database in which nothing is yet, not even a table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.sqlite3'}"
    return "postgresql+psycopg" + request.getfixturevalue("postgres_url").removeprefix("postgresql")


@pytest.fixture
def restored(request, url, tmp_path, library, clock, loop) -> Iterator[Any]:
    """The app on what was restored, at the moment of the backup; `told` is who is in it."""
    schema = request.param
    told = json.loads((FIXTURES / f"schema-{schema}.json").read_text())
    settings = read_settings(
        {"ACUPWA_SECRET_KEYS": TEST_KEY, "ACUPWA_DATA_DIR": str(tmp_path), "DATABASE_URL": url}, folder=tmp_path
    )
    engine = make_engine(settings.database_url)
    rows = restore(engine, FIXTURES / f"schema-{schema}.backup", settings.secret_keys)
    assert is_current(engine)
    clock.now = datetime.fromisoformat(told["at"])
    app = fresh_app(settings, library, clock)
    yield SimpleNamespace(client=Client(app, loop), told=told, rows=rows, engine=engine)
    app.inner.state.work.close()
    engine.dispose()


of_every_schema = pytest.mark.parametrize("restored", SCHEMAS, indirect=True)
with_practitioners = pytest.mark.parametrize(
    "restored", ["0002", "0003", "0004", "0005", "0006", "0007", "0008"], indirect=True
)


def test_each_schema_but_the_newest_has_its_backup():
    versions = sorted(Path(backup.__file__).with_name("migrations").joinpath("versions").glob("0*.py"))

    assert [file.name[:4] for file in versions][:-1] == list(SCHEMAS)


@of_every_schema
def test_a_person_finds_all_of_theirs(restored):
    client, told = restored.client, restored.told
    client.cookies["acupwa"] = told["person"]

    export = client.get("/me/export.json").json()

    assert restored.rows == told["rows"]
    assert [one["finished_at"] is None for one in export["check_ins"]].count(True) == 1
    assert len(export["check_ins"]) == 3
    assert PLANTED in json.dumps(export)
    assert NOTE in [one["answers"].get("note") for one in export["check_ins"]]
    assert export["reading_list"]["marks"]["pinned"] == ["needles-and-blood-thinners"]
    for path in ("/me", "/plan", "/list", "/progress", "/me/export.csv", "/plan.ics"):
        assert client.get(path).status_code == 200, path
    finished = next(one for one in export["check_ins"] if one["finished_at"])
    for ending in ("", ".txt", ".json"):
        assert client.get(f"/results/{finished['id']}{ending}").status_code == 200, ending


@of_every_schema
def test_a_code_that_was_given_out_still_opens(restored):
    opened = resume(restored.client, restored.told["code"])

    assert opened.headers["location"] == "/me"
    assert PLANTED in restored.client.get("/me/export.json").text


@of_every_schema
def test_wrong_tries_of_before_still_count(restored):
    answers = [restored.client.post("/resume", {"code": WRONG}).status_code for _ in range(TRIES_BY_ADDRESS)]

    assert answers == [422] * (TRIES_BY_ADDRESS - WRONG_CODES) + [429] * WRONG_CODES


@with_practitioners
def test_a_clinic_finds_what_was_shared_with_it(restored):
    ann, told = restored.client, restored.told

    went = ann.post("/practice/sign-in", {"email": told["email"], "password": told["password"]})

    assert went.status_code == 303
    assert f"There were {WRONG_PASSWORDS} wrong tries" in ann.follow(went).text
    share = f"/practice/inbox/{told['share'].rpartition('/')[2]}"
    assert share in ann.get("/practice").text
    for path in (share, f"{share}.txt", f"{share}/note", "/practice/links", "/practice/people", "/practice/trail"):
        assert ann.get(path).status_code == 200, path
    assert "ask about the left wrist" in ann.get(share).text
    assert "A patient shared" in ann.get("/practice/trail").text


@with_practitioners
def test_a_patient_finds_what_they_shared_and_what_came_back(restored):
    client, told = restored.client, restored.told
    client.cookies["acupwa"] = told["patient"]

    assert client.get(told["share"]).status_code == 200
    # Two weeks after that check-in, what to know before needles comes first.
    proposal = client.get(told["proposal"]).text
    assert "Make this my plan" in proposal or 'name="confirm" value="1"' in proposal


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_database_of_another_schema_is_refused_and_left(url, schema):
    migrate(url)
    engine = make_engine(url)

    with pytest.raises(BackupError, match="restore it into a new database"):
        restore(engine, FIXTURES / f"schema-{schema}.backup", (TEST_KEY,))

    assert is_current(engine)
    engine.dispose()


def test_a_refused_backup_makes_no_tables(url):
    engine = make_engine(url)

    with pytest.raises(BackupError, match="needs the key"):
        restore(engine, FIXTURES / "schema-0001.backup", (base64.urlsafe_b64encode(bytes(32)).decode(),))

    assert inspect(engine).get_table_names() == []
    engine.dispose()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_database_that_is_behind_can_be_backed_up_before_it_is_upgraded(schema, url, tmp_path, monkeypatch):
    told = json.loads((FIXTURES / f"schema-{schema}.json").read_text())
    monkeypatch.setattr(backup, "NEWEST", schema)
    engine, file = make_engine(url), tmp_path / "behind.backup"
    restore(engine, FIXTURES / f"schema-{schema}.backup", (TEST_KEY,))
    monkeypatch.undo()

    count = backup.back_up(engine, file, (TEST_KEY,), datetime.fromisoformat(told["at"]))
    engine.dispose()

    assert count == told["rows"]
    elsewhere = make_engine(f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}")
    assert restore(elsewhere, file, (TEST_KEY,)) == count
    assert is_current(elsewhere)
    elsewhere.dispose()
