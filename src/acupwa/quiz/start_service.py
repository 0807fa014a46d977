"""A check-in is begun: full or a follow-up, with the consent that is due. Each function is one unit of work."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.library.model import Library
from acupwa.person.service import find_zone, keep_zone, one_at_a_time
from acupwa.quiz import store
from acupwa.quiz.confirming import last_confirmed_of
from acupwa.quiz.consent import ConsentGiven
from acupwa.quiz.follow_up import asks_of, asks_of_full, can_follow_up, carried_over
from acupwa.quiz.logged_sessions import known_since, with_logged
from acupwa.quiz.model import Answers, CheckIn, SessionsSince
from acupwa.quiz.posted_screen import FollowUpAsked
from acupwa.quiz.retired_answers import known_check_in
from acupwa.quiz.rules import is_pressed_twice
from acupwa.quiz.service import find_consent, is_full, keep_consent, new_check_in
from acupwa.quiz.standing_signs import in_place_of
from acupwa.zones import in_zone, localised


@one_at_a_time
def start_check_in(
    db: Session,
    now: datetime,
    person_id: UUID,
    library: Library,
    consent: ConsentGiven,
    sessions_since: SessionsSince,
    zone: str = "",
) -> CheckIn | None:
    """A new draft in place of any other, and the consent that began it where it was due. One draft a person. What
    `sessions_since` knows is answered already. None: there is no room.

    `zone`: their phone's.
    """
    if is_full(db, now, person_id):
        return None
    keep_zone(db, now, person_id, zone)
    begun = _begin(db, person_id, new_full(db, now, person_id, library, sessions_since), library)
    _agree(db, now, person_id, library, consent)
    return begun


def new_full(db: Session, now: datetime, person_id: UUID, library: Library, sessions_since: SessionsSince) -> CheckIn:
    """A full one that is not kept yet; done again, with what the log tells of the time between."""
    previous = store.find_latest_finished(db, person_id)
    asks, answers = asks_of_full(previous), Answers()
    if asks and previous:
        own = find_zone(db, now, person_id)
        sessions = sessions_since(db, now, person_id, previous.finished_at)
        answers = with_logged(answers, sessions, library)
        asks = (*asks, *known_since(sessions, localised(previous, own), in_zone(now, own)))
    return msgspec.structs.replace(new_check_in(now, library, "full", answers), asks=asks)


@one_at_a_time
def start_follow_up(
    db: Session,
    now: datetime,
    person_id: UUID,
    library: Library,
    asked: FollowUpAsked,
    consent: ConsentGiven,
    sessions_since: SessionsSince,
) -> CheckIn | None:
    """A new follow-up in place of any draft, and the consent that began it where it was due. What `sessions_since` knows
    is answered already.

    None when there is nothing to follow up, no room, or words to agree to that they have not read.
    """
    keep_zone(db, now, person_id, asked.zone)
    finished = tuple(one for one in store.list_check_ins(db, person_id) if one.finished)
    if not finished or not can_follow_up(finished[0]) or is_full(db, now, person_id):
        return None
    if _is_due(db, now, person_id, library) and not asked.agreed:
        return None
    _agree(db, now, person_id, library, consent)
    begun = new_follow_up(db, now, person_id, finished, library, sessions_since, confirm=asked.confirm)
    return _begin(db, person_id, begun, library)


def new_follow_up(
    db: Session,
    now: datetime,
    person_id: UUID,
    finished: Sequence[CheckIn],
    library: Library,
    sessions_since: SessionsSince,
    *,
    confirm: bool = False,
) -> CheckIn:
    """A follow-up to `finished`, the newest first, that is not kept yet. `confirm`: what to know before needles is gone
    through in it.
    """
    own = find_zone(db, now, person_id)
    known = localised(tuple(known_check_in(one, library) for one in finished), own)
    sessions = sessions_since(db, now, person_id, finished[0].finished_at)
    return msgspec.structs.replace(
        new_check_in(
            now, library, "follow-up", with_logged(carried_over(finished[0].answers, library), sessions, library)
        ),
        asks=(*asks_of(known, in_zone(now, own), library), *known_since(sessions, known[0], in_zone(now, own))),
        confirmed_at=None if confirm else last_confirmed_of(finished),
    )


def _is_due(db: Session, now: datetime, person_id: UUID, library: Library) -> bool:
    return find_consent(db, now, person_id, library.quiz.consent.version) is None


def _agree(db: Session, now: datetime, person_id: UUID, library: Library, consent: ConsentGiven) -> None:
    """Once for each wording: a page of before a release has the older one, and its button may be pressed twice."""
    if _is_due(db, now, person_id, library) and find_consent(db, now, person_id, consent.version) is None:
        keep_consent(db, now, person_id, consent)


def _begin(db: Session, person_id: UUID, new: CheckIn, library: Library) -> CheckIn:
    """`new` in place of any draft, with its signs; or the draft that the same button began just before, pressed twice."""
    draft = store.find_draft(db, person_id)
    if draft is not None and is_pressed_twice(draft, new):
        return draft
    begun = in_place_of(draft, new, library)
    store.delete_drafts(db, person_id)
    store.add_check_in(db, person_id, begun)
    return begun
