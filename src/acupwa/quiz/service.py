"""Check-ins: begun, saved screen by screen, finished, changed later. Each function is one unit of work."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.tables import new_key
from acupwa.library.model import Library
from acupwa.person.service import forget_codes_of, give_consent, list_consents
from acupwa.quiz import store
from acupwa.quiz.follow_up import asks_of, asks_of_full, asks_of_whole, can_follow_up, carried_over
from acupwa.quiz.forms import Read, read_screen
from acupwa.quiz.model import ALL_SCREENS, FOLLOW_UP_SCREENS, SCREENS, SINCE, Answers, CheckIn, Variant
from acupwa.quiz.retired_answers import known_answers, known_check_in, version_after, with_older, with_unasked
from acupwa.quiz.rules import REVIEW, complete, has_expired, missing_screens, seen_after
from acupwa.quiz.safety import derive, stricter, strictest
from acupwa.quiz.write_order import (
    after_draft,
    after_dropped,
    after_press,
    after_replacing,
    ask_again,
    last_write,
    read_sent,
    shown_version,
    takes_draft,
    weigh_press,
)
from acupwa.web.forms import FormData
from acupwa.wording import language


class ConsentGiven(msgspec.Struct, frozen=True):
    """What the person agreed to by pressing the button, in the words that stood there."""

    version: str
    wording: str


class Opened(msgspec.Struct, frozen=True):
    """A check-in as a page shows it, and the version of the screen that the page is made from."""

    check_in: CheckIn
    version: int


class Saved(msgspec.Struct, frozen=True):
    """A check-in after a screen was posted. With faults in `read`, nothing was saved.

    `version` is that of the screen as a page with the faults shows it.
    """

    check_in: CheckIn
    read: Read
    version: int


class Drafted(msgspec.Struct, frozen=True):
    """A check-in after a part of a screen came. `taken`: it is saved, and not older than what is.

    `again`: nothing is saved, and the screen is shown once more with what a press is asked about.
    """

    check_in: CheckIn
    taken: bool
    again: Saved | None = None


def get_check_in(db: Session, now: datetime, person_id: UUID, id: UUID) -> CheckIn | None:
    """This person's check-in, a draft or finished; None when there is none of theirs under this id."""
    return store.find_check_in(db, person_id, id)


def open_screen(db: Session, now: datetime, person_id: UUID, id: UUID, screen: str) -> Opened | None:
    """As `get_check_in`, to be shown on a page that can be sent back."""
    kept = store.find_kept(db, person_id, id)
    return Opened(kept.check_in, last_write(kept.writes, screen).version) if kept else None


def list_check_ins(db: Session, now: datetime, person_id: UUID) -> tuple[CheckIn, ...]:
    """All of this person's, drafts too, the newest first."""
    return store.list_check_ins(db, person_id)


def latest_finished(db: Session, now: datetime, person_id: UUID, before: UUID | None = None) -> CheckIn | None:
    """The newest finished one; with `before`, the newest that was begun before that one."""
    return store.latest_finished(db, person_id, before)


def find_draft(db: Session, now: datetime, person_id: UUID) -> CheckIn | None:
    return store.find_draft(db, person_id)


def start_check_in(db: Session, now: datetime, person_id: UUID, library: Library, consent: ConsentGiven) -> CheckIn:
    """A new draft in place of any other, and the consent that began it. One draft a person."""
    store.delete_drafts(db, person_id)
    _keep_consent(db, now, person_id, consent)
    asks = asks_of_full(store.latest_finished(db, person_id))
    check_in = msgspec.structs.replace(_new(now, library, "full", Answers()), asks=asks)
    store.add_check_in(db, person_id, check_in)
    return check_in


def start_follow_up(db: Session, now: datetime, person_id: UUID, library: Library) -> CheckIn | None:
    """A new follow-up in place of any draft. None when there is nothing to follow up, or consent is due anew."""
    newest = store.latest_finished(db, person_id)
    if newest is None or not can_follow_up(newest) or not _consented(db, now, person_id, library):
        return None
    earlier = known_check_in(newest, library)
    store.delete_drafts(db, person_id)
    check_in = msgspec.structs.replace(
        _new(now, library, "follow-up", carried_over(newest.answers, library)), asks=asks_of(earlier, now)
    )
    store.add_check_in(db, person_id, check_in)
    return check_in


def save_screen(
    db: Session,
    now: datetime,
    person_id: UUID,
    id: UUID,
    screen: str,
    form: FormData,
    library: Library,
    draft_days: int,
) -> Saved | None:
    """Read one screen over what is stored, and keep it when it has no fault. None: not there for them."""
    kept = _find_to_change(db, now, person_id, id, draft_days)
    if kept is None or not _has_screen(kept.check_in, screen):
        return None
    check_in, last, sent = kept.check_in, last_write(kept.writes, screen), read_sent(form, now)
    read = _read(check_in, screen, form, library)
    stored = known_answers(check_in.answers, library)
    match weigh_press(last, sent, derive(stored, library).flag_ids, derive(read.answers, library).flag_ids):
        case "drop":
            store.save_check_in(db, person_id, check_in, {**kept.writes, screen: after_dropped(last, sent)})
            return Saved(check_in, Read(answers=stored), last.version)
        case "ask":
            return Saved(check_in, ask_again(read, stored, screen), last.version)
    if read.errors:
        return Saved(check_in, read, shown_version(last, sent))
    seen = seen_after(check_in.answers, read.answers, check_in.seen, screen)
    changed = _changed(check_in, now, read, library, seen=seen)
    written = after_press(last, sent)
    store.save_check_in(db, person_id, changed, {**kept.writes, screen: written})
    return Saved(changed, read, written.version)


def save_draft(
    db: Session,
    now: datetime,
    person_id: UUID,
    id: UUID,
    screen: str,
    form: FormData,
    library: Library,
    draft_days: int,
    *,
    pressed: bool = False,
) -> Drafted | None:
    """Keep what can be kept of a screen in the making. A finished check-in changes by a press of its button only.

    `pressed`: the person asked for it, so that what is on its way by itself comes too late.
    """
    kept = _find_to_change(db, now, person_id, id, draft_days)
    if kept is None or not _has_screen(kept.check_in, screen):
        return None
    check_in, last, sent = kept.check_in, last_write(kept.writes, screen), read_sent(form, now)
    if check_in.finished or (not pressed and not takes_draft(last, sent)):
        return Drafted(check_in, taken=False)
    read = _read(check_in, screen, form, library)
    if pressed:
        stored = known_answers(check_in.answers, library)
        fate = weigh_press(last, sent, derive(stored, library).flag_ids, derive(read.answers, library).flag_ids)
        if fate != "take":
            again = Saved(check_in, ask_again(read, stored, screen), last.version) if fate == "ask" else None
            return Drafted(check_in, taken=False, again=again)
    if any(error.field == "conditions" for error in read.errors):
        # They choose the path: half a choice must not bend it.
        whole = msgspec.structs.replace(read.answers, conditions=check_in.answers.conditions)
        read = msgspec.structs.replace(read, answers=whole)
    changed = _changed(check_in, now, read, library)
    written = after_press(last, sent) if pressed else after_draft(last, sent)
    store.save_check_in(db, person_id, changed, {**kept.writes, screen: written})
    return Drafted(changed, taken=True)


def finish_check_in(
    db: Session, now: datetime, person_id: UUID, id: UUID, library: Library, draft_days: int
) -> CheckIn | None:
    """Finish it when nothing is missing; else it is given back as the draft that it is."""
    kept = _find_to_change(db, now, person_id, id, draft_days)
    if kept is None or kept.check_in.finished or missing_screens(kept.check_in):
        return kept.check_in if kept else None
    finished = _finished(kept.check_in, now, library)
    store.save_check_in(db, person_id, finished, kept.writes)
    return finished


def save_whole(
    db: Session,
    now: datetime,
    person_id: UUID,
    variant: Variant,
    read: Read,
    idempotency_key: str | None,
    library: Library,
    consent: ConsentGiven,
) -> CheckIn:
    """A whole quiz at once, finished. The same key again gives the check-in that it gave before."""
    before = store.find_by_key(db, person_id, idempotency_key)
    if before is not None:
        return before
    draft = _new(now, library, variant, read.answers)
    asks = asks_of_whole(variant, read.answers, store.latest_finished(db, person_id))
    seen = tuple(screen for screen in ALL_SCREENS if screen != REVIEW)
    draft = msgspec.structs.replace(draft, open_items=read.open_items, seen=seen, asks=asks)
    check_in = store.add_check_in(db, person_id, _finished(draft, now, library), idempotency_key)
    if check_in is None:
        return store.get_by_key(db, person_id, idempotency_key)
    _keep_consent(db, now, person_id, consent)
    return check_in


def forget_check_in(db: Session, now: datetime, person_id: UUID, id: UUID) -> bool:
    """Delete one of this person's, and the codes that lead to it. False: there is none of theirs under this id."""
    forget_codes_of(db, now, person_id, id)
    return store.delete_check_in(db, person_id, id)


def owners_of(db: Session, now: datetime, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Whose those of these check-ins are that are on this server."""
    return store.owners_of(db, ids)


def put_check_ins(db: Session, now: datetime, person_id: UUID, check_ins: Sequence[CheckIn]) -> None:
    """Add each as it is, or write it over the person's one of the same id."""
    there = store.owners_of(db, [check_in.id for check_in in check_ins])
    for check_in in check_ins:
        kept = store.find_kept(db, person_id, check_in.id, to_change=True) if check_in.id in there else None
        if kept:
            store.save_check_in(db, person_id, check_in, after_replacing(kept.writes, ALL_SCREENS))
        else:
            store.add_check_in(db, person_id, check_in)


def forget_drafts(db: Session, now: datetime, days: int) -> int:
    """Delete drafts that nobody touched for `days` days; returns how many."""
    return store.delete_drafts_untouched_since(db, now - timedelta(days=days))


def _has_screen(check_in: CheckIn, screen: str) -> bool:
    if check_in.variant == "follow-up":
        return screen in FOLLOW_UP_SCREENS
    return screen in SCREENS or (screen == SINCE and check_in.again)


def _read(check_in: CheckIn, screen: str, form: FormData, library: Library) -> Read:
    answers = known_answers(check_in.answers, library)
    return read_screen(screen, form, answers, check_in.open_items, library, check_in.variant, check_in.asks)


def _consented(db: Session, now: datetime, person_id: UUID, library: Library) -> bool:
    version = library.quiz.consent.version
    return any(
        consent.version == version and consent.withdrawn_at is None for consent in list_consents(db, now, person_id)
    )


def _find_to_change(db: Session, now: datetime, person_id: UUID, id: UUID, draft_days: int) -> store.Kept | None:
    kept = store.find_kept(db, person_id, id, to_change=True)
    return None if kept is None or has_expired(kept.check_in, now, draft_days) else kept


def _new(now: datetime, library: Library, variant: Variant, answers: Answers) -> CheckIn:
    return CheckIn(
        id=new_key(),
        variant=variant,
        answers=answers,
        quiz_version=library.quiz.version,
        content_version=library.version,
        language=language(),
        created_at=now,
        updated_at=now,
    )


def _changed(
    check_in: CheckIn, now: datetime, read: Read, library: Library, seen: tuple[str, ...] | None = None
) -> CheckIn:
    answers = with_older(read.answers, check_in.answers, library)
    changed = msgspec.structs.replace(
        check_in,
        answers=answers,
        open_items=read.open_items,
        seen=check_in.seen if seen is None else seen,
        quiz_version=version_after(check_in, answers, library),
        content_version=library.version,
        updated_at=now,
    )
    return _finished_again(check_in, changed, library) if check_in.finished else changed


def _finished(check_in: CheckIn, now: datetime, library: Library) -> CheckIn:
    return _completed(msgspec.structs.replace(check_in, finished_at=now, updated_at=now), library)


def _finished_again(check_in: CheckIn, changed: CheckIn, library: Library) -> CheckIn:
    """A change may drop answers whose question no longer fits; a new version of the quiz alone drops none."""
    again = _completed(changed, library)
    still = complete(known_answers(check_in.answers, library), check_in.open_items, library)
    answers = with_unasked(again.answers, changed.answers, check_in.answers, still)
    urgency = again.urgency
    if any(flag not in library.red_flags for flag in answers.red_flags):
        urgency = stricter(check_in.urgency, again.urgency)
    return msgspec.structs.replace(again, answers=answers, urgency=urgency)


def _completed(check_in: CheckIn, library: Library) -> CheckIn:
    known = known_answers(check_in.answers, library)
    answers = complete(known, check_in.open_items, library)
    urgency = strictest(derive(answers, library).flag_ids, library)
    if check_in.answers.main_symptom != known.main_symptom:
        # What was named stays named, also when there are no words for it any more.
        answers = msgspec.structs.replace(answers, main_symptom=None)
    answers = with_older(answers, check_in.answers, library)
    return msgspec.structs.replace(check_in, answers=answers, urgency=urgency)


def _keep_consent(db: Session, now: datetime, person_id: UUID, consent: ConsentGiven) -> None:
    give_consent(db, now, person_id, consent.version, consent.wording, language())
