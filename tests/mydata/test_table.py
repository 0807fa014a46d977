"""The table of one's own data: what clinics have, and answers that are no longer asked."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from uuid import UUID

import msgspec

from acupwa.library.model import Library
from acupwa.mydata.table import to_csv
from acupwa.practice.sharing.proposals.model import ProposalExport, ProposedPlan
from acupwa.practice.sharing.shares.model import Copy, Part, SharedCopy, SharedLine, View
from acupwa.quiz.model import Answers, CheckIn

ID = UUID("01234567-89ab-7def-8123-456789abcdef")
MOMENT = datetime(2027, 3, 1, 12, tzinfo=UTC)
COPY = Copy(
    clinic="Needle Lane", practitioner="Ann Lee", wording=(), answered_on=MOMENT.date(), variant="full",
    parts=(Part(title="You", lines=(SharedLine(key="conditions", question="Conditions", words=("RA", "MS")),)),),
)  # fmt: skip
SHARE = SharedCopy(
    id=ID, shared_at=MOMENT, ends_at=MOMENT, withdrawn_at=None, copy=COPY,
    views=(View(name="Ann Lee", what="opened", at=MOMENT),),
)  # fmt: skip
PLAN = ProposedPlan(
    first_day=date(2027, 3, 8), weekdays=("mon", "thu"), time="09:30", time_zone="Europe/London", per_week=1,
    max_sessions=10, minutes=40,
)  # fmt: skip
PROPOSAL = ProposalExport(
    id=ID, holds=True, sent_at=MOMENT, clinic="Needle Lane", practitioner="Ann Lee", note="", pages=(), plan=PLAN,
    pages_reply=None, plan_reply="open",
)  # fmt: skip


def rows(library, check_ins=(), shares=(), proposals=()):
    text = to_csv(check_ins, library, shares, proposals).decode("utf-8-sig")
    return [tuple(row)[2:] for row in csv.reader(io.StringIO(text, newline=""))][1:]


def test_a_share_has_a_row_for_each_line_and_each_look(library: Library):
    assert rows(library, shares=[SHARE]) == [
        ("shared with Needle Lane", "Conditions", "RA · MS", ""),
        ("opened", "", "Ann Lee", ""),
    ]


def test_a_share_that_was_taken_back_says_so(library: Library):
    gone = msgspec.structs.replace(SHARE, withdrawn_at=MOMENT, views=())

    assert rows(library, shares=[gone]) == [
        ("shared with Needle Lane", "Conditions", "RA · MS", "withdrawn 2027-03-01")
    ]


def test_a_proposal_has_a_row_for_each_part_that_was_sent(library: Library):
    sent = ("sent by Needle Lane",)
    plan = (*sent, "plan", "10 sessions from 2027-03-08, mon, thu 09:30", "open")
    more = msgspec.structs.replace(PROPOSAL, note="Rest.", pages=("what-to-expect", "old-page"), pages_reply="taken")

    assert rows(library, proposals=[PROPOSAL]) == [plan]
    assert rows(library, proposals=[more]) == [
        (*sent, "note", "Rest.", ""),
        (*sent, "pages", f"{library.pages['what-to-expect'].head.title}; old-page", "taken"),
        plan,
    ]


def test_one_session_is_no_plural(library: Library):
    once = msgspec.structs.replace(PROPOSAL, plan=msgspec.structs.replace(PLAN, max_sessions=1))

    assert rows(library, proposals=[once])[0][2].startswith("1 session from ")


def test_retired_answers_stand_under_the_names_by_which_they_are_kept(library: Library):
    answers = Answers(
        age_band="18-39", conditions=("ra", "old-illness"), red_flags=("old-sign",), main_symptom="old-rating",
        ratings={"old-rating": 3}, instruments={"old.questions": (1, None)},
    )  # fmt: skip
    check_in = CheckIn(
        id=ID, variant="full", answers=answers, quiz_version="1", content_version="0a1b", language="en",
        created_at=MOMENT, updated_at=MOMENT,
    )  # fmt: skip

    found = rows(library, check_ins=[check_in])

    assert {row[0] for row in found} == {"full, not finished"}
    assert {
        ("conditions", "old-illness"), ("red_flags", "old-sign"), ("old-rating", "3"), ("old.questions", "1, -"),
        ("main_symptom", "old-rating"),
    } <= {row[1:3] for row in found}  # fmt: skip
