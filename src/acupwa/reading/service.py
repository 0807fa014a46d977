"""A person's reading list: made from their newest check-in and their own marks."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.library.model import Library
from acupwa.person.service import find_zone, one_at_a_time
from acupwa.quiz.model import Answers
from acupwa.quiz.retired_answers import known_answers
from acupwa.quiz.safety import derive
from acupwa.quiz.service import find_latest_finished
from acupwa.reading import store
from acupwa.reading.list_marks import ArrangedList, apply_action, arrange
from acupwa.reading.model import Action, KeptList, ListState
from acupwa.zones import day_in, in_zone


class ReadingList(msgspec.Struct, frozen=True, kw_only=True):
    """The list to show. `from_check_in`: when the check-in behind it was finished; None: general."""

    arranged: ArrangedList
    from_check_in: datetime | None


def get_list(db: Session, now: datetime, person_id: UUID, library: Library) -> ReadingList:
    state = store.find_list(db, person_id) or ListState()
    answers, finished_at = _newest_answers(db, now, person_id, library)
    return ReadingList(arranged=arrange(answers, library, state), from_check_in=finished_at)


def general_list(library: Library) -> ReadingList:
    """The list of someone whom we do not know."""
    return ReadingList(arranged=arrange(Answers(), library, ListState()), from_check_in=None)


@one_at_a_time
def act_on_list(
    db: Session, now: datetime, person_id: UUID, library: Library, action: Action, slug: str
) -> ReadingList:
    """One button pressed; `slug` is a page of the library."""
    state = store.find_list(db, person_id) or ListState()
    answers, finished_at = _newest_answers(db, now, person_id, library)
    zone = find_zone(db, now, person_id)
    after = apply_action(state, action, slug, arrange(answers, library, state), library, day_in(zone, now))
    if after != state:
        store.save_list(db, now, person_id, after)
    return ReadingList(arranged=arrange(answers, library, after), from_check_in=finished_at)


@one_at_a_time
def forget_order(db: Session, now: datetime, person_id: UUID, library: Library) -> ReadingList:
    """Back to our order: what was pinned and moved is forgotten, what was read or hidden is not."""
    state = store.find_list(db, person_id)
    if state is not None:
        store.save_list(db, now, person_id, msgspec.structs.replace(state, pinned=(), order=()))
    return get_list(db, now, person_id, library)


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
