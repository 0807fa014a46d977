"""Who works here: a clinic, its practitioners, how they sign in."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

Role = Literal["owner", "practitioner"]
ShutDoor = Literal["no-https", "no-cookies"]
Unusable = Literal["used", "expired"]
OneTimeKind = Literal["invitation", "reset", "forgotten", "code"]
How = Literal["password", "passkey", "code", "invitation", "reset"]
Colours = Literal["teal", "blue", "plum", "brown", "ink"]


class Clinic(msgspec.Struct, frozen=True, kw_only=True):
    """`contact` is one line, as printed on the card. `colours` names a pair of the card.

    `time_zone` is an IANA name: its days and times are told by the clocks there. `second_factor`: everyone signs in
    with a passkey, or with a code from an app beside their password.
    """

    id: UUID
    name: str
    contact: str
    colours: Colours
    time_zone: str = "UTC"
    second_factor: bool = False


class Practitioner(msgspec.Struct, frozen=True, kw_only=True):
    """`ready` once there is a password or a passkey to sign in with. `by_app`: a code from an app is asked for as well."""

    id: UUID
    clinic_id: UUID
    email: str
    name: str
    role: Role
    created_at: datetime
    ready: bool = False
    has_password: bool = False
    by_app: bool = False

    @property
    def shown_name(self) -> str:
        return self.name or self.email

    @property
    def is_owner(self) -> bool:
        return self.role == "owner"


class Sender(msgspec.Struct, frozen=True, kw_only=True):
    """Who gives something to patients, to be shown to them. `left`: the practitioner works here no more."""

    clinic: str
    contact: str
    practitioner: str
    left: bool


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever the cookie names, with the clinic. `failures`: wrong tries before this sign-in.

    `done` is the key of what they have just done, by the address, and `about` of what it was done to.
    """

    sign_in_id: UUID
    practitioner: Practitioner
    clinic: Clinic
    failures: int = 0
    done: str = ""
    about: str = ""


class SignIn(msgspec.Struct, frozen=True, kw_only=True):
    """A browser that is signed in. `own` is the one that asks."""

    id: UUID
    how: str
    browser: str
    created_at: datetime
    seen_at: datetime
    own: bool = False


class Passkey(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    created_at: datetime
    used_at: datetime | None


class StoredPasskey(msgspec.Struct, frozen=True, kw_only=True):
    practitioner_id: UUID
    credential_id: bytes
    public_key: bytes
    sign_count: int


class Secret(msgspec.Struct, frozen=True, kw_only=True):
    """What a typed password is checked against; `practitioner_id` is None for an address that is not known."""

    practitioner_id: UUID | None
    password_hash: str


class PasswordTry(msgspec.Struct, frozen=True, kw_only=True):
    """A password that may be checked now: for which name, against what. `subjects` are the counters in which it is booked.

    `slow`: many tries come from everywhere, or from there. `place` is where from; None for whoever signed in with this
    browser before, and waits in no queue with strangers.
    """

    name: str
    secret: Secret
    subjects: tuple[bytes, ...]
    slow: bool = False
    place: str | None = None


class TypedFirst(msgspec.Struct, frozen=True, kw_only=True):
    """The first account of a server, as it was typed. `email` is the address, empty when what was typed cannot be one.

    `time_zone` is that of the browser, None where it does not say.
    """

    clinic: str = ""
    name: str = ""
    typed: str = ""
    email: str = ""
    password: str = ""
    time_zone: str | None = None


class NewSignIn(msgspec.Struct, frozen=True):
    """A password, passkey or code that fitted. `token` is the key for this browser's cookie, `device` what it keeps to
    be known again. `half`: a second factor is still to be shown.
    """

    token: str
    device: str
    half: bool = False


class HalfIn(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever gave a password, and has to show more before anything opens. `passkeys`: how many there are."""

    sign_in_id: UUID
    practitioner: Practitioner
    clinic: Clinic
    passkeys: int = 0

    @property
    def sets_up(self) -> bool:
        """Whether there is nothing yet to show: it is set up now."""
        return not self.practitioner.by_app and not self.passkeys


class AppOffer(msgspec.Struct, frozen=True, kw_only=True):
    """A secret for an app, before it counts. `sealed` is the same, for a hidden field."""

    secret: bytes
    sealed: str


class WrongTry(msgspec.Struct, frozen=True):
    """A password, passkey or code that opens nothing: mistyped, used, or past its time."""


class ResetLink(msgspec.Struct, frozen=True):
    """A new one-time link by mail: for whom, and the token in it."""

    practitioner: Practitioner
    clinic: Clinic
    token: str


class NewLink(msgspec.Struct, frozen=True, kw_only=True):
    """A new one-time link by an owner: for whom, and the token in it. `people` are all of the clinic."""

    practitioner: Practitioner
    kind: OneTimeKind
    token: str
    people: tuple[Practitioner, ...]


class WayBack(msgspec.Struct, frozen=True, kw_only=True):
    """Where to go on after signing in: a page of ours, and what was typed there, sealed. Empty where there is none.

    `typed`: what cannot be kept, by field, to be shown on the page itself; `too_long` when that is the reason.
    `another`: somebody else is signed in by now.
    """

    next: str = ""
    kept: str = ""
    typed: tuple[tuple[str, str], ...] = ()
    too_long: bool = False
    another: bool = False


class Unsent(msgspec.Struct, frozen=True, kw_only=True):
    """A form that was sent when the sign-in had ended, and whose that was: to nobody else it is shown again."""

    page: str
    fields: dict[str, tuple[str, ...]]
    practitioner_id: UUID | None
    at: datetime


class WaysIn(msgspec.Struct, frozen=True, kw_only=True):
    """What opens an account beside its password. `sign_ins`: how many browsers are signed in."""

    passkeys: tuple[Passkey, ...] = ()
    sign_ins: int = 0


class OneTime(msgspec.Struct, frozen=True, kw_only=True):
    """`forgotten` is a reset that anybody asks for by mail; `reset` is one by an owner or the operator."""

    practitioner: Practitioner
    clinic: Clinic
    kind: OneTimeKind

    @property
    def keeps_second(self) -> bool:
        """Whether a second factor outlasts it, as anyone who reads the mailbox can ask for such a link."""
        return self.kind == "forgotten" and self.clinic.second_factor
