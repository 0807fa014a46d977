"""`acupwa practitioner add` says which clinic and role, and puts nobody into one that was not named."""

from __future__ import annotations

import os
import pty

import pytest

from acupwa.operate.cli import main

ADD = ("practitioner", "add")


@pytest.fixture(autouse=True)
def lane(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ACUPWA_DATA_DIR", str(tmp_path / "var"))
    assert main([*ADD, "ann@example.org", "--clinic", "Needle Lane"]) == 0
    assert capsys.readouterr().out.startswith("ann@example.org: owner of Needle Lane, a new clinic\nhttp://localhost:")


@pytest.mark.parametrize("named", [[], ["--clinic", "needle lane"], ["--clinic", "Needle  Láne"]])
def test_a_script_that_names_no_clinic_adds_nobody(named, capsys):
    assert main([*ADD, "bob@example.org", *named]) == 2

    told = capsys.readouterr()
    assert "Needle Lane" in told.err
    assert told.out == ""
    assert main(["practitioner", "remove", "bob@example.org"]) == 1


def test_the_exact_name_joins_and_another_is_a_new_clinic(capsys):
    assert main([*ADD, "bob@example.org", "--clinic", "Needle Lane"]) == 0
    assert capsys.readouterr().out.startswith("bob@example.org: practitioner of Needle Lane\n")
    assert main([*ADD, "tom@example.org", "--clinic", "Other"]) == 0
    assert capsys.readouterr().out.startswith("tom@example.org: owner of Other, a new clinic\n")


@pytest.mark.parametrize(("typed", "code"), [("y", 0), ("", 2), ("n", 2)])
def test_at_a_terminal_it_asks(typed, code, monkeypatch, capsys):
    keeper, terminal = pty.openpty()
    with os.fdopen(keeper, "wb") as typing, os.fdopen(terminal) as read:
        monkeypatch.setattr("sys.stdin", read)
        typing.write(f"{typed}\n".encode())
        typing.flush()
        assert main([*ADD, "bob@example.org"]) == code

    told = capsys.readouterr()
    assert "Add bob@example.org to the clinic Needle Lane, which is here already? [y/N]" in told.err
    assert ("bob@example.org: practitioner of Needle Lane" in told.out) is (code == 0)
