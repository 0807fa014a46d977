"""Commands on a database that was never migrated, or is behind: one line that names the command, and nothing half done."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from acupwa.db.engine import make_engine
from acupwa.db.migrate import upgrade
from acupwa.operate.cli import AT_FAULT, DONE, main
from acupwa.settings import read_settings

COMMANDS = (["purge"], ["keys", "rotate"], ["keys", "drop"], ["db", "check"])


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("ACUPWA_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("ACUPWA_SECRET_KEYS", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def set_back(place) -> None:
    engine = make_engine(read_settings().database_url)
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()


@pytest.mark.parametrize("state", ["never migrated", "behind"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_names_what_to_run_first(place, capsys, command, state):
    if state == "behind":
        set_back(place)

    assert main(command) == AT_FAULT

    said = capsys.readouterr()
    assert said.err == "the database is behind: run `acupwa db upgrade`\n"
    assert said.out == ""


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_after_it_the_command_does_its_work(place, command):
    assert main(["db", "upgrade"]) == DONE
    assert main(command) == DONE
