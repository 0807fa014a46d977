"""What stands in the form of a plan, and what it offers to choose from. Pure.

Public: a clinic that proposes a plan fills in the same fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import msgspec

from acupwa.library.model import Library
from acupwa.planner.country_defaults import (
    all_zones,
    currency_choices,
    currency_of,
    has_holidays,
    home_country,
    zone_for,
)
from acupwa.planner.history import standing_steps, steps_of
from acupwa.planner.model import WEEKDAYS, Part, PlanRequest, SavedPlan
from acupwa.planner.time_off import days_in, listed_rows, not_past
from acupwa.planner.words import weekday_words
from acupwa.quiz.countries import country_name
from acupwa.quiz.model import Answers
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of, many_of
from acupwa.web.forms import FormData
from acupwa.web.option import Option
from acupwa.web.ticks import TICKS, read_tick
from acupwa.wording import gettext as _
from acupwa.wording import language, time_words
from acupwa.zones import main_zones_by_country

# As many as older forms had; the form of today shows `MOST_OFF_ROWS` at the most, but those of a plan that has more.
OFF_ROWS = 12
FIRST_OFF_ROWS, MOST_OFF_ROWS = 2, 10
FORTNIGHTLY = "fortnight"
# Most people find theirs among these, so that a time is one tap; ANOTHER opens a field.
USUAL_TIMES = ("09:00", "12:00", "15:00", "18:00")
ANOTHER = "another"


PLAN_FIELDS: Declared = {
    **fields_of("first_day", "time", "other_time", "time_zone", "per_week", "max_sessions", "minutes"),
    **fields_of("travel_minutes", "price", "max_money", "currency"),
    **many_of("weekdays", "days_off"),
    **fields_of(*(f"off_{end}.{row}" for row in range(OFF_ROWS) for end in ("from", "to"))),
    "leave_out_holidays": TICKS,
    "every_weeks": ("1", "2"),
    "do": ("save", "preview", "more-off"),
    "clear_off": tuple(str(row) for row in range(OFF_ROWS)),
}


class FormValues(msgspec.Struct, frozen=True, kw_only=True):
    """The text in the fields, as it was typed. `per_week` is a number, or `fortnight`. `off` are rows of first and last day, `days_off` single days.

    `time` is the usual one that was chosen, or with `another_time` what was typed in its place.
    Those that have no row stand in `days_off_beside`, hidden: none of them is lost.
    `keep`: *Save this plan* was pressed, not *Show my sessions*. `rows_changed`: a row of days off was added or cleared, and
    nothing else is asked for; `rows` are shown at the least.
    """

    first_day: str = ""
    weekdays: tuple[str, ...] = ()
    time: str = ""
    another_time: bool = False
    time_zone: str = ""
    per_week: str = ""
    max_sessions: str = ""
    minutes: str = ""
    travel_minutes: str = ""
    price: str = ""
    max_money: str = ""
    currency: str = ""
    holidays: bool = False
    off: tuple[tuple[str, str], ...] = ()
    days_off: tuple[str, ...] = ()
    keep: bool = False
    rows: int = 0
    rows_changed: bool = False

    @property
    def time_choice(self) -> str:
        """Of `USUAL_TIMES`, or `ANOTHER` with the time in a field of its own; empty when nothing was chosen."""
        return ANOTHER if self.another_time or (self.time and self.time not in USUAL_TIMES) else self.time

    @property
    def off_rows(self) -> tuple[tuple[str, str], ...]:
        """The rows to show: those in use, and empty ones."""
        in_use = self._time_off[:OFF_ROWS]
        shown = max(len(in_use), min(self.rows, MOST_OFF_ROWS), FIRST_OFF_ROWS)
        return (*in_use, *((("", ""),) * (shown - len(in_use))))

    @property
    def days_off_beside(self) -> tuple[str, ...]:
        """The days of all that has no row."""
        return tuple(day for row in self._time_off[OFF_ROWS:] for day in days_in(*row))

    @property
    def _time_off(self) -> tuple[tuple[str, str], ...]:
        return (*self.off, *listed_rows(self.days_off))

    @property
    def more_off(self) -> bool:
        """Whether another row can be asked for."""
        return len(self.off_rows) < MOST_OFF_ROWS

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Names and values as they are posted, for a form that shows none of them: `posted_values` gives the same."""
        named = ["first_day", "time", "time_zone", "per_week", "max_sessions"]
        named += ["minutes", "travel_minutes", "price", "max_money", "currency"]
        breaks = [
            (f"off_{end}.{row}", days[place])
            for row, days in enumerate(self.off)
            for place, end in enumerate(("from", "to"))
        ]
        return (
            *((name, getattr(self, name)) for name in named),
            *(("weekdays", day) for day in self.weekdays),
            *breaks,
            *(("days_off", day) for day in self.days_off),
            *((("leave_out_holidays", "yes"),) if self.holidays else ()),
        )


class FormChoices(msgspec.Struct, frozen=True, kw_only=True):
    """`own_zones` are those of the person's country: among them, or where there is none, the phone's own is the better
    guess.
    """

    weekdays: tuple[Option, ...]
    times: tuple[Option, ...]
    per_week: tuple[Option, ...]
    zone_options: tuple[Option, ...]
    currencies: tuple[tuple[str, str], ...]
    most_sessions: int
    holiday_country: str | None
    own_zones: tuple[str, ...]


def first_values(answers: Answers, library: Library, today: date, zone: str | None = None) -> FormValues:
    """What stands in the form before anything was chosen. `zone`: where the sessions are, when that is known."""
    zone = zone or zone_for(answers.country, None)
    numbers = library.guidance.numbers
    return FormValues(
        first_day=(today + timedelta(days=7)).isoformat(),
        time_zone=zone,
        per_week=str(numbers.per_week_default.value),
        max_sessions=str(numbers.sessions_default.value),
        minutes=str(numbers.minutes_default.value),
        currency=currency_of(home_country(answers.country, zone), today),
    )


def saved_values(plan: SavedPlan, today: date) -> FormValues:
    """Days off that are past are left out. After a taper or a short course that has ended a course is asked for again, as
    the last one was.
    """
    request, course = plan.request, _last_course(plan) if plan.ended_at else plan.request
    return FormValues(
        first_day=max(request.first_day, today).isoformat(),
        weekdays=request.weekdays,
        time=request.time,
        time_zone=request.time_zone,
        per_week=often_text(course.per_week, course.every_weeks),
        max_sessions=str(course.max_sessions),
        minutes=str(request.minutes),
        travel_minutes=str(request.travel_minutes or ""),
        price=price_text(request.price),
        max_money=price_text(request.max_money),
        currency=request.currency or currency_of(home_country(plan.country, request.time_zone), today),
        holidays=plan.country is not None,
        days_off=tuple(day.isoformat() for day in not_past(plan.own_days_off, today)),
    )


def _last_course(plan: SavedPlan) -> PlanRequest:
    """What was asked for when a course was last laid, not a taper or a short one; where that is not known, the newest."""
    part, found = Part(), plan.request
    for step in standing_steps(steps_of(plan)):
        part = step.part or part
        if step.asked and part.phase == "course":
            found = step.asked.request
    return found


def posted_values(form: FormData) -> FormValues:
    posted = form.last
    off, rows, rows_changed = _posted_rows(posted)
    chosen, typed = posted.get("time", ""), posted.get("other_time", "")
    # A phone that shows both at once may send what was typed alone.
    another = chosen == ANOTHER or bool(typed and not chosen)
    return FormValues(
        first_day=posted.get("first_day", ""),
        weekdays=form.many("weekdays"),
        time=typed if another else chosen,
        another_time=another,
        time_zone=posted.get("time_zone", ""),
        per_week=_often(posted.get("per_week", ""), posted.get("every_weeks", "")),
        max_sessions=posted.get("max_sessions", ""),
        minutes=posted.get("minutes", ""),
        travel_minutes=posted.get("travel_minutes", ""),
        price=posted.get("price", ""),
        max_money=posted.get("max_money", ""),
        currency=posted.get("currency", ""),
        holidays=bool(read_tick(posted.get("leave_out_holidays", ""))),
        off=off,
        days_off=form.many("days_off"),
        keep=posted.get("do") == "save" and not rows_changed,
        rows=rows,
        rows_changed=rows_changed,
    )


def _posted_rows(posted: Mapping[str, str]) -> tuple[tuple[tuple[str, str], ...], int, bool]:
    """The rows of days off in use, how many were shown, and whether one was added or cleared by this press."""
    rows = [(posted.get(f"off_from.{row}", ""), posted.get(f"off_to.{row}", "")) for row in range(OFF_ROWS)]
    shown = max((row + 1 for row in range(OFF_ROWS) if f"off_from.{row}" in posted), default=0)
    more, cleared = posted.get("do") == "more-off", posted.get("clear_off", "")
    if cleared:
        del rows[int(cleared)]
    in_use = max((number for number, row in enumerate(rows, 1) if any(row)), default=0)
    return tuple(rows[:in_use]), shown + more - bool(cleared), more or bool(cleared)


def choices_for(values: FormValues, country: str | None, library: Library) -> FormChoices:
    """`country` (ISO 3166-1) is the person's, as they answered."""
    home = home_country(country, values.time_zone)
    own_zones = main_zones_by_country().get(country or "", ())
    others = {*all_zones(), *([values.time_zone] if values.time_zone else [])} - set(own_zones)
    return FormChoices(
        weekdays=tuple(Option(day, weekday_words(day)) for day in WEEKDAYS),
        times=(
            *(Option(one, time_words(datetime.combine(date.min, time.fromisoformat(one)))) for one in USUAL_TIMES),
            Option(ANOTHER, _("Another time")),
        ),
        per_week=(
            Option("1", _("Once a week")),
            Option("2", _("Up to twice a week")),
            Option(FORTNIGHTLY, _("Once every two weeks"), say("planner.form.fortnight_hint")),
        ),
        zone_options=(
            *(() if values.time_zone else (Option("", _("Choose")),)),
            *(Option(zone, zone.replace("_", " ")) for zone in (*own_zones, *sorted(others))),
        ),
        currencies=(*(() if values.currency else (("", _("Choose")),)), *currency_choices(language())),
        most_sessions=library.guidance.numbers.sessions_ceiling.value,
        holiday_country=country_name(home, language()) if home and has_holidays(home) else None,
        own_zones=own_zones,
    )


def often_text(per_week: int, every_weeks: int) -> str:
    """As it stands in the field: the number of sessions a week, or `fortnight`."""
    return str(per_week) if every_weeks == 1 else FORTNIGHTLY


def _often(per_week: str, every_weeks: str) -> str:
    """By the two names of the `plan` format, too; what does not go together is no frequency."""
    if every_weeks != "2" or per_week == FORTNIGHTLY:
        return per_week
    return FORTNIGHTLY if per_week in ("", "1") else f"{per_week} / {every_weeks}"


def price_text(price: float | None) -> str:
    """As it stands in the field: `45`, `37.50`."""
    return "" if price is None else f"{price:.2f}".removesuffix(".00")
