"""A person's reading list: made from their newest check-in and their own marks."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.library.model import Library
from acupwa.person.as_seen import moment_of
from acupwa.person.queued_press_service import is_done, note_done, seen_by
from acupwa.person.service import find_zone, one_at_a_time
from acupwa.quiz.model import Answers
from acupwa.quiz.retired_answers import known_answers
from acupwa.quiz.safety import derive
from acupwa.quiz.service import find_latest_finished
from acupwa.reading import store
from acupwa.reading.as_seen import changed_line, line_mark, weigh_action
from acupwa.reading.list_marks import ReadingList, apply_action, arrange
from acupwa.reading.model import Action, KeptList, LastPress, ListState, StoredList
from acupwa.web.queued_press import KNOWN_FOR, ChangedSince, QueuedPress
from acupwa.zones import day_in, in_zone


def get_list(db: Session, now: datetime, person_id: UUID, library: Library) -> ReadingList:
    kept = store.find_list(db, person_id) or StoredList()
    answers, finished_at = _newest_answers(db, now, person_id, library)
    return ReadingList(
        arranged=arrange(answers, library, kept.marks),
        from_check_in=finished_at,
        conditions=answers.conditions,
        last=kept.last,
        marks=kept.marks,
    )


def general_list(library: Library) -> ReadingList:
    """The list of someone whom we do not know."""
    return ReadingList(arranged=arrange(Answers(), library, ListState()), from_check_in=None)


@one_at_a_time
def act_on_list(
    db: Session,
    now: datetime,
    person_id: UUID,
    library: Library,
    action: Action,
    slug: str,
    pressed: datetime | None = None,
) -> ReadingList:
    """One button pressed; `slug` is a page of the library. `pressed`: when, if not now."""
    before = (store.find_list(db, person_id) or StoredList()).marks
    answers, _ = _newest_answers(db, now, person_id, library)
    day = day_in(find_zone(db, now, person_id), moment_of(pressed, now=now, earliest=now - KNOWN_FOR))
    after = apply_action(before, action, slug, arrange(answers, library, before), library, day)
    if after != before:
        store.save_list(db, now, person_id, after, LastPress(action=action, slug=slug, at=now, before=before))
    return get_list(db, now, person_id, library)


@one_at_a_time
def act_as_seen(
    db: Session, now: datetime, person_id: UUID, library: Library, action: Action, slug: str, press: QueuedPress | None
) -> ReadingList:
    """As `act_on_list`, of the time of the press, and once, however often it comes. Raises ChangedSince when the line is
    not as it was seen.
    """
    if press is None:
        return act_on_list(db, now, person_id, library, action, slug)
    found = get_list(db, now, person_id, library)
    if is_done(db, now, person_id, press):
        return found
    weighed = weigh_action(found.marks, action, slug, seen_by(db, now, person_id, press), library)
    if weighed == "changed":
        raise ChangedSince(changed_line(found.marks, action, slug, library))
    if weighed == "do":
        found = act_on_list(db, now, person_id, library, action, slug, press.at)
    note_done(db, now, person_id, press, line_mark(found.marks, slug))
    return found


@one_at_a_time
def forget_order(db: Session, now: datetime, person_id: UUID, library: Library) -> ReadingList:
    """Back to our order: what was pinned and moved is forgotten, what was read or hidden is not."""
    before = (store.find_list(db, person_id) or StoredList()).marks
    after = msgspec.structs.replace(before, pinned=(), order=())
    if after != before:
        store.save_list(db, now, person_id, after, LastPress(action="our-order", slug="", at=now, before=before))
    return get_list(db, now, person_id, library)


@one_at_a_time
def undo(db: Session, now: datetime, person_id: UUID, press: str) -> bool:
    """The marks as they were before the press of this name. False when a newer one came since: nothing changes."""
    kept = store.find_list(db, person_id)
    if kept is None or kept.last is None:
        return True
    if kept.last.name != press:
        return False
    store.save_list(db, now, person_id, kept.last.before)
    return True


def export_list(db: Session, now: datetime, person_id: UUID) -> KeptList | None:
    """The person's marks, for their export; None when they made none."""
    return store.find_kept(db, person_id)


@one_at_a_time
def put_list(db: Session, now: datetime, person_id: UUID, kept: KeptList) -> None:
    """These marks in place of any others, with their own time."""
    store.save_list(db, kept.updated_at, person_id, kept.marks)


def _newest_answers(db: Session, now: datetime, person_id: UUID, library: Library) -> tuple[Answers, datetime | None]:
    """The answers behind the list, with the danger signs and precautions that follow from others."""
    check_in = find_latest_finished(db, now, person_id)
    if check_in is None:
        return Answers(), None
    known = known_answers(check_in.answers, library)
    derived = derive(known, library)
    answers = msgspec.structs.replace(known, red_flags=derived.certain_flag_ids, precautions=derived.precautions)
    zone = find_zone(db, now, person_id)
    return answers, in_zone(check_in.finished_at, zone) if check_in.finished_at else None
