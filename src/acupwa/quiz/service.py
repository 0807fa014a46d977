"""Check-ins: begun, saved screen by screen, finished, changed later. Each function is one unit of work."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.tables import new_key
from acupwa.library.model import Library
from acupwa.person.code_service import forget_codes_of
from acupwa.person.model import Consent
from acupwa.person.service import give_consent, list_consents, one_at_a_time, suggest_zone
from acupwa.quiz import store
from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.completion import change, finish
from acupwa.quiz.consent import ConsentGiven
from acupwa.quiz.follow_up import (
    can_show,
    ends_it,
    is_to_be_carried_on,
)
from acupwa.quiz.forms import need_own_fields, read_screen
from acupwa.quiz.groups import sign_groups
from acupwa.quiz.model import ALL_SCREENS, MOST_CHECK_INS, Answers, CheckIn, Variant, Write
from acupwa.quiz.posted_screen import OpenedScreen, PostedScreen, SavedDraft, SavedScreen
from acupwa.quiz.retired_answers import known_check_in
from acupwa.quiz.rules import has_expired, missing_screens, seen_after
from acupwa.quiz.safety import derive
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


def find_latest_finished(db: Session, now: datetime, person_id: UUID, before: CheckIn | None = None) -> CheckIn | None:
    """The one that was finished last; with `before`, the one that comes before it."""
    return store.find_latest_finished(db, person_id, before)


def find_draft(db: Session, now: datetime, person_id: UUID) -> CheckIn | None:
    return store.find_draft(db, person_id)


def find_draft_to_carry_on(db: Session, now: datetime, person_id: UUID, draft_days: int) -> CheckIn | None:
    """The draft that a new check-in would delete; None when nothing would be lost."""
    draft = store.find_draft(db, person_id)
    return draft if is_to_be_carried_on(draft, now, draft_days) else None


@one_at_a_time
def save_screen(
    db: Session, now: datetime, person_id: UUID, posted: PostedScreen, library: Library
) -> SavedScreen | None:
    """Read one screen over what is stored, and keep it when it has no fault; with one, its danger signs alone. None: not
    there for them.

    The one page of a follow-up ends it, too.

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
        version = _keep_signs(db, now, person_id, kept, posted, read.answers, library)
        return SavedScreen(check_in, read, version or version_shown_again(last, stamp))
    seen = seen_after(check_in.answers, read.answers, check_in.seen, screen)
    confirmed_at = now if read.confirmed else check_in.confirmed_at
    changed = change(msgspec.structs.replace(check_in, seen=seen, confirmed_at=confirmed_at), read, now, library)
    if ends_it(changed, screen) and not changed.finished:
        changed = _finish(db, now, person_id, changed, library)
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
    finished = _finish(db, now, person_id, kept.check_in, library)
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


def find_consent(db: Session, now: datetime, person_id: UUID, version: str) -> Consent | None:
    """The newest consent to this wording that stands; None when there is none. Without one to today's it is due."""
    given = (one for one in list_consents(db, now, person_id) if one.version == version)
    return max((one for one in given if one.withdrawn_at is None), key=lambda one: one.given_at, default=None)


def is_full(db: Session, now: datetime, person_id: UUID) -> bool:
    """Whether the person has as many finished check-ins as are kept."""
    return store.count_finished(db, person_id) >= MOST_CHECK_INS


def _read(check_in: CheckIn, posted: PostedScreen, library: Library) -> tuple[Answers, FormAnswers]:
    """The answers that are stored, and what the form makes of them."""
    known = known_check_in(check_in, library)
    return known.answers, read_screen(posted.screen, posted.form, known, library)


def _finish(db: Session, now: datetime, person_id: UUID, draft: CheckIn, library: Library) -> CheckIn:
    finished = finish(draft, now, library)
    suggest_zone(db, now, person_id, finished.answers.country)
    return finished


def _keep_signs(
    db: Session,
    now: datetime,
    person_id: UUID,
    kept: store.KeptCheckIn,
    posted: PostedScreen,
    asked: Answers,
    library: Library,
) -> int | None:
    """A form that goes back for a fault may never be sent again: a danger sign ticked in it is kept, none is taken off.

    The version of the screen since; None when no sign is new.
    """
    check_in, screen = kept.check_in, posted.screen
    stored = known_check_in(check_in, library).answers
    flags = tuple(dict.fromkeys((*stored.red_flags, *asked.red_flags)))
    groups = tuple(dict.fromkeys((*stored.groups, *sign_groups(asked, library))))
    if (flags, groups) == (stored.red_flags, stored.groups):
        return None
    answers = msgspec.structs.replace(stored, red_flags=flags, groups=groups)
    with_signs = change(check_in, FormAnswers(answers=answers, open_items=check_in.open_items), now, library)
    written = write_of_press(last_write(kept.writes, screen), read_stamp(posted.form, now))
    store.save_check_in(db, person_id, with_signs, {**kept.writes, screen: written})
    return written.version


def _weigh(last: Write, stamp: PageStamp, stored: Answers, read: FormAnswers, library: Library) -> PressOutcome:
    return weigh_press(last, stamp, derive(stored, library).flag_ids, derive(read.answers, library).flag_ids)


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
