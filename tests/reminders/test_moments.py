"""Which reminder is due when: the rules of docs/rules.md, "Reminders", each by example and over random lives."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acupwa.reminders.model import KINDS, Again, Choices, Clock, QuietHours, Told
from acupwa.reminders.moments import AHEAD, LATE, UNSEEN, look
from acupwa.reminders.quiet_hours import BEFORE, before_quiet, is_quiet, next_quiet
from acupwa.reminders.wire import message_of
from tests.reminders.lives import ANY_HOUR, NIGHT, Sent, known_at, live, plan_at, quiet, replace
from tests.today.people import LIBRARY, at, finished

DAY = timedelta(days=1)
LONDON = "Europe/London"


def told(sent: list[Sent]) -> list[tuple[str, str]]:
    return [one.told for one in sent]


def sent_at(*moments: datetime) -> tuple[tuple[UUID, datetime], ...]:
    return tuple((UUID(int=number), moment) for number, moment in enumerate(moments))


def over(days: float, *check_ins, choices=ANY_HOUR, said=Told(), wakes=(), **given_):
    """Told from day 0 (Monday 23 November, ten o'clock) on."""
    known = known_at(*check_ins, **given_)
    return told(live(known, at(0), at(days), choices, said, wakes=tuple(at(one) for one in wakes)))


# ------------------------------------------------------------------ sessions


def test_the_day_before_and_an_hour_before_each_session():
    assert over(14, plan=plan_at("15:00")) == [
        ("25 15:00", "day-before"), ("26 14:00", "hour-before"), ("02 15:00", "day-before"), ("03 14:00", "hour-before"),
    ]  # fmt: skip


def test_only_what_was_chosen():
    plan = plan_at("15:00", count=1)

    assert over(9, plan=plan, choices=Choices(kinds=("hour-before",), quiet=None)) == [("26 14:00", "hour-before")]
    assert over(9, plan=plan, choices=Choices(kinds=("day-before",), quiet=None)) == [("25 15:00", "day-before")]
    assert over(9, plan=plan, choices=Choices(kinds=("check-in", "sent"), quiet=None)) == []


def test_what_was_cancelled_logged_or_is_over_gives_none():
    plan = plan_at("15:00", count=3, s1="missed")
    first, second, third = plan.sessions
    cancelled = replace(plan, sessions=(first, replace(second, cancelled=True), third))

    assert over(21, plan=cancelled) == [("09 15:00", "day-before"), ("10 14:00", "hour-before")]
    assert over(9, plan=plan_at("15:00", first=-7, count=1)) == []


def test_the_day_before_is_by_the_clocks_there():
    """The clocks of London go back on 25 October 2026: 24 hours before nine would be ten."""
    sunday = datetime(2026, 10, 25, tzinfo=UTC)
    plan = plan_at("09:00", LONDON, count=1)
    plan = replace(plan, sessions=(replace(plan.sessions[0], day=sunday.date()),))

    sent = live(known_at(plan=plan, zone=LONDON), sunday - 2 * DAY, sunday + DAY)

    assert told(sent) == [("24 08:00", "day-before"), ("25 08:00", "hour-before")]


def test_it_is_no_use_any_more_when_it_is_not_tomorrow():
    sent = live(known_at(plan=plan_at("15:00", count=1)), at(0), at(4))

    assert [one.due.ends for one in sent] == [
        datetime(2026, 11, 26, 0, 0, tzinfo=UTC), datetime(2026, 11, 26, 15, 0, tzinfo=UTC),
    ]  # fmt: skip


# ------------------------------------------------------------------ quiet hours


def test_the_day_before_moves_to_a_quarter_of_an_hour_before_quiet_hours():
    assert over(4, plan=plan_at("22:30", count=1), choices=Choices(quiet=NIGHT)) == [("25 20:45", "day-before")]


def test_moved_to_a_day_on_which_it_is_not_tomorrow_it_does_not_say_so():
    assert over(4, plan=plan_at("07:30", count=1), choices=Choices(quiet=NIGHT)) == [("24 20:45", "notice")]


def test_an_hour_before_in_quiet_hours_is_dropped():
    day = quiet("13:00", "16:00")

    assert over(4, plan=plan_at("15:00", count=1), choices=Choices(quiet=day)) == [("25 12:45", "day-before")]


def test_what_would_move_to_the_past_is_dropped():
    """Chosen at ten, in quiet hours that began at eight, of a session at eleven tomorrow."""
    plan = plan_at("11:00", first=1, count=1)

    assert over(0.9, plan=plan, choices=Choices(quiet=quiet("08:00", "12:00"))) == []


def test_what_a_clinic_sent_in_quiet_hours_is_dropped():
    said = Told(sent=sent_at(at(0.1), at(0.55)))

    assert over(2, said=said, choices=Choices(quiet=NIGHT), wakes=(0.1, 0.55)) == [("23 12:24", "sent")]


@pytest.mark.parametrize(
    ("begins", "ends", "moment", "moved"),
    [
        ("21:00", "08:00", "23:15", "20:45"),
        ("21:00", "08:00", "21:00", "20:45"),
        ("21:00", "08:00", "08:00", "08:00"),
        ("21:00", "08:00", "20:59", "20:59"),
        ("00:00", "06:00", "03:00", "23:45"),
        ("13:00", "15:30", "15:29", "12:45"),
        ("08:05", "08:00", "07:00", "08:00"),
    ],
)
def test_quiet_hours_by_example(begins, ends, moment, moved):
    here = datetime.combine(at(0).date(), time.fromisoformat(moment), UTC)

    found = before_quiet(here, quiet(begins, ends), ZoneInfo("UTC"))

    assert found.strftime("%H:%M") == moved
    assert found <= here


# ------------------------------------------------------------------ late, and never twice


@pytest.mark.parametrize(
    ("minutes", "kind", "sent"),
    [(14, "day-before", True), (16, "day-before", False), (9, "hour-before", True), (11, "hour-before", False)],
)
def test_what_is_late_is_dropped(minutes, kind, sent):
    begins = at(2) if kind == "day-before" else at(3)
    known = known_at(plan=plan_at("15:00", count=1))
    due = (
        datetime(2026, 11, 25, 15, 0, tzinfo=UTC) if kind == "day-before" else datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
    )
    clock = Clock(choices=ANY_HOUR, looked_until=begins)

    found = look(known(due + timedelta(minutes=minutes)), clock, Told(), LIBRARY)

    assert [one.says for one in found.due] == ([kind] if sent else [])
    assert found.late == (0 if sent else 1)


def test_a_server_that_was_off_for_days_sends_only_what_is_still_so():
    clock = Clock(choices=ANY_HOUR, looked_until=at(-30))

    found = look(known_at(plan=plan_at("15:00", first=-28, count=8))(at(5)), clock, Told(sent=sent_at(at(-5))), LIBRARY)

    assert found.due == ()


def test_a_look_at_any_moment_in_between_sends_nothing_twice():
    wakes = tuple(number / 24 for number in range(24 * 4))

    assert over(4, plan=plan_at("15:00", count=1), wakes=wakes) == [
        ("25 15:00", "day-before"), ("26 14:00", "hour-before"),
    ]  # fmt: skip


# ------------------------------------------------------------------ on hold


def test_while_the_gate_is_closed_one_notice_takes_their_place():
    closed = finished(0, precautions=("extreme-needle-phobia",))

    sent = over(14, closed, plan=plan_at("15:00"), choices=Choices(kinds=("day-before", "hour-before"), quiet=None))

    assert sent == [("25 15:00", "notice")]


def test_a_danger_sign_holds_them_back_too():
    sent = over(
        5, finished(0, "septic-joint"), plan=plan_at("15:00"), choices=Choices(kinds=("hour-before",), quiet=None)
    )

    assert sent == [("26 14:00", "notice")]


def test_each_time_it_closes_there_is_a_notice():
    closed, calm = finished(0, "septic-joint"), finished(4)
    again = finished(11, "septic-joint")
    choices = Choices(kinds=("hour-before",), quiet=None)

    sent = over(40, closed, calm, again, plan=plan_at("15:00", count=5), choices=choices, wakes=(4, 11))

    assert sent == [("26 14:00", "notice"), ("03 14:00", "hour-before"), ("10 14:00", "notice")]


def test_no_word_of_a_session_goes_out_before_the_first_of_them_would_have():
    closed = finished(0, "septic-joint")

    assert over(1.9, closed, plan=plan_at("15:00"), choices=Choices(kinds=("day-before",), quiet=None)) == []


# ------------------------------------------------------------------ check-ins


CHECK_INS = Choices(kinds=("check-in",), quiet=None)


def test_a_check_in_a_week_after_the_first_and_one_before_session_1_at_ten_once_each():
    sent = over(20, finished(-1), plan=plan_at("15:00", first=18, count=4), choices=CHECK_INS)

    assert sent == [("29 10:00", "check-in"), ("04 10:00", "check-in")]


def test_the_first_look_and_the_decision_the_next_morning():
    plan = plan_at("15:00", first=2, count=8)

    sent = over(60, finished(-1), finished(27), plan=plan, choices=CHECK_INS)

    assert sent == [("17 10:00", "check-in"), ("14 10:00", "check-in")]


def test_a_plan_on_hold_asks_for_a_check_in_once_however_many_sessions_pass():
    closed = finished(0.2, precautions=("extreme-needle-phobia",))

    assert over(30, closed, plan=plan_at("15:00", count=8), choices=CHECK_INS, wakes=(0.2,)) == [
        ("24 10:00", "check-in")
    ]


def test_ten_in_quiet_hours_is_the_evening_before_if_it_is_due_by_then():
    choices = replace(CHECK_INS, quiet=quiet("22:00", "11:00"))

    sent = over(20, finished(-1), plan=plan_at("15:00", first=18, count=4), choices=choices)

    assert sent == [("29 21:45", "check-in"), ("04 21:45", "check-in")]


# ------------------------------------------------------------------ what clinics send


def test_what_a_clinic_sent_at_once_and_when_it_asks_again_at_ten():
    said = Told(sent=sent_at(at(0.1)), asked=(at(1).date(),))

    assert over(2, said=said, wakes=(0.1,)) == [("23 12:24", "sent"), ("24 10:00", "sent")]


def test_ten_things_at_once_are_one_message():
    said = Told(sent=sent_at(*(at(0.1) + timedelta(seconds=number) for number in range(10))))

    assert over(2, said=said, wakes=(0.11,)) in ([("23 12:24", "sent")] * 10, [("23 12:24", "sent")])
    clock = Clock(choices=ANY_HOUR, looked_until=at(0))
    assert len(look(known_at()(at(0.101)), clock, said, LIBRARY).due) == 1


def test_what_a_clinic_began_to_send_before_the_last_look_and_kept_after_it_is_told_once():
    """The moment that it bears is of its beginning."""
    said = Told(sent=sent_at(at(0.1)))
    clock = Clock(choices=ANY_HOUR, looked_until=at(0.1) + timedelta(seconds=3))

    first = look(known_at()(at(0.1) + timedelta(seconds=5)), clock, said, LIBRARY)
    second = look(
        known_at()(at(0.1) + timedelta(seconds=8)),
        replace(clock, looked_until=at(0.1) + timedelta(seconds=5), seen=first.seen),
        said,
        LIBRARY,
    )

    assert [one.says for one in first.due] == ["sent"]
    assert second.due == ()


def test_a_clock_that_is_behind_forgets_nothing_that_was_told():
    """A server whose clock is ahead told it; the next look is by one whose clock is not."""
    said = Told(sent=sent_at(at(0.1)))
    clock = Clock(choices=ANY_HOUR, looked_until=at(0.1) + timedelta(seconds=1), seen=(UUID(int=0),))
    behind = look(known_at()(at(0.1) - timedelta(seconds=9)), clock, said, LIBRARY)
    then = look(known_at()(at(0.1) + timedelta(seconds=2)), replace(clock, seen=behind.seen), said, LIBRARY)

    assert (behind.due, then.due) == ((), ())


@given(st.lists(st.integers(1, 90), min_size=1, max_size=12), st.integers(0, 110))
def test_however_often_is_looked_each_is_told_once(steps, late):
    """`late`: so many seconds after the moment that it bears it can be seen."""
    moment = at(0.1)
    clock, now, count = Clock(choices=ANY_HOUR, looked_until=moment - timedelta(seconds=1)), moment, 0
    for step in [*steps, 60, 60, 60]:
        now += timedelta(seconds=step)
        there = Told(sent=sent_at(moment) if now >= moment + timedelta(seconds=late) else ())
        found = look(known_at()(now), clock, there, LIBRARY)
        count += len(found.due)
        clock = replace(clock, looked_until=now, seen=found.seen)

    assert count == 1
    assert timedelta(seconds=110) < UNSEEN


# ------------------------------------------------------------------ tried again, as far as it stands

PHONE = UUID(int=7)
THIRD = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)


def again_after(
    seconds: float, known, choices=ANY_HOUR, told=Told(), at=THIRD, begins=ANY_HOUR, before=None, noticed=False
):
    """What is tried again of what was due `at`, by what is known so many seconds later."""
    clock = Clock(choices=begins, looked_until=at - timedelta(minutes=1), noticed=noticed)
    (due,) = look((before or known_at(plan=plan_at("15:00", count=1)))(at), clock, told, LIBRARY).due
    missed = Again(due=due, subscriptions=(PHONE,), next=at + timedelta(seconds=60))
    now = at + timedelta(seconds=seconds)
    clock = Clock(choices=choices, looked_until=at, again=(missed,), noticed=due.says == "notice" or noticed)
    return [one.due.says for one in look(known(now), clock, told, LIBRARY).again]


def test_while_nothing_changes_it_stands_until_it_is_late():
    known = known_at(plan=plan_at("15:00", count=1))

    assert again_after(120, known) == ["day-before"]
    assert again_after(15 * 60, known) == ["day-before"]
    assert again_after(15 * 60 + 1, known) == []


def test_what_was_noted_moved_deleted_or_closed_is_not_tried_again():
    plan = plan_at("15:00", count=1)
    moved = replace(plan, sessions=(replace(plan.sessions[0], time="16:00"),))
    for changed in (
        known_at(finished(2.2, "septic-joint"), plan=plan),
        known_at(finished(2.2, precautions=("extreme-needle-phobia",)), plan=plan),
        known_at(plan=plan_at("15:00", count=1, s1="missed")),
        known_at(plan=moved),
        known_at(),
    ):
        assert again_after(120, changed) == []


@pytest.mark.parametrize(
    "choices",
    [
        Choices(kinds=(), quiet=None),
        Choices(kinds=("hour-before",), quiet=None),
        Choices(quiet=quiet("15:00", "16:00")),
        Choices(quiet=quiet("15:02", "16:00")),
    ],
)
def test_what_is_not_wanted_any_more_is_not_tried_again(choices):
    assert again_after(120, known_at(plan=plan_at("15:00", count=1)), choices) == []


def test_a_notice_is_tried_again_while_the_plan_is_on_hold():
    closed = known_at(finished(0, "septic-joint"), plan=plan_at("15:00", count=1))

    assert again_after(120, closed, before=closed) == ["notice"]
    open_again = known_at(finished(0, "septic-joint"), finished(2.2082), plan=plan_at("15:00", count=1))
    assert again_after(120, open_again, before=closed) == []


def test_a_check_in_that_was_done_meanwhile_is_not_asked_for():
    plan = plan_at("15:00", first=18, count=4)
    ten = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
    known = known_at(finished(-1), plan=plan)

    assert again_after(120, known, before=known, at=ten, choices=CHECK_INS, begins=CHECK_INS) == ["check-in"]
    done = known_at(finished(-1), finished(6.0005), plan=plan)
    assert again_after(120, done, before=known, at=ten, choices=CHECK_INS, begins=CHECK_INS) == []


# ------------------------------------------------------------------ any life

ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "Asia/Kathmandu",
         "America/St_Johns", "UTC")  # fmt: skip
minutes = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))
# Days around the changes of clocks of both halves of the earth, and one without any.
days = st.sampled_from(
    [datetime(2026, 3, 6, tzinfo=UTC), datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 4, 3, tzinfo=UTC),
     datetime(2026, 10, 2, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC), datetime(2026, 10, 30, tzinfo=UTC),
     datetime(2026, 7, 3, tzinfo=UTC)]
)  # fmt: skip


@st.composite
def quiets(draw: st.DrawFn) -> QuietHours | None:
    begins, ends = draw(minutes), draw(minutes)
    return None if begins == ends else QuietHours(begins, ends)


@given(quiets(), st.sampled_from(ZONES), days, st.integers(0, 4 * 24 * 60))
@settings(max_examples=300)
def test_moved_out_of_quiet_hours_it_is_before_them_and_never_later(hours, zone, day, minute):
    moment, there = day + timedelta(minutes=minute), ZoneInfo(zone)

    moved = before_quiet(moment, hours, there)

    if moved is None:
        return
    assert moved <= moment
    assert not is_quiet(moved, hours, there)
    if moved != moment:
        # A quarter of an hour at the most, and then each one is quiet.
        step = moved + BEFORE
        while step <= moment:
            assert is_quiet(step, hours, there)
            step += timedelta(minutes=1)
        assert is_quiet(moved + BEFORE, hours, there)


@given(quiets(), st.sampled_from(ZONES), days, st.integers(0, 4 * 24 * 60))
@settings(max_examples=200)
def test_until_the_next_quiet_hours_no_minute_is_quiet(hours, zone, day, minute):
    moment, there = day + timedelta(minutes=minute), ZoneInfo(zone)
    if is_quiet(moment, hours, there):
        return

    ends = next_quiet(moment, moment + DAY, hours, there)

    assert moment < ends <= moment + DAY
    step = moment
    while step < ends:
        assert not is_quiet(step, hours, there)
        step += timedelta(minutes=1)
    assert ends == moment + DAY or is_quiet(ends, hours, there)


@st.composite
def lives(draw: st.DrawFn):
    """A plan of a few sessions around a change of clocks, in one zone, of somebody who is in another."""
    zone, here, day = draw(st.sampled_from(ZONES)), draw(st.sampled_from(ZONES)), draw(days)
    plan = plan_at(draw(minutes).strftime("%H:%M"), zone, count=3)
    apart = sorted(draw(st.lists(st.integers(0, 9), min_size=3, max_size=3, unique=True)))
    moved = [replace(one, day=(day + DAY * n).date()) for one, n in zip(plan.sessions, apart, strict=True)]
    kinds = tuple(one for one in KINDS if draw(st.booleans()))
    delays = draw(st.lists(st.integers(0, 25 * 60), min_size=1, max_size=7))
    return replace(plan, sessions=tuple(moved)), here, day, Choices(kinds=kinds, quiet=draw(quiets())), delays


@given(lives())
@settings(max_examples=150)
def test_never_in_quiet_hours_never_late_never_twice_and_never_untrue(life):
    plan, here, day, choices, delays = life
    each = iter(delays * 200)
    check_in = finished(0)
    check_in = replace(check_in, finished_at=day - 9 * DAY, updated_at=day - 9 * DAY, created_at=day - 9 * DAY)
    known = known_at(check_in, zone=here, plan=plan)

    sent = live(known, day - 3 * DAY, day + 12 * DAY, choices, delay=lambda: timedelta(seconds=next(each)))

    there, starts = ZoneInfo(plan.request.time_zone), {}
    for one in plan.sessions:
        starts[one.local.replace(tzinfo=there).astimezone(UTC)] = one
    for one in sent:
        assert one.due.kind in choices.kinds
        assert not is_quiet(one.at, choices.quiet, ZoneInfo(here))
        assert one.due.at <= one.at <= one.due.at + LATE
        assert one.at < one.due.ends <= one.due.at + AHEAD
        # However late a phone is on again.
        last = one.at + timedelta(seconds=message_of(one.due.says, one.due.ends, one.at).seconds)
        assert last <= one.due.ends
        while last >= one.at:
            assert last == one.due.ends or not is_quiet(last, choices.quiet, ZoneInfo(here))
            last -= timedelta(minutes=7)
        if one.due.says == "hour-before":
            assert one.due.at + timedelta(hours=1) in starts
        if one.due.says == "day-before":
            tomorrow = one.at.astimezone(there).date() + DAY
            assert tomorrow in {session.day for session in starts.values()}
    assert len({(one.due.says, one.due.at) for one in sent}) == len(sent)
    assert sum(one.due.kind == "day-before" for one in sent) <= 3
    assert sum(one.due.kind == "hour-before" for one in sent) <= 3


@given(lives())
@settings(max_examples=60)
def test_at_any_hour_and_in_time_each_session_has_both(life):
    plan, here, day, _choices, _delays = life
    choices = Choices(kinds=("day-before", "hour-before"), quiet=None)

    sent = live(known_at(zone=here, plan=plan), day - 3 * DAY, day + 14 * DAY, choices)

    assert [one.due.says for one in sent].count("hour-before") == 3
    assert [one.due.says for one in sent].count("day-before") == 3
