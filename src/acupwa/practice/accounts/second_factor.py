"""Codes from an app (TOTP, RFC 6238): six digits, anew every 30 seconds. Pure."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from acupwa.web.text import plain_letters

SECRET_BYTES = 20
_DIGITS, _SECONDS = 6, 30
# Clocks that go wrong by less than a step.
_DRIFT = 1
_ISSUER = "Acupwa"


def read_app_code(typed: str) -> str:
    """The six digits, without what is put between them; empty when it is no such code."""
    code = "".join(one for one in plain_letters(typed) if one not in " -")
    return code if len(code) == _DIGITS and code.isascii() and code.isdecimal() else ""


def fitting_step(secret: bytes, code: str, now: datetime, used: int | None) -> int | None:
    """The step of time that this code is of, now or one beside it; None when it is of none, or of one up to `used`."""
    step = int(now.timestamp()) // _SECONDS
    around = range(step - _DRIFT, step + _DRIFT + 1)
    fitting = [one for one in around if hmac.compare_digest(app_code(secret, one).encode(), code.encode())]
    return next((one for one in fitting if used is None or one > used), None)


def app_code(secret: bytes, step: int) -> str:
    # SHA-1 is what every app knows; its weakness is not in this use (RFC 6238, B).
    return TOTP(secret, _DIGITS, SHA1(), _SECONDS).generate(step * _SECONDS).decode()  # noqa: S303


def app_address(secret: bytes, email: str) -> str:
    """What a QR code tells an app."""
    label = quote(f"{_ISSUER}:{email}", safe=":@")
    return f"otpauth://totp/{label}?secret={_letters(secret)}&issuer={_ISSUER}"


def shown_secret(secret: bytes) -> str:
    """To be typed into an app: groups of four."""
    letters = _letters(secret)
    return " ".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def _letters(secret: bytes) -> str:
    return base64.b32encode(secret).decode().rstrip("=")
