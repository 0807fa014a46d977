"""How sessions are spread (docs/rules.md, "Dose and course")."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acupwa.library.model import Library
from acupwa.planner.course import make_course
from acupwa.planner.model import WEEKDAYS, Course, NoCourse, PlanRequest
from acupwa.planner.request_file import run_plan
from acupwa.zones import zone_names
from tests.support.plan_requests import planned, request_fields

ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Cairo", "UTC",
         "America/Santiago", "Africa/Casablanca", "Pacific/Apia", "Asia/Jerusalem")  # fmt: skip


def days_of(plan: dict) -> list[str]:
    return [session["local"][:10] for session in plan["sessions"]]


def test_the_example_of_the_interfaces(library: Library):
    plan = planned(library, days_off=["2027-01-18"])

    assert plan["made"] is True
    assert plan["sessions"][0] == {
        "number": 1,
        "start": "2027-01-04T09:00:00+00:00",
        "local": "2027-01-04T09:00",
        "minutes": 40,
        "phase": "course",
    }
    assert days_of(plan)[:3] == ["2027-01-04", "2027-01-11", "2027-01-25"]
    assert plan["reviews"] == [
        {"after_session": 1, "kind": "safety"},
        {"after_session": 4, "kind": "light"},
        {"after_session": 8, "kind": "decide"},
    ]
    assert plan["totals"] == {"sessions": 10, "hours": 11.7, "money": 450}
    assert plan["cautions"] == []
    assert plan["grounds"]


def test_the_first_session_falls_on_the_next_chosen_weekday(library: Library):
    assert days_of(planned(library, first_day="2027-01-05"))[0] == "2027-01-11"


def test_two_weekdays_that_touch_are_not_both_used(library: Library):
    plan = planned(library, weekdays=["mon", "tue"], per_week=2, max_sessions=3)
    assert days_of(plan) == ["2027-01-04", "2027-01-11", "2027-01-18"]


def test_sunday_and_monday_keep_two_days_apart(library: Library):
    plan = planned(library, weekdays=["sun", "mon"], first_day="2027-01-10", max_sessions=2)
    assert days_of(plan) == ["2027-01-10", "2027-01-17"]


def test_twice_a_week(library: Library):
    plan = planned(library, weekdays=["mon", "thu"], per_week=2, max_sessions=4)
    assert days_of(plan) == ["2027-01-04", "2027-01-07", "2027-01-11", "2027-01-14"]


def test_once_every_two_weeks(library: Library):
    plan = planned(library, every_weeks=2)
    days = days_of(plan)
    assert days[:3] == ["2027-01-04", "2027-01-18", "2027-02-01"]
    assert (len(days), days[-1]) == (10, "2027-05-10")
    assert plan["cautions"] == []


def test_an_on_week_without_a_free_day_gives_way_to_the_next_one(library: Library):
    plan = planned(library, every_weeks=2, days_off=["2027-01-18"], max_sessions=3)
    assert days_of(plan) == ["2027-01-04", "2027-02-01", "2027-02-15"]


def test_in_an_on_week_any_chosen_day_will_do(library: Library):
    plan = planned(library, every_weeks=2, weekdays=["mon", "sun"], days_off=["2027-01-18"], max_sessions=3)
    assert days_of(plan) == ["2027-01-04", "2027-01-24", "2027-02-01"]


def test_the_search_goes_on_for_a_year_with_one_every_two_weeks(library: Library):
    off = [(date(2027, 1, 4) + timedelta(weeks=week)).isoformat() for week in range(51)]
    assert days_of(planned(library, every_weeks=2, days_off=off)) == ["2027-12-27"]
    assert planned(library, every_weeks=2, days_off=[*off, "2027-12-27"])["because"] == ["days_off:none-left"]


def test_nine_stays_nine_when_the_clocks_change(library: Library):
    plan = planned(library, first_day="2027-03-22", max_sessions=2)
    assert [session["start"] for session in plan["sessions"]] == [
        "2027-03-22T09:00:00+00:00",
        "2027-03-29T09:00:00+01:00",
    ]


def test_a_day_on_which_the_clocks_skip_the_time_is_left_out(library: Library):
    plan = planned(library, weekdays=["sun"], first_day="2027-03-21", time="01:30", max_sessions=2)
    assert days_of(plan) == ["2027-03-21", "2027-04-04"]


def test_a_time_that_comes_twice_is_the_first_of_the_two(library: Library):
    plan = planned(library, weekdays=["sun"], first_day="2027-10-31", time="01:30", max_sessions=1)
    assert plan["sessions"][0]["start"] == "2027-10-31T01:30:00+01:00"


@pytest.mark.parametrize(
    ("sessions", "kinds"),
    [
        (1, [("safety", 1), ("decide", 1)]),
        (5, [("safety", 1), ("decide", 5)]),
        (6, [("safety", 1), ("light", 4), ("decide", 6)]),
        (8, [("safety", 1), ("light", 4), ("decide", 8)]),
        (15, [("safety", 1), ("light", 4), ("decide", 8)]),
    ],
)
def test_reviews_come_after_1_4_and_8(library: Library, sessions: int, kinds: list):
    plan = planned(library, max_sessions=sessions)
    assert [(one["kind"], one["after_session"]) for one in plan["reviews"]] == kinds


def test_sessions_after_the_tenth_are_an_extension(library: Library):
    phases = [session["phase"] for session in planned(library, max_sessions=15)["sessions"]]
    assert phases == ["course"] * 10 + ["extension"] * 5


def test_under_six_sessions_is_said_to_be_below_what_trials_gave(library: Library):
    plan = planned(library, max_sessions=5)
    assert plan["cautions"] == [{"id": "below-trial-range", "because": ["max_sessions:5"]}]
    assert planned(library, max_sessions=6)["cautions"] == []


def test_no_day_left_within_half_a_year_makes_no_plan(library: Library):
    mondays = [(date(2027, 1, 4) + timedelta(weeks=week)).isoformat() for week in range(26)]
    plan = planned(library, days_off=mondays)
    assert plan == {"made": False, "because": ["days_off:none-left"], "instead": plan["instead"]}
    assert plan["instead"]


def test_fewer_free_days_than_sessions_gives_the_plan_that_fits(library: Library):
    mondays = [(date(2027, 1, 4) + timedelta(weeks=week)).isoformat() for week in range(2, 26)]
    plan = planned(library, days_off=mondays)
    assert days_of(plan) == ["2027-01-04", "2027-01-11"]
    assert [caution["id"] for caution in plan["cautions"]] == ["below-trial-range", "fewer-than-asked"]


def test_the_last_days_of_the_calendar_are_no_trouble(library: Library):
    assert planned(library, first_day="2200-12-30", weekdays=["wed"])["made"]


def test_no_price_gives_no_money(library: Library):
    assert planned(library, price=...)["totals"]["money"] is None


def test_money_is_counted_without_rounding_faults(library: Library):
    assert planned(library, price=0.1, max_sessions=3)["totals"]["money"] == 0.3


@pytest.mark.parametrize(
    ("price", "most", "sessions"),
    [
        (45, 450, 10), (45, 449.99, 9), (45, 315, 7), (45, 45, 1), (0.1, 0.3, 3), (0.1, 0.7, 7), (19.99, 139.93, 7),
        (0, 0, 10), (45, 1_000_000_000, 10), (1e-300, 1_000_000_000, 10),
    ],
)  # fmt: skip
def test_there_are_as_many_sessions_as_the_money_pays_for(library: Library, price: float, most: float, sessions: int):
    plan = planned(library, price=price, max_money=most)
    assert len(plan["sessions"]) == sessions
    told = [one["because"] for one in plan["cautions"] if one["id"] == "money-cap"]
    assert told == ([[f"max_money:{sessions}"]] if sessions < 10 else [])
    assert "fewer-than-asked" not in [one["id"] for one in plan["cautions"]]


def test_where_days_run_out_before_the_money_the_days_are_told(library: Library):
    mondays = [(date(2027, 1, 4) + timedelta(weeks=week)).isoformat() for week in range(2, 26)]
    plan = planned(library, days_off=mondays, max_money=315)
    assert [caution["id"] for caution in plan["cautions"]] == ["below-trial-range", "fewer-than-asked"]


def test_a_request_without_a_limit_keeps_the_calendar_that_it_had(library: Library):
    code, text, _ = run_plan(json.dumps(request_fields()).encode(), library, format="ics")
    assert code == 0
    assert "UID:4b97f810-9430-5f91-b975-10dc5c7d82fd-1@acupwa" in text


def test_a_closed_gate_says_why_and_what_instead(library: Library):
    plan = planned(library, red_flags=["septic-joint"])
    assert set(plan) == {"made", "because", "instead"}
    assert plan["because"] == ["red_flags:septic-joint"]


def test_a_hot_swollen_joint_is_a_red_flag_here_too(library: Library):
    assert planned(library, precautions=["hot-swollen-joint"])["because"] == ["red_flags:septic-joint"]


requests = st.builds(
    PlanRequest,
    conditions=st.just(("ra",)),
    first_day=st.dates(date(2024, 1, 1), date(2032, 12, 31)),
    weekdays=st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True).map(tuple),
    time=st.times().map(lambda at: at.strftime("%H:%M")),
    time_zone=st.sampled_from(ZONES),
    per_week=st.integers(1, 2),
    max_sessions=st.integers(1, 15),
    minutes=st.integers(1, 300),
    travel_minutes=st.integers(0, 300),
    price=st.none() | st.decimals(0, 5000, places=2).map(float),
    max_money=st.none() | st.decimals(5000, 20_000, places=2).map(float),
    days_off=st.lists(st.dates(date(2024, 1, 1), date(2033, 12, 31)), max_size=30).map(tuple),
) | st.builds(
    PlanRequest,
    conditions=st.just(("ra",)),
    first_day=st.dates(date(2024, 1, 1), date(2032, 12, 31)),
    weekdays=st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True).map(tuple),
    time=st.times().map(lambda at: at.strftime("%H:%M")),
    time_zone=st.sampled_from(ZONES),
    per_week=st.just(1),
    every_weeks=st.just(2),
    max_sessions=st.integers(1, 10),
    minutes=st.integers(1, 300),
    days_off=st.lists(st.dates(date(2024, 1, 1), date(2033, 12, 31)), max_size=30).map(tuple),
)


def course_of(request: PlanRequest, library: Library) -> Course:
    course = make_course(request, library)
    assert isinstance(course, Course)
    return course


@given(request=requests)
def test_sessions_keep_to_the_chosen_weekdays_and_the_first_day(library: Library, request: PlanRequest):
    for session in course_of(request, library).sessions:
        assert WEEKDAYS[session.local.weekday()] in request.weekdays
        assert session.local.date() >= request.first_day


@given(request=requests, shifts=st.lists(st.integers(0, 181), max_size=60))
def test_sessions_never_fall_on_a_day_off(library: Library, request: PlanRequest, shifts: list[int]):
    off = tuple(request.first_day + timedelta(days=shift) for shift in shifts)
    made = make_course(PlanRequest(**{**_fields(request), "days_off": off}), library)
    if isinstance(made, Course):
        assert not set(off) & {session.local.date() for session in made.sessions}


@given(request=requests)
def test_sessions_are_two_days_apart_or_more(library: Library, request: PlanRequest):
    days = [session.local.date() for session in course_of(request, library).sessions]
    assert all(later - earlier >= timedelta(days=2) for earlier, later in pairwise(days))


@given(request=requests)
def test_no_week_has_more_sessions_than_asked(library: Library, request: PlanRequest):
    days = [session.local.date() for session in course_of(request, library).sessions]
    mondays = [day - timedelta(days=day.weekday()) for day in days]
    assert max(mondays.count(monday) for monday in mondays) <= request.per_week


@given(request=requests)
@example(
    request=PlanRequest(
        conditions=("ra",), first_day=date(2027, 3, 1), weekdays=("sun",), time="01:30",
        time_zone="Europe/London", per_week=1, max_sessions=10, minutes=30,
    )
)  # fmt: skip
def test_the_local_time_never_changes(library: Library, request: PlanRequest):
    zone = ZoneInfo(request.time_zone)
    for session in course_of(request, library).sessions:
        assert session.local.strftime("%H:%M") == request.time
        assert session.start.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == session.local


@given(request=requests)
def test_all_sessions_fall_within_the_weeks_that_are_searched_and_no_more_than_asked(
    library: Library, request: PlanRequest
):
    course = course_of(request, library)
    assert 1 <= len(course.sessions) <= request.max_sessions
    assert course.sessions[-1].local.date() < request.first_day + timedelta(weeks=26 * request.every_weeks)
    assert [session.number for session in course.sessions] == list(range(1, len(course.sessions) + 1))


@given(request=requests)
def test_totals_count_sessions_time_and_money(library: Library, request: PlanRequest):
    course = course_of(request, library)
    minutes = len(course.sessions) * (request.minutes + request.travel_minutes)
    assert course.totals.sessions == len(course.sessions)
    assert course.totals.hours == pytest.approx(minutes / 60, abs=0.0501)
    if request.price is None:
        assert course.totals.money is None
    else:
        assert course.totals.money == pytest.approx(request.price * len(course.sessions))


@given(request=requests)
def test_a_course_never_costs_more_than_was_said_and_wastes_nothing(library: Library, request: PlanRequest):
    course = course_of(request, library)
    if request.max_money is None or not request.price:
        assert "money-cap" not in [one.id for one in course.cautions]
        return
    price, most, many = Decimal(str(request.price)), Decimal(str(request.max_money)), len(course.sessions)
    assert many * price <= most
    stopped_by_money = "money-cap" in [one.id for one in course.cautions]
    assert stopped_by_money == (many < request.max_sessions and (many + 1) * price > most)


@given(request=requests)
def test_sessions_lie_a_whole_number_of_turns_apart(library: Library, request: PlanRequest):
    """With one every two weeks, all lie in weeks an even number of weeks after the first one's."""
    days = [session.local.date() for session in course_of(request, library).sessions]
    mondays = [day - timedelta(days=day.weekday()) for day in days]
    assert {(monday - mondays[0]).days // 7 % request.every_weeks for monday in mondays} == {0}


@given(request=requests)
def test_the_decision_comes_at_the_latest_after_the_tenth_or_the_last_session(library: Library, request: PlanRequest):
    course = course_of(request, library)
    [decide] = [review for review in course.reviews if review.kind == "decide"]
    assert 1 <= decide.after_session <= min(10, len(course.sessions))
    assert course.reviews[0].kind == "safety"


@given(request=requests)
def test_no_earlier_free_day_is_passed_over(library: Library, request: PlanRequest):
    """Every possible day before a session is off, too near to the session before, or in a full week."""
    days = [session.local.date() for session in course_of(request, library).sessions]
    for index, day in enumerate(days):
        before = days[index - 1] if index else request.first_day - timedelta(days=9)
        skipped = [before + timedelta(days=n) for n in range(1, (day - before).days)]
        for one in skipped:
            in_week = sum(d.isocalendar()[:2] == one.isocalendar()[:2] for d in days[:index])
            assert (
                one < request.first_day
                or WEEKDAYS[one.weekday()] not in request.weekdays
                or one in request.days_off
                or (one - before).days < 2
                or in_week >= request.per_week
                or (index and _weeks(before, one) % request.every_weeks)
                or _skipped_by_the_clocks(one, request)
            )


@given(zone=st.sampled_from(sorted(zone_names())))
def test_every_time_zone_works(library: Library, zone: str):
    request = PlanRequest(
        conditions=("ra",), first_day=date(2027, 3, 1), weekdays=("mon",), time="09:00", time_zone=zone,
        per_week=1, max_sessions=10, minutes=30,
    )  # fmt: skip
    assert len(course_of(request, library).sessions) == 10


@given(request=requests)
def test_a_plan_is_never_made_with_a_red_flag(library: Library, request: PlanRequest):
    flagged = PlanRequest(**{**_fields(request), "red_flags": (next(iter(library.red_flags)),)})
    assert isinstance(make_course(flagged, library), NoCourse)


def _weeks(earlier: date, later: date) -> int:
    return ((later - timedelta(days=later.weekday())) - (earlier - timedelta(days=earlier.weekday()))).days // 7


def _fields(request: PlanRequest) -> dict:
    return {name: getattr(request, name) for name in PlanRequest.__struct_fields__}


def _skipped_by_the_clocks(day: date, request: PlanRequest) -> bool:
    zone = ZoneInfo(request.time_zone)
    local = datetime.fromisoformat(f"{day.isoformat()}T{request.time}").replace(tzinfo=zone)
    return local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None)
