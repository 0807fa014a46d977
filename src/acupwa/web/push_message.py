"""A push message as it goes over the wire: encrypted for one browser, signed by this server.

All are of one length and under a name that only that browser and we can tell, so that whoever passes them on cannot
tell a kind from another by them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from acupwa.web.push_endpoint import Endpoint

Urgency = Literal["normal", "high"]
# Apple's push service takes no signature that holds for more than a day.
SIGNED_FOR = timedelta(hours=12)
_LENGTH = 64
_POINT, _SECRET = 65, 16
_LETTERS_OF_TOPIC = 32
# It asks for the kind of each message in a header of its own.
_OF_WINDOWS = ".notify.windows.com"


class Browser(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser gave us to reach it by: an address and two keys (base64url)."""

    endpoint: str
    p256dh: str
    auth: str


class Sender(msgspec.Struct, frozen=True, kw_only=True):
    """Who signs: the private key (base64url), and whom a push service may write to."""

    private_key: str
    subject: str

    def __repr__(self) -> str:
        return f"Sender(subject={self.subject!r})"


class PushMessage(msgspec.Struct, frozen=True, kw_only=True):
    """`says` is the one word of it. `seconds`: for how long it is of use."""

    says: str
    seconds: int
    urgency: Urgency


def make_private_key() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    return _letters(key.private_numbers().private_value.to_bytes(32, "big"))


def public_key(private_key: str) -> str:
    """What a browser subscribes with."""
    key = ec.derive_private_key(int.from_bytes(_bytes(private_key), "big"), ec.SECP256R1())
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return _letters(point)


def are_keys(p256dh: str, auth: str) -> bool:
    """Whether something can be encrypted for them: a point of the curve, and a secret of its length."""
    try:
        point, secret = _bytes(p256dh), _bytes(auth)
        if (len(point), len(secret)) != (_POINT, _SECRET):
            return False
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return False
    return True


def body_of(message: PushMessage, browser: Browser) -> bytes:
    """RFC 8188 and 8291."""
    from pywebpush import WebPusher

    plain = msgspec.json.encode({"kind": message.says}).ljust(_LENGTH)
    keys = {"p256dh": browser.p256dh, "auth": browser.auth}
    body: bytes = WebPusher({"endpoint": browser.endpoint, "keys": keys}).encode(plain, "aes128gcm")["body"]
    return body


def headers_of(
    message: PushMessage, browser: Browser, endpoint: Endpoint, sender: Sender, now: datetime
) -> dict[str, str]:
    """RFC 8030 and 8292, and what one service asks for beside."""
    from py_vapid import Vapid02

    claims = {"aud": endpoint.origin, "exp": int((now + SIGNED_FOR).timestamp()), "sub": sender.subject}
    signed = Vapid02.from_raw(sender.private_key.encode()).sign(claims)
    return {
        **{name.lower(): value for name, value in signed.items()},
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "ttl": str(message.seconds),
        "urgency": message.urgency,
        "topic": _topic(message, browser),
        **({"x-wns-type": "wns/raw"} if endpoint.host.endswith(_OF_WINDOWS) else {}),
    }


def _topic(message: PushMessage, browser: Browser) -> str:
    """A newer message takes the place of an older one of its kind that waits still. The word itself would tell the kind."""
    made = hmac.digest(browser.auth.encode(), message.says.encode(), hashlib.sha256)
    return _letters(made)[:_LETTERS_OF_TOPIC]


def _letters(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(letters: str) -> bytes:
    """Raises ValueError."""
    return base64.b64decode(letters.rstrip("=") + "=" * (-len(letters.rstrip("=")) % 4), altchars=b"-_", validate=True)
