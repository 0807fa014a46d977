from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from acupwa.settings import SettingsError, read_settings


def test_with_nothing_set_it_is_sqlite_in_var_and_a_key_of_its_own(tmp_path: Path):
    settings = read_settings({}, folder=tmp_path)

    assert settings.database_url.startswith("sqlite:///")
    assert settings.database_url.endswith("var/acupwa.sqlite3")
    assert (settings.port, settings.workers) == (8000, 1)
    key_file = tmp_path / "var" / "secret-keys"
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert read_settings({}, folder=tmp_path).secret_keys == settings.secret_keys


def test_the_environment_wins_over_the_env_file(tmp_path: Path):
    (tmp_path / ".env").write_text("PORT=9000\nWEB_CONCURRENCY=2\n")

    settings = read_settings({"PORT": "9001"}, folder=tmp_path)

    assert (settings.port, settings.workers) == (9001, 2)


@pytest.mark.parametrize("given", ["postgres://u:p@h/n", "postgresql://u:p@h/n", "postgresql+psycopg://u:p@h/n"])
def test_postgresql_is_taken_as_hosts_give_it(tmp_path: Path, given: str):
    assert read_settings({"DATABASE_URL": given}, folder=tmp_path).database_url == ("postgresql+psycopg://u:p@h/n")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("WEB_CONCURRENCY", "0"),
        ("DATABASE_URL", "mysql://h/n"),
        ("ACUPWA_PUBLIC_URL", "acupwa.example"),
        ("ACUPWA_PUBLIC_URL", "https://acupwa.example/path"),
        ("ACUPWA_SMTP_URL", "mail.example"),
        ("ACUPWA_SMTP_URL", "smtp://mail.example:eighty"),
        ("ACUPWA_SMTP_URL", "smtp://mail.example"),  # without ACUPWA_PUBLIC_URL
        ("ACUPWA_SECRET_KEYS", "short"),
        ("ACUPWA_RETENTION_DRAFT_DAYS", "-1"),
        ("ACUPWA_LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_value_names_its_variable_in_one_line(tmp_path: Path, name: str, value: str):
    with pytest.raises(SettingsError) as fault:
        read_settings({name: value}, folder=tmp_path)

    assert str(fault.value).startswith(f"{name}: ")
    assert "\n" not in str(fault.value)
    assert value not in str(fault.value) or name != "ACUPWA_SECRET_KEYS"


def test_several_keys_are_kept_newest_first(tmp_path: Path):
    new, old = Fernet.generate_key().decode(), Fernet.generate_key().decode()

    assert read_settings({"ACUPWA_SECRET_KEYS": f"{new}, {old}"}, folder=tmp_path).secret_keys == (new, old)


def test_settings_never_print_their_keys(tmp_path: Path):
    settings = read_settings({}, folder=tmp_path)

    assert settings.secret_keys[0] not in repr(settings)
