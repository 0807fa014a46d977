"""The only reader of the environment. A wrong value stops the start with one line that names the variable."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_network
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

import msgspec
from cryptography.fernet import Fernet
from dotenv import dotenv_values

KEY_FILE = "secret-keys"
_Network: TypeAlias = IPv4Network | IPv6Network
_LOOPBACK = ("127.0.0.0/8", "::1/128")
NAMES = (
    "ACUPWA_DATA_DIR",
    "ACUPWA_LOG_LEVEL",
    "ACUPWA_METRICS_FROM",
    "ACUPWA_PUBLIC_URL",
    "ACUPWA_PUSH_SERVICES",
    "ACUPWA_REMINDERS",
    "ACUPWA_RETENTION_BACKUP_DAYS",
    "ACUPWA_RETENTION_DRAFT_DAYS",
    "ACUPWA_RETENTION_PERSON_DAYS",
    "ACUPWA_SECRET_KEYS",
    "ACUPWA_SMTP_FROM",
    "ACUPWA_SMTP_URL",
    "ACUPWA_TRUSTED_PROXIES",
    "ACUPWA_VAPID_SUBJECT",
    "ACUPWA_WORKER",
)
# A network of more than these is no place where one's own proxies stand: it would let strangers say who they are.
_WIDEST = {4: 8, 6: 7}
# Push services refuse a message from nobody. Apple's asks for a name that there is; at this one nobody reads mail.
NOBODY = "mailto:nobody@example.org"
_NO_SUCH_HOST = re.compile(
    r"(.*\.)?(localhost|local|localdomain|internal|invalid|example|test|lan|home\.arpa|[\d.]*\d)"
)
_HOST_NAME = re.compile(r"[a-z0-9]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9_-]*[a-z0-9])?)*")


class SettingsError(Exception):
    """One line for the operator: the variable and what is wrong with it."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How this server runs. Days are whole days; `secret_keys` are Fernet keys, the newest first.

    `public_url` is an origin as browsers write it: in small letters, without a default port. What a proxy says of a
    visitor is believed when it comes from one of `trusted_proxies`; `metrics_from` are those who may read the counts,
    None for this machine. `backup_days`: how long the operator keeps backups; people are told, nothing is deleted by it.
    `vapid_subject` is whom a push service may write to about our messages; `push_services` are origins of more of them
    than every browser has, also on private addresses. `reminders` False: this server sends none. `worker` False: phones
    are told to do without a service worker.
    """

    data_dir: Path
    database_url: str
    secret_keys: tuple[str, ...]
    public_url: str | None = None
    trusted_proxies: tuple[str, ...] = _LOOPBACK
    metrics_from: tuple[str, ...] | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    draft_days: int = 30
    person_days: int = 730
    backup_days: int = 30
    log_level: str = "info"
    smtp_url: str | None = None
    smtp_from: str = ""
    vapid_subject: str = NOBODY
    push_services: tuple[str, ...] = ()
    reminders: bool = True
    worker: bool = True

    def __repr__(self) -> str:
        return f"Settings(data_dir={str(self.data_dir)!r}, port={self.port}, workers={self.workers})"


def read_settings(environment: Mapping[str, str] | None = None, *, folder: Path | None = None) -> Settings:
    """Read the environment over `.env`; make the secret key on first start.

    Raises SettingsError with one line that names the variable.
    """
    folder = folder or Path.cwd()
    source = {k: v for k, v in dotenv_values(folder / ".env").items() if v is not None}
    source.update(os.environ if environment is None else environment)
    _need_known(source)
    data_dir = Path(source.get("ACUPWA_DATA_DIR") or folder / "var")
    public_url = _public_url(source.get("ACUPWA_PUBLIC_URL", ""))
    smtp_url = _smtp_url(source.get("ACUPWA_SMTP_URL", ""), public_url)
    return Settings(
        data_dir=data_dir,
        database_url=_database_url(source.get("DATABASE_URL", ""), data_dir),
        secret_keys=_secret_keys(source.get("ACUPWA_SECRET_KEYS", ""), data_dir),
        public_url=public_url,
        trusted_proxies=_networks(source, "ACUPWA_TRUSTED_PROXIES", _WIDEST, _LOOPBACK) or (),
        metrics_from=_networks(source, "ACUPWA_METRICS_FROM", {4: 0, 6: 0}, None),
        port=_whole(source, "PORT", 8000, 0, 65535),
        workers=_whole(source, "WEB_CONCURRENCY", 1, 1, 64),
        draft_days=_whole(source, "ACUPWA_RETENTION_DRAFT_DAYS", 30, 1, 3650),
        person_days=_whole(source, "ACUPWA_RETENTION_PERSON_DAYS", 730, 1, 3650),
        backup_days=_whole(source, "ACUPWA_RETENTION_BACKUP_DAYS", 30, 1, 3650),
        log_level=_one_of(source, "ACUPWA_LOG_LEVEL", "info", ("debug", "info", "warning", "error")),
        smtp_url=smtp_url,
        smtp_from=_smtp_from(source.get("ACUPWA_SMTP_FROM", ""), public_url) if smtp_url else "",
        vapid_subject=_vapid_subject(source.get("ACUPWA_VAPID_SUBJECT", ""), public_url),
        push_services=_push_services(source.get("ACUPWA_PUSH_SERVICES", "")),
        reminders=_one_of(source, "ACUPWA_REMINDERS", "on", ("on", "off")) == "on",
        worker=_one_of(source, "ACUPWA_WORKER", "on", ("on", "aside")) == "on",
    )


def _whole(source: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = source.get(name, "").strip()
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise SettingsError(f"{name}: must be a whole number from {low} to {high}")
    return int(text)


def _one_of(source: Mapping[str, str], name: str, default: str, values: tuple[str, ...]) -> str:
    text = source.get(name, "").strip().lower() or default
    if text not in values:
        raise SettingsError(f"{name}: must be one of {', '.join(values)}")
    return text


def _database_url(text: str, data_dir: Path) -> str:
    text = text.strip()
    if not text:
        return f"sqlite:///{(data_dir / 'acupwa.sqlite3').resolve()}"
    scheme, separator, rest = text.partition("://")
    if separator and scheme in ("postgres", "postgresql", "postgresql+psycopg") and rest:
        return f"postgresql+psycopg://{rest}"
    if separator and scheme == "sqlite" and rest.startswith("/"):
        return text
    raise SettingsError("DATABASE_URL: must begin with postgresql:// or sqlite:///")


def _need_known(names: Iterable[str]) -> None:
    """A name that nobody reads is a mistake in writing: what it was to set would not be set."""
    for name in sorted(names):
        if name.startswith("ACUPWA_") and name not in NAMES:
            near = get_close_matches(name, NAMES, 1, 0)[0]
            raise SettingsError(f"{name}: there is no such setting. The nearest one is {near}")


def _networks(
    source: Mapping[str, str], name: str, widest: Mapping[int, int], default: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    """Addresses and networks, separated by commas; `none` for nobody. `widest` is the shortest prefix by version."""
    text = source.get(name, "").strip()
    if not text:
        return default
    if text.lower() == "none":
        return ()
    found = []
    for part in text.split(","):
        try:
            network = _unmapped(ip_network(part.strip()))
        except ValueError:
            raise SettingsError(
                f"{name}: must be addresses or networks, like 10.0.0.5, 172.16.0.0/12, fd00::/8; no names, no *"
            ) from None
        if network.prefixlen < widest[network.version]:
            raise SettingsError(f"{name}: {network} is far too wide: name the addresses of your own proxies")
        found.append(str(network))
    return tuple(found)


def _unmapped(network: _Network) -> _Network:
    """An IPv4 network that is written as IPv6 (`::ffff:10.0.0.0/104`) is one of IPv4."""
    mapped = network.network_address.ipv4_mapped if isinstance(network, IPv6Network) else None
    return IPv4Network((mapped, network.prefixlen - 96)) if mapped and network.prefixlen >= 96 else network


def _public_url(text: str) -> str | None:
    text = text.strip().rstrip("/")
    if not text:
        return None
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").removesuffix("."), parts.port
        shown = f"[{IPv6Address(host)}]" if ":" in host else host
    except ValueError:
        raise _no_public_url() from None
    rest = parts.path or parts.query or parts.fragment or "@" in parts.netloc or re.search(r"[?#\s]", text)
    if parts.scheme not in ("http", "https") or rest or port == 0 or not (":" in host or _HOST_NAME.fullmatch(host)):
        raise _no_public_url()
    default = 443 if parts.scheme == "https" else 80
    return f"{parts.scheme}://{shown}" + (f":{port}" if port not in (None, default) else "")


def _no_public_url() -> SettingsError:
    return SettingsError("ACUPWA_PUBLIC_URL: must be like https://acupwa.example, with no path")


def _smtp_url(text: str, public_url: str | None) -> str | None:
    """Links in a mail are never made from a request: whoever asks for one could name a server of their own."""
    text = text.strip()
    if not text:
        return None
    try:
        parts = urlsplit(text)
        right = parts.scheme in ("smtp", "smtps") and parts.hostname and parts.port != 0
    except ValueError:
        right = False
    if not right or parts.path not in ("", "/") or parts.query:
        raise SettingsError("ACUPWA_SMTP_URL: must be like smtp://user:password@mail.example:587, or smtps://")
    if public_url is None:
        raise SettingsError("ACUPWA_SMTP_URL: needs ACUPWA_PUBLIC_URL too, for the links in the mails")
    return text


def _smtp_from(text: str, public_url: str | None) -> str:
    text = text.strip() or f"Acupwa <no-reply@{urlsplit(public_url or '').hostname}>"
    if not re.fullmatch(r"[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+", text):
        raise SettingsError("ACUPWA_SMTP_FROM: must be like Acupwa <no-reply@clinic.example>")
    return text


def _vapid_subject(text: str, public_url: str | None) -> str:
    """Apple's push service refuses what names no host that there is, and any sign that does not belong."""
    text = text.strip()
    if not text:
        return public_url if public_url and _is_contact(public_url) else NOBODY
    if not _is_contact(text):
        raise SettingsError(
            "ACUPWA_VAPID_SUBJECT: must be like mailto:you@clinic.org or https://clinic.org, with a host that there is"
        )
    return text


def _is_contact(text: str) -> bool:
    found = re.fullmatch(r"(?:mailto:[^\s<>@,?:/]+@|https://)([^\s<>@:/?#]+)(?::\d+)?(/[^\s<>]*)?", text)
    host = found[1].lower() if found else ""
    return "." in host and bool(_HOST_NAME.fullmatch(host)) and not _NO_SUCH_HOST.fullmatch(host)


def _push_services(text: str) -> tuple[str, ...]:
    """Origins, as ACUPWA_PUBLIC_URL is one."""
    try:
        return tuple(url for one in text.split(",") if (url := _public_url(one)))
    except SettingsError:
        raise SettingsError(
            "ACUPWA_PUSH_SERVICES: must be origins like https://push.clinic.org, separated by commas, with no path"
        ) from None


def _secret_keys(text: str, data_dir: Path) -> tuple[str, ...]:
    keys = tuple(key for key in text.replace(",", " ").split() if key)
    if not keys:
        keys = _kept_keys(data_dir / KEY_FILE)
    for key in keys:
        try:
            Fernet(key)
        except ValueError:
            raise SettingsError(
                "ACUPWA_SECRET_KEYS: each key must be 32 bytes in URL-safe base64, newest first"
            ) from None
    return keys


def _kept_keys(file: Path) -> tuple[str, ...]:
    """The key in the data folder; made on first start, readable by its owner only."""
    if not file.exists():
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
                new.write(Fernet.generate_key().decode() + "\n")
        except FileExistsError:
            pass
        except OSError as fault:
            raise SettingsError(f"ACUPWA_DATA_DIR: cannot write to it ({fault.strerror})") from None
    keys = tuple(file.read_text().split())
    if not keys:
        raise SettingsError(f"ACUPWA_SECRET_KEYS: the key file {file.name} in the data folder is empty")
    return keys
