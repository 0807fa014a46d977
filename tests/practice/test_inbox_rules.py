"""Rules of the inbox as properties: its order, and that what is left out leaves nothing behind."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta
from urllib.parse import parse_qsl
from uuid import UUID

import msgspec
import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from acupwa.db.tables import new_key
from acupwa.person.service import make_person
from acupwa.practice.accounts import one_time_service, people_service
from acupwa.practice.accounts.model import Clinic, Practitioner, SignedIn
from acupwa.practice.inbox import service as inbox
from acupwa.practice.inbox.blocks import blocks_of
from acupwa.practice.inbox.csv_file import HEAD, to_csv
from acupwa.practice.inbox.fhir import bundle_of_share
from acupwa.practice.inbox.pages import shared_page
from acupwa.practice.inbox.rules import InboxQuery, address_of, cursor_of, fitting, read_query
from acupwa.practice.inbox.summary import shared_summary
from acupwa.practice.links.model import NamedLink, NewLink
from acupwa.practice.links.service import make_link
from acupwa.practice.sharing.notes import service as notes
from acupwa.practice.sharing.proposals.plan_answers import plan_answers
from acupwa.practice.sharing.shares import service, store
from acupwa.practice.sharing.shares.model import Share, ShareFilter
from acupwa.practice.sharing.shares.preview import chosen, copy_of, parts_of, rank_of
from acupwa.practice.sharing.shares.shared_answers import answers_of, open_items_of
from acupwa.quiz.groups import group_words
from acupwa.quiz.model import Answers
from acupwa.quiz.safety import URGENCIES
from acupwa.results.fhir.datatypes import to_json
from acupwa.results.paper_text import text_of
from acupwa.web.forms import FormData
from tests.results.test_fhir import LIBRARY, MOMENT, check_in, generated
from tests.support.answers import make_answers
from tests.support.codes import NEWCOMER

SCREENS = ("right-now", "about-you", "lately", "ratings", "impact", "before-needles", "what-matters")
KEY = UUID(int=9)
LINK = NamedLink(
    id=KEY, clinic_id=KEY, practitioner_id=KEY, code="X", kind="reusable", variant="full", share_days=90,
    created_at=MOMENT, clinic="Needle Lane", contact="", practitioner="Ann Lee",
)  # fmt: skip
ANN = SignedIn(
    sign_in_id=KEY,
    practitioner=Practitioner(id=KEY, clinic_id=KEY, email="", name="Ann", role="owner", created_at=MOMENT),
    clinic=Clinic(id=KEY, name="Needle Lane", contact="", colours="teal"),
)


def share_of(parts, record, rank=4):
    return Share(
        id=KEY, clinic_id=KEY, rank=rank, seen=False, created_at=MOMENT, ends_at=MOMENT, withdrawn_at=None,
        copy=copy_of(record, LINK, parts),
    )  # fmt: skip


@st.composite
def shared(draw):
    """A check-in, all that could be shared of it, and what was left in."""
    variant = draw(st.sampled_from(["full", "follow-up"]))
    answers = draw(generated)
    asks = (*answers.ratings, *answers.instruments) if variant == "follow-up" else ()
    record = check_in(answers, variant=variant, seen=SCREENS, asks=asks)
    before = draw(st.none() | generated)
    earlier = check_in(before, finished_at=MOMENT - timedelta(days=20)) if before else None
    parts = parts_of(record, earlier, LIBRARY)
    keys = [line.key for part in parts for line in part.lines]
    kept = draw(st.sets(st.sampled_from(keys))) if keys else set()
    return record, parts, kept


def leaves(data):
    """Each single thing that a piece of answers tells."""
    for key, value in msgspec.to_builtins(data).items():
        if isinstance(value, dict):
            yield from ((key, name, repr(one)) for name, one in value.items())
        elif isinstance(value, (list, tuple)):
            yield from ((key, one) for one in value)
        else:
            yield key, value


def forms_of(share, library=LIBRARY):
    summary = shared_summary(share, (), "", library)
    return {
        "page": msgspec.json.encode(shared_page(ANN, summary)).decode(),
        "text": text_of(blocks_of(summary)),
        "csv": to_csv(share).decode("utf-8-sig"),
        "fhir": to_json(bundle_of_share(share, library, MOMENT)).decode(),
    }


@settings(max_examples=60, deadline=None)
@given(shared())
def test_nothing_that_was_left_out_is_told_by_the_copy(made):
    record, parts, kept = made
    copy = copy_of(record, LINK, chosen(parts, kept))
    told_by_kept = {leaf for part in parts for line in part.lines if line.key in kept for leaf in leaves(line.data)}

    stored = msgspec.json.decode(msgspec.json.encode(copy), type=type(copy))
    answers, open_items = answers_of(stored.lines, LIBRARY), open_items_of(stored.lines, LIBRARY)

    told = set(leaves({k: v for k, v in msgspec.to_builtins(answers).items() if k != "instruments"}))
    given_items = {
        (f"{name}.{at}", repr(value))
        for name, values in answers.instruments.items()
        for at, value in enumerate(values, 1)
        if f"{name}.{at}" not in open_items
    }
    assert told <= told_by_kept
    assert given_items <= {leaf[1:] for leaf in told_by_kept if leaf[0] == "items"}
    assert answers.note is None


@settings(max_examples=60, deadline=None)
@given(shared())
def test_the_pieces_of_all_lines_tell_no_more_than_the_check_in_and_lose_no_rating(made):
    record, parts, _kept = made

    answers = answers_of((line for part in parts for line in part.lines), LIBRARY)

    for key, value in msgspec.to_builtins(answers).items():
        whole = msgspec.to_builtins(record.answers).get(key)
        if isinstance(value, dict):
            assert value.items() <= whole.items() or key == "instruments"
        elif isinstance(value, (list, tuple)):
            assert set(value) <= set(whole)
        else:
            assert value == whole
    shown = {line.question for part in parts for line in part.lines}
    first_of_peg = record.answers.instruments.get("peg", (None,))[0]
    for key, value in record.answers.ratings.items():
        # A file can bring a first item of PEG that is not the rating of pain: then that is all that is shown.
        if LIBRARY.ratings[key].text in shown and (key != "pain" or value == first_of_peg):
            assert answers.ratings[key] == value


@settings(max_examples=40, deadline=None)
@given(shared())
def test_words_of_lines_left_out_are_in_no_form(made):
    record, parts, kept = made
    lines = [line for part in parts for line in part.lines]
    if not kept:
        return
    share = share_of(chosen(parts, kept), record)
    everything = " ".join(
        [*(" ".join((one.question, *one.words)) for one in lines if one.key in kept), " ".join(share.copy.wording)]
    )
    own = [
        word
        for line in lines
        if line.key not in kept and {"problem_words", "activity_words"} & line.data.fields
        for word in line.words
        if len(word) > 12 and word not in everything
    ]

    for form, text in forms_of(share).items():
        for word in own:
            for written in (word, json.dumps(word)[1:-1]):
                assert written not in text, form


@settings(max_examples=40, deadline=None)
@given(shared())
def test_every_bundle_is_accepted_and_every_table_is_whole(made):
    record, parts, kept = made
    share = share_of(chosen(parts, kept), record)

    sent = json.loads(to_json(bundle_of_share(share, LIBRARY, MOMENT)))
    rows = list(csv.reader(io.StringIO(to_csv(share).decode("utf-8-sig"), newline="")))

    assert json.loads(Bundle.model_validate_json(json.dumps(sent)).model_dump_json()) == sent
    assert len(rows) == 1 + len(share.copy.lines)
    assert {len(row) for row in rows} == {len(HEAD)}
    for row in rows:
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@"))
            assert not cell.startswith(("\t", "\r", "\n"))


@settings(max_examples=60, deadline=None)
@given(shared())
def test_the_rank_is_that_of_the_strictest_sign_that_was_left_in(made):
    record, parts, kept = made
    copy = copy_of(record, LINK, chosen(parts, kept))
    urgent = {LIBRARY.red_flags[one].urgency for line in copy.lines for one in line.flags}

    rank = rank_of(copy, LIBRARY)

    if urgent:
        assert rank == min(URGENCIES.index(one) for one in urgent)
    else:
        assert rank == (3 if any(line.main and line.meaning == "worse" for line in copy.lines) else 4)


@given(st.text(max_size=60), st.lists(st.text(max_size=40), max_size=4), st.text(max_size=80))
def test_any_address_asks_for_something_and_comes_back_the_same(show, of, after):
    asked = read_query(FormData([("show", show), *(("of", one) for one in of), ("after", after)]))

    if isinstance(asked, tuple):
        assert {fault.field for fault in asked} <= {"show", "of", "after"}
        return
    assert read_query(FormData(parse_qsl(address_of(asked).partition("?")[2]))) == asked


@given(st.sampled_from(("new", "first", "second", "all", "")), st.lists(st.uuids(), max_size=4))
def test_the_addresses_of_the_inbox_are_all_understood(show, of):
    asked = read_query(FormData([("show", show), *(("of", str(one)) for one in of)]))

    assert asked == InboxQuery(show=show or "new", of=tuple(dict.fromkeys(of)))
    assert read_query(FormData(parse_qsl(address_of(asked).partition("?")[2]))) == asked


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_search_finds_an_alias_by_any_part_of_it(before, after):
    link = msgspec.structs.replace(LINK, alias=f"{before}Maple{after}")

    assert fitting([link], " mAPLe ") == (link,)
    assert fitting([link], " ") == ()


# the store, on both databases


def fill(db: Session, now: datetime, kinds) -> tuple[SignedIn, list[Share]]:
    """A clinic with a share of each kind: rank, seen, withdrawn, past its time."""
    token = people_service.add_practitioner(db, now, "ann@example.org", "Ann", "Needle Lane")
    found = one_time_service.find_one_time_link(db, now, token)
    by = SignedIn(sign_in_id=KEY, practitioner=found.practitioner, clinic=found.clinic)
    link = make_link(db, now, by, NewLink(kind="reusable", variant="full", share_days=90, days=0, alias="Desk"))
    copy = share_of((), check_in(LITTLE)).copy
    made = []
    for rank, seen, withdrawn, past in kinds:
        person, _token = make_person(db, now, NEWCOMER)
        share = Share(
            id=new_key(), clinic_id=by.clinic.id, rank=rank, seen=seen, created_at=now,
            ends_at=now - timedelta(1) if past else now + timedelta(1), withdrawn_at=None, copy=copy,
        )  # fmt: skip
        store.add_share(db, person.id, link.id, by.practitioner.id, share)
        if withdrawn:
            store.withdraw_share(db, person.id, share.id, now)
        if not withdrawn and not past:
            made.append(share)
    return by, made


LITTLE = Answers(age_band="40-64")
KINDS = [
    (rank, seen, gone == 1, gone == 2) for gone in (0, 0, 0, 1, 2) for rank in (4, 0, 3, 2, 1) for seen in (True, False)
]


@pytest.mark.parametrize(
    "only", [ShareFilter(), ShareFilter(seen=False), ShareFilter(ranks=(0, 2)), ShareFilter(ranks=(3, 3))], ids=str
)
def test_page_by_page_in_order_each_once_and_none_that_is_gone(database, only):
    by, made = database.work(fill, KINDS)
    wanted = sorted(made, key=lambda one: one.id, reverse=True)
    wanted.sort(key=lambda one: (one.rank, one.seen))
    low, high = only.ranks or (0, 4)
    wanted = [one for one in wanted if low <= one.rank <= high and only.seen in (None, one.seen)]

    found, after = [], None
    while page := database.work(service.list_inbox, by, only, 4, after):
        found += page
        after = cursor_of(page[-1])

    assert [one.id for one in found] == [one.id for one in wanted]


def test_by_link_and_the_note_on_both_databases(database):
    by, made = database.work(fill, KINDS[:4])
    (link,) = database.work(inbox.find_links, by, "desk")
    assert len(database.work(service.list_inbox, by, ShareFilter(links=(link.id,)), 30)) == len(made)
    assert database.work(service.list_inbox, by, ShareFilter(links=(KEY,)), 30) == ()
    assert database.work(inbox.names_of, by, (link.id, KEY)) == ("Desk",)

    assert database.work(notes.save_note, by, made[0].id, "one")
    assert database.work(notes.save_note, by, made[0].id, "two")
    assert database.work(notes.read_note, by, made[0].id) == "two"
    assert database.work(notes.save_note, by, made[0].id, "")
    assert database.work(notes.read_note, by, made[0].id) == ""
    assert not database.work(notes.save_note, by, KEY, "none")


def test_what_came_before_is_of_the_same_person_alone(database):
    by, made = database.work(fill, KINDS[:4])

    assert [len(database.work(service.look, by, one.id, "opened")) for one in made] == [1] * len(made)


def test_an_address_keeps_its_place():
    asked = InboxQuery(show="all", of=(KEY,), after=cursor_of(share_of((), check_in(LITTLE))))

    assert f"after=4.0.{KEY}" in address_of(asked)


def inbox_of(answers, without=()):
    """The rank and the summary of a share of these answers; `without` are keys of lines left out."""
    record = check_in(answers, seen=SCREENS)
    parts = parts_of(record, None, LIBRARY)
    keys = {line.key for part in parts for line in part.lines} - {*without}
    share = share_of(chosen(parts, keys), record)
    return rank_of(share.copy, LIBRARY), shared_summary(share, (), "", LIBRARY), share


def said_before_needles(summary):
    return [one.says for group in summary.before_needles for one in group.precautions]


def test_what_follows_from_an_answer_is_told_to_the_practitioner():
    koebner, children = (LIBRARY.precautions[one].question for one in ("psoriasis-koebner", "children"))
    told = said_before_needles(inbox_of(make_answers(conditions=("psoriasis",), age_band="16-17"))[1])
    unsure = make_answers(conditions=("psoriasis",), unsure=("psoriasis-koebner",))

    assert told == [f"{koebner}.", f"{children}."]
    assert said_before_needles(inbox_of(unsure)[1]) == [f"{koebner}."]


@pytest.mark.parametrize(("group", "rank"), [("very-ill", 0), ("after-needles", 0), ("skin", 1)])
def test_a_group_of_signs_ranks_by_the_answer_itself(group, rank):
    answers = make_answers(groups=(group, "medicines"))
    found, summary, share = inbox_of(answers, without=("derived",))
    observations = [one["resource"] for one in bundle_of_share(share, LIBRARY, MOMENT)["entry"]]
    signs = [one["valueCodeableConcept"] for one in observations if one["resourceType"] == "Observation"]

    assert found == rank
    assert [one.words for one in summary.signs] == [group_words(group, LIBRARY)]
    assert [one["coding"][0]["code"] for one in signs] == [group]
    assert plan_answers(share.copy, LIBRARY).red_flags == ()
    assert plan_answers(share.copy, LIBRARY).groups == answers.groups
    lines = [line.key for line in share.copy.lines if line.data.groups and line.signs]
    assert inbox_of(answers, without=lines)[0] == 4
