"""What goes back to a patient, and being asked again, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import msgspec
import pytest

from acupwa.db.rotate import reseal_all
from acupwa.db.tables import new_key
from acupwa.person.service import forget_person, make_person
from acupwa.practice.accounts import one_time_service, people_service, sign_in_service
from acupwa.practice.links import service as links
from acupwa.practice.links import store as links_store
from acupwa.practice.links.model import Interval, NewLink
from acupwa.practice.sharing import service as sharing
from acupwa.practice.sharing.follow_up import service as follow_up
from acupwa.practice.sharing.notes import service as notes
from acupwa.practice.sharing.proposals import service as proposals
from acupwa.practice.sharing.proposals import store as proposals_store
from acupwa.practice.sharing.proposals.model import ProposalDraft
from acupwa.practice.sharing.shares import service as shares
from acupwa.practice.sharing.shares.model import Copy, Share
from acupwa.practice.sharing.shares.store import add_share
from acupwa.quiz import store as check_ins
from acupwa.quiz.model import Answers
from acupwa.quiz.service import new_check_in
from tests.support.codes import NEWCOMER

AGAIN = Interval(every=2, unit="weeks")
NOTE = ProposalDraft(note="a note", pages=(), plan=None)
CHOSEN = NewLink(kind="reusable", variant="full", share_days=90, days=0, alias="alias", again=AGAIN)


@pytest.fixture
def world(database, clock):
    """A clinic, a patient of it, one share that asks again after two weeks."""
    token = database.work(people_service.add_practitioner, "ann@example.org", "Ann", "Needle Lane")
    who = database.work(
        sign_in_service.find_signed_in,
        database.work(one_time_service.use_one_time_link, token, "Ann", "hash", "", "").token,
    )
    link = database.work(links.make_link, who, CHOSEN)
    person = database.work(make_person, NEWCOMER)[0]
    copy = Copy(
        clinic="Needle Lane", practitioner="Ann", wording=(), answered_on=date(2026, 11, 23),
        variant="full", parts=(),
    )  # fmt: skip
    share = Share(
        id=new_key(), clinic_id=who.clinic.id, rank=2, seen=False, created_at=clock.now,
        ends_at=clock.now + timedelta(days=90), withdrawn_at=None, copy=copy,
    )  # fmt: skip
    named = database.work(links.find_link, who.clinic.id, link.id)
    database.work(lambda session, now: add_share(session, person.id, link.id, who.practitioner.id, share))
    database.work(follow_up.start_follow_up, person.id, share.id, named)
    return SimpleNamespace(who=who, link=link, person=person, share=share)


def test_sent_found_declined_and_gone_with_the_share(database, world):
    sent = database.work(
        proposals.send, world.who, world.share.id, msgspec.structs.replace(NOTE, pages=("what-to-expect",))
    )
    assert sent is not None

    (found,) = database.work(proposals.list_current, world.person.id)
    assert found.content.pages == ("what-to-expect",)
    assert database.work(proposals.decline, world.person.id, found.id)
    assert not database.work(proposals.list_current, world.person.id)[0].content.open
    assert not database.work(proposals.decline, new_key(), found.id)
    assert database.work(sharing.withdraw, world.person.id, world.share.id)
    assert database.work(proposals.export_proposals, world.person.id) == ()


def test_one_withdrawal_ends_all_that_came_of_a_share_and_is_the_person_s_alone(database, world):
    database.work(proposals.send, world.who, world.share.id, NOTE)
    assert database.work(notes.save_note, world.who, world.share.id, "for myself")
    assert len(database.work(follow_up.export_follow_ups, world.person.id)) == 1

    assert not database.work(sharing.withdraw, new_key(), world.share.id)
    assert database.work(notes.read_note, world.who, world.share.id) == "for myself"
    assert database.work(sharing.withdraw, world.person.id, world.share.id)

    assert database.work(shares.find_open, world.who.clinic.id, world.share.id) is None
    assert database.work(proposals_store_rows, world.person.id) == ()
    assert database.work(follow_up.export_follow_ups, world.person.id) == ()
    assert database.work(notes.read_note, world.who, world.share.id) == ""
    assert not database.work(notes.save_note, world.who, world.share.id, "again")
    assert not database.work(sharing.withdraw, world.person.id, world.share.id)


def test_asked_again_when_due_and_no_more_once_opened(database, clock, world):
    today = clock.now.date()
    assert database.work(follow_up.remind, world.person.id, today) == ()
    clock.now += timedelta(days=14)
    today = clock.now.date()

    (one,) = database.work(follow_up.remind, world.person.id, today)
    database.work(follow_up.note_shown, world.person.id, today)

    assert database.work(follow_up.open_again, world.person.id, one.id)
    assert database.work(follow_up.open_again, world.person.id, one.id)
    assert not database.work(follow_up.open_again, new_key(), one.id)
    assert len(database.work(links.list_requests, world.person.id)) == 1
    assert database.work(follow_up.remind, world.person.id, today) == ()
    assert database.work(follow_up.export_follow_ups, world.person.id)[0].shown_on == (today,)


def test_a_share_past_its_time_takes_all_of_it_along(database, clock, world):
    database.work(proposals.send, world.who, world.share.id, NOTE)
    clock.now += timedelta(days=90)
    assert database.work(shares.forget_ended) == 1

    assert database.work(proposals_store_rows, world.person.id) == ()
    assert database.work(follow_up.export_follow_ups, world.person.id) == ()


def test_forgetting_a_person_forgets_what_was_sent(database, world):
    database.work(proposals.send, world.who, world.share.id, NOTE)
    database.work(forget_person, world.person.id)

    assert database.work(proposals_store_rows, world.person.id) == ()


def test_what_goes_back_is_sealed_anew_with_the_rest(database, world):
    database.work(proposals.send, world.who, world.share.id, NOTE)

    assert reseal_all(database.runner.engine, database.runner.keys) == 0


def proposals_store_rows(session, now, person_id):
    return proposals_store.list_of_person(session, person_id)


def test_how_it_stands_with_a_preview_that_is_none_any_more(database, world, clock, library):
    person, link = world.person.id, world.link.id
    finished = msgspec.structs.replace(new_check_in(clock.now, library, "full", Answers()), finished_at=clock.now)
    check_in = finished.id
    database.work(lambda db, now: check_ins.add_check_in(db, person, finished))
    assert database.work(sharing.find_settled, person, new_key(), link) is None
    assert database.work(sharing.find_settled, person, check_in, link).share is None
    database.work(lambda db, now: links_store.add_request(db, person, link, now))
    assert database.work(sharing.find_settled, person, check_in, link).ended is None
    database.work(links.withdraw_link, world.who, link)
    assert database.work(sharing.find_settled, person, check_in, link).ended == "withdrawn"
    given = msgspec.structs.replace(world.share, id=new_key())
    database.work(lambda db, now: add_share(db, person, link, world.who.practitioner.id, given, check_in))
    assert database.work(sharing.find_settled, person, check_in, link).share.id == given.id
    database.work(sharing.withdraw, person, given.id)
    assert database.work(sharing.find_settled, person, check_in, link).share.withdrawn_at is not None
