"""A device that holds passkeys, as WebAuthn has it: what it answers is checked by the app like that of a real one."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import urlsplit

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

_PRESENT, _VERIFIED, _ATTESTED = 1, 4, 64


class Authenticator:
    """One passkey for one site. `origin` is where its browser is."""

    def __init__(self, origin: str = "http://localhost") -> None:
        self.origin = origin
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._id = secrets.token_bytes(32)
        self._count = 0

    def make(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.create`."""
        numbers = self._key.public_key().public_numbers()
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})
        credential = bytes(16) + len(self._id).to_bytes(2, "big") + self._id + public
        data = self._data(_PRESENT | _VERIFIED | _ATTESTED) + credential
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client_data("webauthn.create", options)
        return self._answer(clientDataJSON=client, attestationObject=attestation)

    def sign(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.get`."""
        self._count += 1
        data, client = self._data(_PRESENT | _VERIFIED), self._client_data("webauthn.get", options)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, flags: int) -> bytes:
        site = hashlib.sha256((urlsplit(self.origin).hostname or "").encode()).digest()
        return site + bytes([flags]) + self._count.to_bytes(4, "big")

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        told = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _answer(self, **response: bytes) -> str:
        key = _text(self._id)
        return json.dumps(
            {
                "id": key, "rawId": key, "type": "public-key", "clientExtensionResults": {},
                "response": {name: _text(value) for name, value in response.items()},
            }
        )  # fmt: skip


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def add_passkey(browser: Any, origin: str = "http://localhost") -> Authenticator:
    """A passkey on the device of this browser, which is signed in."""
    made = Authenticator(origin)
    options = browser.post("/practice/account/passkey-options").json()
    answer = browser.post("/practice/account/passkeys", {"answer": made.make(options)})
    assert answer.status_code == 303, answer.text
    return made


def sign_in_by(browser: Any, authenticator: Authenticator, **fields: str) -> Any:
    options = browser.post("/practice/sign-in/passkey-options").json()
    return browser.post("/practice/sign-in/passkey", {"answer": authenticator.sign(options), **fields})
