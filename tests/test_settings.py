from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from acupwa.settings import NAMES, SettingsError, read_settings
from tests.support.paths import ROOT


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


# What Apple's push service answers with 403 to, as people found out.
NO_CONTACTS = (
    "you@clinic.org", "mailto:", "mailto: you@clinic.org", "mailto:<you@clinic.org>", "mailto:you@localhost",
    "mailto:you@phone.local", "mailto:you@clinic.invalid", "http://clinic.org", "https://localhost", "https://192.0.2.7",
    "https://clinic", "mailto:you@clinic.org,me@clinic.org",
)  # fmt: skip


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
        ("ACUPWA_REMINDERS", "no"),
        ("ACUPWA_WORKER", "off"),
        *(("ACUPWA_VAPID_SUBJECT", one) for one in NO_CONTACTS),
        ("ACUPWA_PUSH_SERVICES", "push.example"),
        ("ACUPWA_PUSH_SERVICES", "https://push.example/wpush"),
        ("ACUPWA_PUSH_SERVICES", "https://push.example, *"),
    ],
)
def test_a_wrong_value_names_its_variable_in_one_line(tmp_path: Path, name: str, value: str):
    with pytest.raises(SettingsError) as fault:
        read_settings({name: value}, folder=tmp_path)

    assert str(fault.value).startswith(f"{name}: ")
    assert "\n" not in str(fault.value)
    assert value not in str(fault.value) or name != "ACUPWA_SECRET_KEYS"


@pytest.mark.parametrize(("given", "has_worker"), [("", True), ("on", True), ("aside", False), ("ASIDE", False)])
def test_phones_are_told_to_do_without_a_worker(tmp_path: Path, given: str, has_worker: bool):
    assert read_settings({"ACUPWA_WORKER": given}, folder=tmp_path).worker is has_worker


@pytest.mark.parametrize(("given", "sends"), [("", True), ("on", True), ("off", False), ("OFF", False)])
def test_a_copy_of_the_data_sends_no_reminders(tmp_path: Path, given: str, sends: bool):
    assert read_settings({"ACUPWA_REMINDERS": given}, folder=tmp_path).reminders is sends


def test_several_keys_are_kept_newest_first(tmp_path: Path):
    new, old = Fernet.generate_key().decode(), Fernet.generate_key().decode()

    assert read_settings({"ACUPWA_SECRET_KEYS": f"{new}, {old}"}, folder=tmp_path).secret_keys == (new, old)


def test_settings_never_print_their_keys(tmp_path: Path):
    settings = read_settings({}, folder=tmp_path)

    assert settings.secret_keys[0] not in repr(settings)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("https://Acupwa.Example:443/", "https://acupwa.example"),
        ("http://acupwa.example.:80", "http://acupwa.example"),
        ("https://acupwa.example:8443", "https://acupwa.example:8443"),
        ("http://[0:0:0:0:0:0:0:1]:8000", "http://[::1]:8000"),
        ("HTTPS://acupwa.example", "https://acupwa.example"),
    ],
)
def test_the_public_address_is_read_as_browsers_write_it(tmp_path: Path, given: str, read: str):
    assert read_settings({"ACUPWA_PUBLIC_URL": given}, folder=tmp_path).public_url == read


@pytest.mark.parametrize(
    "given",
    [
        "https://", "https://acupwa.example:99999", "https://acupwa.example:x", "https://[::1", "https://[::x]",
        "https://u:p@acupwa.example", "https://a b", "https://acupwa.example?x", "https://acupwa.example#x",
        "https://acupwa..example", "https://-a.example", "https://acupwa.example:0", "ftp://acupwa.example", "https://a\tb",
    ],
)  # fmt: skip
def test_what_is_no_public_address_stops_the_start(tmp_path: Path, given: str):
    with pytest.raises(SettingsError, match=r"^ACUPWA_PUBLIC_URL: must be like https://acupwa.example"):
        read_settings({"ACUPWA_PUBLIC_URL": given}, folder=tmp_path)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("", ("127.0.0.0/8", "::1/128")),
        ("none", ()),
        ("10.0.0.5, 172.16.0.0/12,fd00::/8", ("10.0.0.5/32", "172.16.0.0/12", "fd00::/8")),
        ("::ffff:10.0.0.5", ("10.0.0.5/32",)),
        ("::ffff:10.0.0.0/104", ("10.0.0.0/8",)),
    ],
)
def test_proxies_are_addresses_or_networks(tmp_path: Path, given: str, read: tuple[str, ...]):
    assert read_settings({"ACUPWA_TRUSTED_PROXIES": given}, folder=tmp_path).trusted_proxies == read


@pytest.mark.parametrize(
    "given",
    [
        "*",
        "0.0.0.0/0",
        "::/0",
        "0.0.0.0/1, 128.0.0.0/1",
        "::ffff:0:0/96",
        "2000::/3",
        "10.0.0.1/8",
        "proxy",
        "10.0.0.1,,",
    ],
)
def test_proxies_that_let_strangers_say_who_they_are_are_refused(tmp_path: Path, given: str):
    with pytest.raises(SettingsError, match=r"^ACUPWA_TRUSTED_PROXIES: ") as fault:
        read_settings({"ACUPWA_TRUSTED_PROXIES": given}, folder=tmp_path)

    assert "\n" not in str(fault.value)


def test_the_counts_are_for_whom_the_setting_names(tmp_path: Path):
    assert read_settings({}, folder=tmp_path).metrics_from is None
    assert read_settings({"ACUPWA_METRICS_FROM": "none"}, folder=tmp_path).metrics_from == ()
    assert read_settings({"ACUPWA_METRICS_FROM": "10.1.0.0/16"}, folder=tmp_path).metrics_from == ("10.1.0.0/16",)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("ACUPWA_PUBLIC_URI", "ACUPWA_PUBLIC_URL"),
        ("ACUPWA_TRUSTED_PROXY", "ACUPWA_TRUSTED_PROXIES"),
        ("ACUPWA_SECRET_KEY", "ACUPWA_SECRET_KEYS"),
        ("ACUPWA_", "ACUPWA_"),
        ("ACUPWA_Ω", "ACUPWA_"),
    ],
)
@pytest.mark.parametrize("in_file", [True, False])
def test_a_name_that_nobody_reads_stops_the_start_with_the_nearest_one(
    tmp_path: Path, name: str, nearest: str, in_file: bool
):
    if in_file:
        (tmp_path / ".env").write_text(f"{name}=secret-value\n")

    with pytest.raises(SettingsError) as fault:
        read_settings({} if in_file else {name: "secret-value"}, folder=tmp_path)

    assert str(fault.value).startswith(f"{name}: there is no such setting. The nearest one is {nearest}")
    assert "\n" not in str(fault.value)
    assert "secret-value" not in str(fault.value)


def test_every_setting_is_told_in_the_docs():
    told = (ROOT / "docs" / "deploy.md").read_text()
    assert [name for name in NAMES if f"`{name}`" not in told] == []


@pytest.mark.parametrize(
    ("given", "public_url", "read"),
    [
        ("", "", "mailto:nobody@example.org"),
        ("", "http://acupwa.org", "mailto:nobody@example.org"),
        ("", "https://localhost:8000", "mailto:nobody@example.org"),
        ("", "https://acupwa.org", "https://acupwa.org"),
        (" mailto:you@clinic.org ", "https://acupwa.org", "mailto:you@clinic.org"),
        ("https://clinic.org/contact", "", "https://clinic.org/contact"),
    ],
)
def test_push_services_are_told_whom_to_write_to(tmp_path: Path, given: str, public_url: str, read: str):
    settings = read_settings({"ACUPWA_VAPID_SUBJECT": given, "ACUPWA_PUBLIC_URL": public_url}, folder=tmp_path)

    assert settings.vapid_subject == read


def test_own_push_services_are_origins(tmp_path: Path):
    given = "https://Push.Clinic.org:443/, http://127.0.0.1:8130,"

    settings = read_settings({"ACUPWA_PUSH_SERVICES": given}, folder=tmp_path)

    assert settings.push_services == ("https://push.clinic.org", "http://127.0.0.1:8130")
    assert read_settings({}, folder=tmp_path).push_services == ()
