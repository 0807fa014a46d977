"""The whole quiz in one form, with what it says beside the answers. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import get_args

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.consent import consent_versions
from acupwa.quiz.forms import quiz_fields, read_one_page
from acupwa.quiz.left_out import left_out
from acupwa.quiz.model import MOST_CHECK_INS, STAMP_FIELDS, Variant
from acupwa.quiz.safety import derive
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of, undeclared
from acupwa.web.forms import FieldError, FormData, FormReader
from acupwa.web.queued_press import PressedAt
from acupwa.zones import zone_names

LONGEST_KEY = 80
KEY_FIELD, CLAIM_FIELD = "idempotency_key", "idempotency_claim"
# By it the page that has all of them is known (`whole_page.py`).
FROM_PAGE = "from_page"
# A field may be spelt like its header, too.
_LIKE_HEADERS = ("Idempotency-Key", "Idempotency-Claim")
_ABOUT_ITSELF = (
    "variant", "quiz_version", "consent_version", "consent_at", "time_zone", KEY_FIELD, CLAIM_FIELD, *_LIKE_HEADERS,
    FROM_PAGE,
)  # fmt: skip
_KEY = re.compile(r"[A-Za-z0-9._~:/+=-]{1,80}", re.ASCII)
# 256 bits: base64url, or hexadecimal digits.
_CLAIM = re.compile(r"[A-Za-z0-9_-]{43}=?|[0-9A-Fa-f]{64}", re.ASCII)
_HEX_DIGITS = 64
_LONGEST_TIME = 40


class SubmissionKey(msgspec.Struct, frozen=True, kw_only=True):
    """`key` names what is sent, so that it is kept once. `claim` is a secret that the phone made for it, if it did."""

    key: str
    claim: str | None = None


class OnePageQuiz(msgspec.Struct, frozen=True, kw_only=True):
    """`sent` is None for a form without a key. `pressed_at` (UTC): when was agreed to the words of consent, if it says so.
    `answered`: when the phone finished it that kept it; None for what is sent as it is finished.

    `time_zone`: the phone's, empty where it does not say. `from_page`: it is our own form, sent by a browser as it stands.
    """

    read: FormAnswers
    variant: Variant
    quiz_version: str
    consent_version: str
    pressed_at: datetime | None
    answered: PressedAt | None = None
    sent: SubmissionKey | None
    time_zone: str = ""
    from_page: bool = False


def one_page_fields(library: Library) -> Declared:
    return {**quiz_fields(library), **fields_of(*STAMP_FIELDS, *_ABOUT_ITSELF)}


def read_one_page_quiz(
    form: FormData, key_header: str, claim_header: str, library: Library, answered: PressedAt | None = None
) -> OnePageQuiz:
    """Key and claim may stand in a header or a field, or the same in both."""
    read = read_one_page(form, library)
    reader = FormReader(form)
    versions = (library.quiz.version, *library.quiz.earlier_versions)
    sent = _read_key(reader, key_header, claim_header)
    variant = reader.one_of("variant", get_args(Variant), say("quiz.faults.variant"))
    version = reader.one_of("quiz_version", versions, say("quiz.faults.quiz_version"))
    consent = reader.one_of(
        "consent_version",
        consent_versions(library),
        say("quiz.faults.consent_changed"),
    )
    pressed_at = _read_time(reader)
    # Sent by a program, which can mend it. A phone's own field, on a page for people, blocks nobody: `start_fields`.
    zone = reader.one_of("time_zone", zone_names(), say("quiz.faults.zone"))
    return OnePageQuiz(
        read=msgspec.structs.replace(
            read,
            errors=(
                *undeclared(form, one_page_fields(library)),
                *read.errors,
                *reader.errors,
                *_not_asked(read, form, library),
            ),
        ),
        variant=variant or "full",  # type: ignore[arg-type]
        quiz_version=version or library.quiz.version,
        consent_version=consent or library.quiz.consent.version,
        pressed_at=answered.at if answered else pressed_at,
        answered=answered,
        sent=sent,
        time_zone=zone or "",
        from_page=bool(form.one(FROM_PAGE)),
    )


def _not_asked(read: FormAnswers, form: FormData, library: Library) -> tuple[FieldError, ...]:
    """The posted fields that would be left out. The items of an instrument may stand under its name.

    Whoever has a danger sign is never sent back for an answer that weighs less.
    """
    if derive(read.answers, library).red_flags:
        return ()
    fields = left_out(read.answers, read.open_items, library)
    names = (name if name in form.last else name.rpartition(".")[0] for name in fields)
    message = say("quiz.faults.not_asked_with")
    return tuple(FieldError(name, message) for name in dict.fromkeys(names) if name in form.last)


def _read_key(reader: FormReader, key_header: str, claim_header: str) -> SubmissionKey | None:
    # In the header a key may stand in quotes, as structured fields have it (RFC 9651).
    like_key, like_claim = _LIKE_HEADERS
    key = _one_of(reader, key_header.strip().removeprefix('"').removesuffix('"'), KEY_FIELD, like_key)
    claim = _one_of(reader, claim_header.strip(), CLAIM_FIELD, like_claim)
    if key and not _KEY.fullmatch(key):
        reader.fault(KEY_FIELD, say("quiz.faults.key", most=LONGEST_KEY))
        return None
    if claim and not _CLAIM.fullmatch(claim):
        reader.fault(CLAIM_FIELD, say("quiz.faults.claim"))
        return None
    if claim and not key:
        reader.fault(CLAIM_FIELD, say("quiz.faults.claim_alone"))
    return SubmissionKey(key=key, claim=_one_spelling(claim) or None) if key else None


def _one_of(reader: FormReader, header: str, field: str, like_header: str) -> str:
    """What the header says, or one of the two fields; each may say it, and all the same."""
    said = [one for one in (header, reader.form.one(field), reader.form.one(like_header)) if one]
    if len(set(said)) > 1:
        reader.fault(field, say("quiz.faults.two_ways"))
    return said[0] if said else ""


def _one_spelling(claim: str) -> str:
    """The same secret, however its digits and its end were written."""
    return claim.lower() if len(claim) == _HEX_DIGITS else claim.removesuffix("=")


def _read_time(reader: FormReader) -> datetime | None:
    """`2026-11-23T10:00:00Z`, or another zone."""
    given = reader.form.one("consent_at")
    if not given:
        return None
    try:
        time = datetime.fromisoformat(given[:_LONGEST_TIME])
        if time.tzinfo:
            return time.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    reader.fault("consent_at", say("quiz.faults.press_time"))
    return None


def without_room(read: FormAnswers) -> FormAnswers:
    """The answers of a person who has as many check-ins as are kept."""
    words = say("quiz.faults.full", most=MOST_CHECK_INS)
    return msgspec.structs.replace(read, errors=(FieldError("variant", words),))
