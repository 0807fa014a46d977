"""Check-ins: begun, saved screen by screen, finished, changed later. Each function is one unit of work."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.tables import new_key
from acupwa.library.model import Library
from acupwa.person.code_service import forget_codes_of
from acupwa.person.service import find_zone, give_consent, keep_zone, list_consents, one_at_a_time, suggest_zone
from acupwa.quiz import store
from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.completion import change, finish
from acupwa.quiz.consent import ConsentGiven
from acupwa.quiz.follow_up import Question, asks_of, asks_of_full, can_follow_up, carried_over, question_before
from acupwa.quiz.forms import need_own_fields, read_screen
from acupwa.quiz.model import ALL_SCREENS, MOST_CHECK_INS, Answers, CheckIn, Variant, Write
from acupwa.quiz.posted_screen import OpenedScreen, PostedScreen, SavedDraft, SavedScreen
from acupwa.quiz.retired_answers import known_check_in
from acupwa.quiz.rules import can_show, has_expired, is_pressed_twice, missing_screens, seen_after
from acupwa.quiz.safety import derive
from acupwa.quiz.standing_signs import in_place_of
from acupwa.quiz.write_order import (
    PageStamp,
    PressOutcome,
    ask_again,
    last_write,
    read_stamp,
    takes_draft,
    version_shown_again,
    weigh_press,
    write_of_draft,
    write_of_dropped_press,
    write_of_press,
    writes_of_replacing,
)
from acupwa.wording import language
from acupwa.zones import in_zone, localised


def find_check_in(db: Session, now: datetime, person_id: UUID, id: UUID) -> CheckIn | None:
    """This person's check-in, a draft or finished; None when there is none of theirs under this id."""
    return store.find_check_in(db, person_id, id)


def open_screen(db: Session, now: datetime, person_id: UUID, id: UUID, screen: str) -> OpenedScreen | None:
    """As `find_check_in`, to be shown on a page that can be sent back."""
    kept = store.find_kept_check_in(db, person_id, id)
    return OpenedScreen(kept.check_in, last_write(kept.writes, screen).version) if kept else None


def list_check_ins(db: Session, now: datetime, person_id: UUID) -> tuple[CheckIn, ...]:
    """All of this person's, drafts too, the newest first."""
    return store.list_check_ins(db, person_id)


def find_latest_finished(db: Session, now: datetime, person_id: UUID, before: UUID | None = None) -> CheckIn | None:
    """The newest finished one; with `before`, the newest that was begun before that one."""
    return store.find_latest_finished(db, person_id, before)


def find_draft(db: Session, now: datetime, person_id: UUID) -> CheckIn | None:
    return store.find_draft(db, person_id)


def find_question(db: Session, now: datetime, person_id: UUID, draft_days: int) -> Question | None:
    """What is asked before a new check-in is begun."""
    return question_before(store.find_draft(db, person_id), store.find_latest_finished(db, person_id), now, draft_days)


@one_at_a_time
def start_check_in(
    db: Session, now: datetime, person_id: UUID, library: Library, consent: ConsentGiven, zone: str = ""
) -> CheckIn | None:
    """A new draft in place of any other, and the consent that began it. One draft a person. None: there is no room.

    `zone`: their phone's.
    """
    if is_full(db, person_id):
        return None
    keep_zone(db, now, person_id, zone)
    asks = asks_of_full(store.find_latest_finished(db, person_id))
    new = msgspec.structs.replace(new_check_in(now, library, "full", Answers()), asks=asks)
    begun = _begin(db, person_id, new, library)
    if begun.id == new.id or not _consented(db, now, person_id, library):
        keep_consent(db, now, person_id, consent)
    return begun


@one_at_a_time
def start_follow_up(db: Session, now: datetime, person_id: UUID, library: Library, zone: str = "") -> CheckIn | None:
    """A new follow-up in place of any draft. None when there is nothing to follow up, or consent is due anew."""
    keep_zone(db, now, person_id, zone)
    newest = store.find_latest_finished(db, person_id)
    if newest is None or not can_follow_up(newest) or not _consented(db, now, person_id, library):
        return None
    if is_full(db, person_id):
        return None
    own = find_zone(db, now, person_id)
    asks = asks_of(localised(known_check_in(newest, library), own), in_zone(now, own), library)
    new = new_check_in(now, library, "follow-up", carried_over(newest.answers, library))
    return _begin(db, person_id, msgspec.structs.replace(new, asks=asks), library)


@one_at_a_time
def save_screen(
    db: Session, now: datetime, person_id: UUID, posted: PostedScreen, library: Library
) -> SavedScreen | None:
    """Read one screen over what is stored, and keep it when it has no fault. None: not there for them.

    Raises ForeignFields for what the screen does not take; so does `save_draft`.
    """
    kept = _find_to_answer(db, now, person_id, posted, library)
    if kept is None:
        return None
    check_in, screen = kept.check_in, posted.screen
    last, stamp = last_write(kept.writes, screen), read_stamp(posted.form, now)
    stored, read = _read(check_in, posted, library)
    match _weigh(last, stamp, stored, read, library):
        case "drop":
            store.save_check_in(db, person_id, check_in, {**kept.writes, screen: write_of_dropped_press(last, stamp)})
            return SavedScreen(check_in, FormAnswers(answers=stored), last.version)
        case "ask":
            return SavedScreen(check_in, ask_again(read, stored, screen), last.version)
    if read.errors:
        return SavedScreen(check_in, read, version_shown_again(last, stamp))
    seen = seen_after(check_in.answers, read.answers, check_in.seen, screen)
    changed = change(msgspec.structs.replace(check_in, seen=seen), read, now, library)
    written = write_of_press(last, stamp)
    store.save_check_in(db, person_id, changed, {**kept.writes, screen: written})
    return SavedScreen(changed, read, written.version)


@one_at_a_time
def save_draft(
    db: Session, now: datetime, person_id: UUID, posted: PostedScreen, library: Library, *, pressed: bool = False
) -> SavedDraft | None:
    """Keep what can be kept of a screen in the making. A finished check-in changes by a press of its button only.

    `pressed`: the person asked for it, so that what is on its way by itself comes too late.
    """
    kept = _find_to_answer(db, now, person_id, posted, library)
    if kept is None:
        return None
    check_in, screen = kept.check_in, posted.screen
    last, stamp = last_write(kept.writes, screen), read_stamp(posted.form, now)
    if check_in.finished or (not pressed and not takes_draft(last, stamp)):
        return SavedDraft(check_in, taken=False)
    stored, read = _read(check_in, posted, library)
    weighed = _weigh(last, stamp, stored, read, library) if pressed else "take"
    if weighed != "take":
        asked = SavedScreen(check_in, ask_again(read, stored, screen), last.version) if weighed == "ask" else None
        return SavedDraft(check_in, taken=False, question=asked)
    if any(error.field == "conditions" for error in read.errors):
        # They choose the path: half a choice must not bend it.
        answers = msgspec.structs.replace(read.answers, conditions=check_in.answers.conditions)
        read = msgspec.structs.replace(read, answers=answers)
    changed = change(check_in, read, now, library)
    written = write_of_press(last, stamp) if pressed else write_of_draft(last, stamp)
    store.save_check_in(db, person_id, changed, {**kept.writes, screen: written})
    return SavedDraft(changed, taken=True)


@one_at_a_time
def finish_check_in(
    db: Session, now: datetime, person_id: UUID, id: UUID, library: Library, draft_days: int
) -> CheckIn | None:
    """Finish it when nothing is missing; else it is given back as the draft that it is."""
    kept = _find_to_change(db, now, person_id, id, draft_days)
    if kept is None or kept.check_in.finished or missing_screens(kept.check_in):
        return kept.check_in if kept else None
    finished = finish(kept.check_in, now, library)
    suggest_zone(db, now, person_id, finished.answers.country)
    store.save_check_in(db, person_id, finished, kept.writes)
    return finished


def forget_claims(db: Session, now: datetime, person_id: UUID) -> None:
    """What this person sent in stays; nobody opens it by its claim any more."""
    store.forget_claims(db, person_id)


@one_at_a_time
def forget_check_in(db: Session, now: datetime, person_id: UUID, id: UUID) -> bool:
    """Delete one of this person's, and the codes that lead to it. False: there is none of theirs under this id."""
    forget_codes_of(db, now, person_id, id)
    return store.delete_check_in(db, person_id, id)


def owners_of(db: Session, now: datetime, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Whose those of these check-ins are that are on this server."""
    return store.owners_of(db, ids)


@one_at_a_time
def put_check_ins(db: Session, now: datetime, person_id: UUID, check_ins: Sequence[CheckIn]) -> None:
    """Add each as it is, or write it over the person's one of the same id."""
    there = store.owners_of(db, [check_in.id for check_in in check_ins])
    store.add_check_ins(db, person_id, [one for one in check_ins if one.id not in there])
    for check_in in (one for one in check_ins if one.id in there):
        kept = store.find_kept_check_in(db, person_id, check_in.id, to_change=True)
        if kept:
            store.save_check_in(db, person_id, check_in, writes_of_replacing(kept.writes, ALL_SCREENS))


def forget_drafts(db: Session, now: datetime, days: int) -> int:
    """Delete drafts that nobody touched for `days` days; returns how many."""
    return store.delete_drafts_untouched_since(db, now - timedelta(days=days))


def new_check_in(now: datetime, library: Library, variant: Variant, answers: Answers) -> CheckIn:
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


def keep_consent(db: Session, now: datetime, person_id: UUID, consent: ConsentGiven) -> None:
    give_consent(db, now, person_id, consent.version, consent.wording, language(), consent.pressed_at)


def _begin(db: Session, person_id: UUID, new: CheckIn, library: Library) -> CheckIn:
    """`new` in place of any draft; or the draft that the same button began just before, when it was pressed twice.

    No danger sign goes with a draft.
    """
    draft = store.find_draft(db, person_id)
    if draft is not None and is_pressed_twice(draft, new):
        return draft
    if draft is not None:
        new = in_place_of(draft, new, library)
    store.delete_drafts(db, person_id)
    store.add_check_in(db, person_id, new)
    return new


def is_full(db: Session, person_id: UUID) -> bool:
    """Whether the person has as many finished check-ins as are kept."""
    return store.count_finished(db, person_id) >= MOST_CHECK_INS


def _read(check_in: CheckIn, posted: PostedScreen, library: Library) -> tuple[Answers, FormAnswers]:
    """The answers that are stored, and what the form makes of them."""
    known = known_check_in(check_in, library)
    return known.answers, read_screen(posted.screen, posted.form, known, library)


def _weigh(last: Write, stamp: PageStamp, stored: Answers, read: FormAnswers, library: Library) -> PressOutcome:
    return weigh_press(last, stamp, derive(stored, library).flag_ids, derive(read.answers, library).flag_ids)


def _consented(db: Session, now: datetime, person_id: UUID, library: Library) -> bool:
    version = library.quiz.consent.version
    return any(
        consent.version == version and consent.withdrawn_at is None for consent in list_consents(db, now, person_id)
    )


def _find_to_answer(
    db: Session, now: datetime, person_id: UUID, posted: PostedScreen, library: Library
) -> store.KeptCheckIn | None:
    kept = _find_to_change(db, now, person_id, posted.check_in, posted.draft_days)
    if kept and can_show(kept.check_in, posted.screen):
        need_own_fields(posted.screen, posted.form, kept.check_in, library)
        return kept
    return None


def _find_to_change(db: Session, now: datetime, person_id: UUID, id: UUID, draft_days: int) -> store.KeptCheckIn | None:
    kept = store.find_kept_check_in(db, person_id, id, to_change=True)
    return None if kept is None or has_expired(kept.check_in, now, draft_days) else kept
