"""Passkeys: what a browser is asked, and whether its answer holds. Raises PasskeyFault, never says why."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import msgspec
import webauthn
from webauthn.helpers import base64url_to_bytes, parse_authentication_credential_json, parse_client_data_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from acupwa.practice.accounts.model import Practitioner, StoredPasskey

MOST_BYTES = 20_000


class PasskeyFault(Exception):
    """The answer does not hold."""


class Made(msgspec.Struct, frozen=True):
    credential_id: bytes
    public_key: bytes
    sign_count: int


def ask_new(origin: str, practitioner: Practitioner, challenge: bytes, known: Sequence[bytes]) -> str:
    """The options (JSON) for `navigator.credentials.create`."""
    options = webauthn.generate_registration_options(
        rp_id=_rp_id(origin),
        rp_name="Acupwa",
        user_id=practitioner.id.bytes,
        user_name=practitioner.email,
        user_display_name=practitioner.name or practitioner.email,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
    )
    return webauthn.options_to_json(options)


def ask_sign_in(origin: str, challenge: bytes) -> str:
    """The options (JSON) for `navigator.credentials.get`: any passkey of this site will do."""
    options = webauthn.generate_authentication_options(
        rp_id=_rp_id(origin), challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return webauthn.options_to_json(options)


def challenge_in(answer: str) -> bytes:
    """Which challenge an answer is for. It is checked against what was given out, then verified."""
    try:
        client_data = msgspec.json.decode(answer[:MOST_BYTES])["response"]["clientDataJSON"]
        return parse_client_data_json(base64url_to_bytes(client_data)).challenge
    except Exception as fault:
        raise PasskeyFault from fault


def credential_in(answer: str) -> bytes:
    try:
        return parse_authentication_credential_json(answer[:MOST_BYTES]).raw_id
    except Exception as fault:
        raise PasskeyFault from fault


def check_new(answer: str, origin: str, challenge: bytes) -> Made:
    try:
        made = webauthn.verify_registration_response(
            credential=answer[:MOST_BYTES],
            expected_challenge=challenge,
            expected_rp_id=_rp_id(origin),
            expected_origin=origin,
            require_user_verification=True,
        )
    except Exception as fault:
        raise PasskeyFault from fault
    return Made(made.credential_id, made.credential_public_key, made.sign_count)


def check_sign_in(answer: str, origin: str, challenge: bytes, stored: StoredPasskey) -> int:
    """The new count of uses."""
    try:
        return webauthn.verify_authentication_response(
            credential=answer[:MOST_BYTES],
            expected_challenge=challenge,
            expected_rp_id=_rp_id(origin),
            expected_origin=origin,
            credential_public_key=stored.public_key,
            credential_current_sign_count=stored.sign_count,
            require_user_verification=True,
        ).new_sign_count
    except Exception as fault:
        raise PasskeyFault from fault


def _rp_id(origin: str) -> str:
    return urlsplit(origin).hostname or ""
