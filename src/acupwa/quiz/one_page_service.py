"""A quiz that was answered elsewhere and sent in on one page: kept once, however often it is sent."""

import hmac
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.tokens import hash_token, token_from
from acupwa.library.model import Library
from acupwa.person.model import Newcomer
from acupwa.person.service import add_device, hold, keep_zone, make_person, suggest_zone
from acupwa.quiz import store
from acupwa.quiz.completion import finish, is_sent_twice
from acupwa.quiz.consent import ConsentGiven
from acupwa.quiz.follow_up import asks_of_one_page
from acupwa.quiz.model import ALL_SCREENS, FOLLOW_UP, CheckIn
from acupwa.quiz.one_page_form import OnePageQuiz, SubmissionKey
from acupwa.quiz.rules import REVIEW
from acupwa.quiz.service import is_full, keep_consent, new_check_in
from acupwa.web.queued_press import PressedAt


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """It is kept, now or since an earlier time. `token` is the key for this browser; None when it has one."""

    check_in: UUID
    person_id: UUID
    token: str | None = None


class ReceivedBefore(msgspec.Struct, frozen=True):
    """It is kept since an earlier time, and whoever asks has not shown that it is theirs: they learn no more."""


class ReceivedOfAnother(msgspec.Struct, frozen=True):
    """It is kept, and belongs to another person than this browser's. It stays theirs."""


class Unclaimed(msgspec.Struct, frozen=True):
    """Nobody's when it was answered, and not kept yet. Whether it is this person's, only they can say."""


class NoRoom(msgspec.Struct, frozen=True):
    """The person has as many check-ins as are kept. It stays where it came from."""


# How it waited on its phone: as that person's, or from when the phone was nobody's yet; empty for what did not wait.
Waited = Literal["", "own", "nobody"]
Reception = Received | ReceivedBefore | ReceivedOfAnother | Unclaimed | NoRoom


def save_one_page(
    db: Session,
    now: datetime,
    person_id: UUID | None,
    quiz: OnePageQuiz,
    library: Library,
    consent: ConsentGiven,
    newcomer: Newcomer,
    *,
    waited: Waited = "",
) -> Reception:
    """The whole quiz at once, finished. One key is one record on this server, and so are two presses of our own page
    without one.

    `person_id` is whose browser it is; None for a new person, made of `newcomer`. Raises TooMany.

    What waited on this very phone is for whoever has it by now to say that it is theirs, also where it is kept for the
    person who was made for it, and nobody has heard of that: they keep theirs, and who is here has their own.
    """
    if person_id is not None:
        hold(db, now, person_id)
    there = store.find_by_key(db, _key(quiz.sent))
    if there and person_id not in (None, there.person_id) and waited and _is_claimed(there, quiz.sent):
        quiz = _under_own_key(quiz, person_id)
        there = store.find_by_key(db, _key(quiz.sent))
    if there is None and person_id is not None and (found := _not_added(db, now, person_id, quiz, library, waited)):
        return found
    if there is None:
        with db.begin_nested() as attempt:
            new = _add(db, now, person_id, quiz, library, consent, newcomer)
            if new is not None:
                return new
            # The same key came in at the same moment. No second person stays behind.
            attempt.rollback()
        there = store.find_by_key(db, _key(quiz.sent))
    if there is None:
        raise LookupError("no check-in under this key")
    return _received_before(db, now, person_id, there, quiz.sent)


def _not_added(
    db: Session, now: datetime, person_id: UUID, quiz: OnePageQuiz, library: Library, waited: Waited
) -> Reception | None:
    """Why what is not kept under this key is not added to what this person has; None where it is to be."""
    if waited == "nobody":
        return Unclaimed()
    if same := _just_sent(db, now, person_id, quiz, library):
        return Received(check_in=same, person_id=person_id)
    return NoRoom() if is_full(db, now, person_id) else None


def _just_sent(db: Session, now: datetime, person_id: UUID, quiz: OnePageQuiz, library: Library) -> UUID | None:
    """A page that is the same for everyone carries no key: what the same person has just sent is known by its answers."""
    if quiz.sent or not quiz.from_page:
        return None
    latest = store.find_latest_finished(db, person_id)
    return latest.id if latest and is_sent_twice(latest, _finished(db, now, person_id, quiz, library)) else None


def _add(
    db: Session,
    now: datetime,
    person_id: UUID | None,
    quiz: OnePageQuiz,
    library: Library,
    consent: ConsentGiven,
    newcomer: Newcomer,
) -> Received | None:
    """None when there is one under this key by now."""
    owner, given = person_id, None
    if owner is None:
        token = _token_of(quiz.sent) or newcomer.token
        person, given = make_person(db, now, msgspec.structs.replace(newcomer, token=token))
        owner = person.id
    check_in = _finished(db, now, owner, quiz, library)
    claim = quiz.sent.claim if quiz.sent else None
    added = store.add_check_in(db, owner, check_in, _key(quiz.sent), hash_token(claim) if claim else None)
    if added is None:
        return None
    keep_consent(db, now, owner, consent)
    newest = store.find_latest_finished(db, owner)
    if newest and newest.id == added.id:
        # The zone that was told last holds, not the one that came in last.
        keep_zone(db, now, owner, quiz.time_zone)
    suggest_zone(db, now, owner, check_in.answers.country)
    return Received(check_in=added.id, person_id=owner, token=given)


def _finished(db: Session, now: datetime, owner: UUID, quiz: OnePageQuiz, library: Library) -> CheckIn:
    """As of when it was answered, which may be long ago, and before what is here already."""
    answers, answered = quiz.read.answers, quiz.answered or PressedAt(now)
    new = new_check_in(answered.at, library, quiz.variant, answers)
    draft = msgspec.structs.replace(
        new,
        received_at=now if answered.at < now or not answered.known else None,
        quiz_version=quiz.quiz_version,
        open_items=quiz.read.open_items,
        seen=tuple(screen for screen in ALL_SCREENS if screen not in (REVIEW, FOLLOW_UP)),
        asks=asks_of_one_page(quiz.variant, answers, store.find_latest_finished(db, owner, before=new)),
    )
    return finish(draft, answered.at, library)


def _received_before(
    db: Session, now: datetime, person_id: UUID | None, there: store.KeyedCheckIn, sent: SubmissionKey | None
) -> Reception:
    if person_id is not None:
        mine = person_id == there.person_id
        return Received(check_in=there.id, person_id=person_id) if mine else ReceivedOfAnother()
    token = _token_of(sent)
    if token is None or not _is_claimed(there, sent):
        return ReceivedBefore()
    add_device(db, now, there.person_id, token)
    return Received(check_in=there.id, person_id=there.person_id, token=token)


def _is_claimed(there: store.KeyedCheckIn, sent: SubmissionKey | None) -> bool:
    if sent is None or sent.claim is None or there.claim_hash is None:
        return False
    return hmac.compare_digest(hash_token(sent.claim), bytes(there.claim_hash))


def _under_own_key(quiz: OnePageQuiz, person_id: UUID | None) -> OnePageQuiz:
    """The same one each time, and none that a phone can name: theirs have no space."""
    key = hash_token(f"{_key(quiz.sent)} {person_id}").hex()
    return msgspec.structs.replace(quiz, sent=SubmissionKey(key=f" {key}"))


def _key(sent: SubmissionKey | None) -> str | None:
    return sent.key if sent else None


def _token_of(sent: SubmissionKey | None) -> str | None:
    """The key of the browser that made this claim: the same one each time, so that ten answers open one browser."""
    return token_from(sent.claim, sent.key) if sent and sent.claim else None
