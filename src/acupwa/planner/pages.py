"""What the planner's templates get. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import ClassVar

import msgspec
from babel.dates import get_day_names

from acupwa.library.model import Library, PlannerNumber, PlannerWords, StopSign
from acupwa.planner.country_defaults import (
    all_zones,
    currency_choices,
    currency_of,
    has_holidays,
    zone_of,
    zones_by_country,
)
from acupwa.planner.course import course_of, make_course
from acupwa.planner.course_picture import Picture, draw
from acupwa.planner.forms import OFF_ROWS
from acupwa.planner.gate import Caution, Gate, instead_of
from acupwa.planner.model import WEEKDAYS, Course, NoCourse, PlanRequest, ReviewKind
from acupwa.planner.plan import SavedPlan, earliest_day, sessions_of
from acupwa.quiz.countries import country_name
from acupwa.quiz.help_lines import CountryNumbers, Phone, numbers_by_country, phones_of
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.retired_answers import known_answers
from acupwa.quiz.review import Care, care_of
from acupwa.reading.sources import alias_map, fact_names, study_name
from acupwa.web.forms import FieldError, FormData
from acupwa.wording import (
    cldr_locale,
    language,
    money_words,
    ngettext,
    number_words,
    short_weekday_date_words,
    time_words,
    weekday_date_words,
)
from acupwa.wording import gettext as _

SPARE_OFF_ROWS = 2
_WHY = {
    "per_week": ("per_week_default", "per_week_max", "days_apart"),
    "max_sessions": ("sessions_default", "sessions_low", "sessions_ceiling"),
    "minutes": ("minutes_default",),
}


class Ground(msgspec.Struct, frozen=True):
    """A study or fact behind a number. `href` is its page; a fact without one is told in `note`."""

    name: str
    href: str | None = None
    note: str = ""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Something said, with its ground. `value` for a number."""

    title: str
    says: str
    value: str = ""
    ours: bool = False
    grounds: tuple[Ground, ...] = ()


class ReviewLine(msgspec.Struct, frozen=True, kw_only=True):
    kind: ReviewKind
    after: int
    day: str
    told: Told


class SessionLine(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    day: str
    short_day: str
    iso: str
    time: str
    over: bool
    moved: bool
    extension: bool
    reviews: tuple[str, ...]


class CautionLine(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    says: str
    because: tuple[str, ...]


class Fact(msgspec.Struct, frozen=True):
    """One of the large figures: sessions, hours, money."""

    figure: str
    name: str
    detail: str = ""


class CourseView(msgspec.Struct, frozen=True, kw_only=True):
    facts: tuple[Fact, ...]
    when: str
    picture: Picture
    sessions: tuple[SessionLine, ...]
    reviews: tuple[ReviewLine, ...]
    decisions: tuple[Told, ...]
    afterwards: tuple[Told, ...]
    cautions: tuple[CautionLine, ...]
    for_conditions: tuple[Told, ...]
    numbers: tuple[Told, ...]
    trials: tuple[Told, ...]
    stop_at_once: tuple[StopSign, ...]


class Closed(msgspec.Struct, frozen=True, kw_only=True):
    """Why there is no plan. `care` are the danger signs among the reasons, with what to do and the numbers to call.

    `elsewhere` are the numbers of every country, when the person's is not known.
    """

    because: tuple[str, ...]
    instead: tuple[str, ...]
    care: tuple[Care, ...] = ()
    country: str | None = None
    elsewhere: tuple[CountryNumbers, ...] = ()


class FormValues(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the fields."""

    first_day: str
    weekdays: tuple[str, ...]
    time: str
    time_zone: str
    per_week: str
    max_sessions: str
    minutes: str
    travel_minutes: str
    price: str
    currency: str
    holidays: bool
    off: tuple[tuple[str, str], ...]


class FormChoices(msgspec.Struct, frozen=True, kw_only=True):
    weekdays: tuple[tuple[str, str, str], ...]
    per_week: tuple[tuple[str, str, str], ...]
    zone_options: tuple[tuple[str, str], ...]
    currencies: tuple[tuple[str, str], ...]
    most_sessions: int
    holiday_country: str | None
    guess_zone: bool


class ClosedPage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "planner/closed.html"
    title: str
    closed: Closed
    check_in: str
    has_plan: bool


class InvitePage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "planner/invite.html"
    title: str
    course: CourseView
    phones: tuple[Phone, ...]
    country: str | None = None


class FormPage(msgspec.Struct, frozen=True, kw_only=True):
    """The form, and under it what the last press of *Show my sessions* gave."""

    template: ClassVar[str] = "planner/form.html"
    title: str
    values: FormValues
    choices: FormChoices
    why: Mapping[str, tuple[Told, ...]]
    changing: bool
    kept: int = 0
    course: CourseView | None = None
    no_course: Closed | None = None
    errors: tuple[FieldError, ...] = ()


class PlanPage(msgspec.Struct, frozen=True, kw_only=True):
    """A plan that is kept. `closed` when a later check-in stands against it."""

    template: ClassVar[str] = "planner/plan.html"
    title: str
    course: CourseView
    next_session: SessionLine | None
    closed: Closed | None
    zone: str
    check_in: str | None
    phones: tuple[Phone, ...]
    country: str | None


class MovePage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "planner/move.html"
    title: str
    session: SessionLine
    last: bool
    day: str
    time: str
    which: str
    earliest: str
    days_apart: int
    errors: tuple[FieldError, ...] = ()


class DeletePage(msgspec.Struct, frozen=True):
    template: ClassVar[str] = "planner/delete.html"
    title: str


def closed_view(because: Sequence[str], library: Library, answers: Answers | None = None) -> Closed:
    """`answers` are those of the check-in that stands against a plan."""
    care = care_of(known_answers(answers, library), answers.country, library) if answers else ()
    unknown = bool(care) and answers is not None and answers.country is None
    return Closed(
        because=tuple(reason_words(reason, library) for reason in because),
        instead=instead_of(because, library),
        care=care,
        country=answers.country if answers else None,
        elsewhere=numbers_by_country(library) if unknown else (),
    )


def closed_page(entry: Gate, check_in: CheckIn, has_plan: bool, library: Library) -> ClosedPage:
    return ClosedPage(
        title=_("Why we make no plan now"),
        closed=closed_view(entry.because, library, check_in.answers),
        check_in=str(check_in.id),
        has_plan=has_plan,
    )


def form_page(
    values: FormValues,
    answers: Answers,
    library: Library,
    *,
    changing: bool,
    made: Course | NoCourse | None = None,
    kept: int = 0,
    request: PlanRequest | None = None,
    errors: tuple[FieldError, ...] = (),
) -> FormPage:
    """`made` is what the form gave for `request`; `kept` sessions of it are over."""
    course = course_view(made, request, library, over=kept) if isinstance(made, Course) and request else None
    title = _("Change your plan") if changing else _("Plan your sessions")
    told = _Teller(library)
    return FormPage(
        title=_("How your sessions would go") if course else title,
        values=values,
        choices=choices_for(values, answers, library),
        why={field: tuple(told.named(*names)) for field, names in _WHY.items()},
        changing=changing,
        kept=kept,
        course=course,
        no_course=closed_view(made.because, library) if isinstance(made, NoCourse) else None,
        errors=errors,
    )


def plan_page(
    plan: SavedPlan, course: Course, entry: Gate | None, check_in: CheckIn | None, today: date, library: Library
) -> PlanPage:
    over = sum(session.day < today for session in plan.standing)
    moved = frozenset(session.number for session in plan.standing if session.moved)
    view = course_view(course, plan.request, library, over=over, moved=moved)
    country = check_in.answers.country if check_in else None
    return PlanPage(
        title=_("Your plan"),
        course=view,
        next_session=view.sessions[over] if over < len(view.sessions) else None,
        closed=closed_view(entry.because, library, check_in.answers) if check_in and entry and not entry.open else None,
        zone=plan.request.time_zone,
        check_in=str(check_in.id) if check_in else None,
        phones=phones_of("emergency", country, library),
        country=country,
    )


def invite_page(library: Library, today: date) -> InvitePage:
    """How a course goes, for someone who has told us nothing yet."""
    guidance, monday = library.guidance, today + timedelta(days=7 - today.weekday())
    example = PlanRequest(
        conditions=(),
        first_day=monday,
        weekdays=(WEEKDAYS[0],),
        time="09:00",
        time_zone=zone_of(None),
        per_week=guidance.numbers.per_week_default.value,
        max_sessions=guidance.numbers.sessions_default.value,
        minutes=guidance.numbers.minutes_default.value,
    )
    made = make_course(example, library)
    assert isinstance(made, Course)  # noqa: S101 - nothing stands against an empty request
    return InvitePage(
        title=_("Plan your sessions"),
        course=course_view(made, example, library),
        phones=phones_of("emergency", None, library),
    )


def move_page(
    plan: SavedPlan,
    which: int,
    today: date,
    library: Library,
    *,
    form: FormData | None = None,
    errors: tuple[FieldError, ...] = (),
) -> MovePage:
    sessions, guidance = sessions_of(plan), library.guidance
    course = course_of(sessions, plan.request, (), guidance)
    line = next(line for line in _session_lines(course, (), 0, frozenset()) if line.number == which)
    day, _t, time = line.iso.partition("T")
    earliest = earliest_day(plan, which, today, guidance).isoformat()
    return MovePage(
        title=_("Move session {number}").format(number=which),
        session=line,
        last=which == sessions[-1].number,
        day=form.one("day") if form else max(day, earliest),
        time=form.one("time") if form else time,
        which=form.one("which") if form else "",
        earliest=earliest,
        days_apart=guidance.numbers.days_apart.value,
        errors=errors,
    )


def course_view(
    course: Course,
    request: PlanRequest,
    library: Library,
    *,
    over: int = 0,
    moved: frozenset[int] = frozenset(),
) -> CourseView:
    guidance = library.guidance
    told = _Teller(library)
    words = {one.id: one for one in guidance.reviews}
    reviews = tuple(
        ReviewLine(
            kind=review.kind,
            after=review.after_session,
            day=weekday_date_words(course.sessions[review.after_session - 1].local.date()),
            told=told.words(words[review.kind]),
        )
        for review in course.reviews
    )
    conditions = request.conditions
    return CourseView(
        facts=_facts(course, request),
        when=_when(request),
        picture=draw(course, over),
        sessions=tuple(_session_lines(course, reviews, over, moved)),
        reviews=reviews,
        decisions=tuple(told.words(one) for one in guidance.decisions),
        afterwards=tuple(told.words(one) for one in guidance.afterwards),
        cautions=tuple(_caution(one, library) for one in course.cautions),
        for_conditions=tuple(told.conditions(conditions)),
        numbers=tuple(told.number(one) for _name, one in guidance.numbers.items()),
        trials=tuple(told.trials(conditions)),
        stop_at_once=guidance.stop_at_once,
    )


def first_values(answers: Answers, library: Library, today: date) -> FormValues:
    """What stands in the form before anything was chosen."""
    guidance = library.guidance
    return FormValues(
        first_day=(today + timedelta(days=7)).isoformat(),
        weekdays=(),
        time="",
        time_zone=zone_of(answers.country),
        per_week=str(guidance.numbers.per_week_default.value),
        max_sessions=str(guidance.numbers.sessions_default.value),
        minutes=str(guidance.numbers.minutes_default.value),
        travel_minutes="",
        price="",
        currency=currency_of(answers.country, today),
        holidays=False,
        off=_with_spare_rows(()),
    )


def saved_values(plan: SavedPlan, today: date) -> FormValues:
    request = plan.request
    price = "" if request.price is None else f"{request.price:.2f}".removesuffix(".00")
    return FormValues(
        first_day=max(request.first_day, today).isoformat(),
        weekdays=request.weekdays,
        time=request.time,
        time_zone=request.time_zone,
        per_week=str(request.per_week),
        max_sessions=str(request.max_sessions),
        minutes=str(request.minutes),
        travel_minutes=str(request.travel_minutes or ""),
        price=price,
        currency=request.currency or currency_of(plan.country, today),
        holidays=plan.country is not None,
        off=_with_spare_rows(_breaks(plan.own_days_off)),
    )


def posted_values(form: FormData) -> FormValues:
    """What was typed, as it was typed."""
    rows = tuple((form.one(f"off_from.{row}"), form.one(f"off_to.{row}")) for row in range(OFF_ROWS))
    filled = max((index for index, row in enumerate(rows, 1) if any(row)), default=0)
    listed = tuple((day, "") for day in form.many("days_off"))
    return FormValues(
        first_day=form.one("first_day"),
        weekdays=form.many("weekdays"),
        time=form.one("time"),
        time_zone=form.one("time_zone"),
        per_week=form.one("per_week"),
        max_sessions=form.one("max_sessions"),
        minutes=form.one("minutes"),
        travel_minutes=form.one("travel_minutes"),
        price=form.one("price"),
        currency=form.one("currency"),
        holidays=bool(form.one("leave_out_holidays")),
        off=_with_spare_rows((*rows[:filled], *listed)),
    )


def reason_words(reason: str, library: Library) -> str:
    """What was answered, for a `key:id`."""
    key, _colon, one = reason.partition(":")
    if key == "red_flags":
        sign = library.red_flags.get(one)
        return sign.short if sign else _("a danger sign that we no longer ask about")
    if key == "precautions":
        return library.precautions[one].question
    if key == "conditions":
        return library.conditions[one].name
    if key == "main_symptom":
        return _("your main problem: {name}").format(name=library.ratings[one].name)
    if key == "max_sessions":
        return ngettext("{count} session in all", "{count} sessions in all", int(one)).format(count=one)
    return {"age_band": _("you are under 16"), "days_off": _("your weekdays and days off")}[key]


def weekday_words(day: str) -> str:
    """`mon` → Monday."""
    return str(get_day_names("wide", locale=cldr_locale(language()))[WEEKDAYS.index(day)])


class _Teller:
    """Turns content with its sources into what a template shows."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._aliases = alias_map(library)

    def words(self, one: PlannerWords) -> Told:
        grounds = self._grounds(one.studies, one.facts)
        return Told(title=one.title, says=one.says.strip(), ours=one.ours, grounds=grounds)

    def number(self, one: PlannerNumber) -> Told:
        return Told(
            title=one.name,
            value=number_words(one.value),
            says=one.why.strip(),
            ours=one.ours,
            grounds=self._grounds(one.studies, one.facts),
        )

    def named(self, *names: str) -> Iterable[Told]:
        return (self.number(getattr(self._library.guidance.numbers, name)) for name in names)

    def conditions(self, chosen: Sequence[str]) -> Iterable[Told]:
        for plan in self._library.guidance.by_condition:
            if not chosen or plan.condition in chosen:
                yield Told(
                    title=self._library.conditions[plan.condition].name,
                    says=plan.says.strip(),
                    grounds=self._grounds(plan.studies, plan.facts),
                )

    def trials(self, chosen: Sequence[str]) -> Iterable[Told]:
        """Those of the conditions, and those in long-lasting pain that the course rests on."""
        for one in self._library.guidance.protocols:
            if not chosen or one.condition in (*chosen, "other"):
                studies, facts = [one.study] if one.study else [], [one.fact] if one.fact else []
                grounds = self._grounds(studies, facts)
                named = tuple(Ground(ground.name, ground.href) for ground in grounds)
                yield Told(title=named[0].name, says=one.says.strip(), grounds=named)

    def _grounds(self, studies: Sequence[str], facts: Sequence[str]) -> tuple[Ground, ...]:
        found = []
        for name in studies:
            study = self._library.studies[self._aliases.get(name, name)]
            found.append(Ground(study_name(study), f"/studies/{study.id}"))
        for name in facts:
            fact = self._library.facts[name]
            by = " ".join(str(part) for part in (fact.by, fact.year) if part)
            if by or not fact.studies:
                found.append(Ground(by or fact_names()[fact.kind], note=fact.says.strip()))
            else:
                found += self._grounds(fact.studies, ())
        return tuple(dict.fromkeys(found))


def _facts(course: Course, request: PlanRequest) -> tuple[Fact, ...]:
    totals, first, last = course.totals, course.sessions[0].local.date(), course.sessions[-1].local.date()
    weeks = (last - first).days // 7 + 1
    facts = [
        Fact(
            number_words(totals.sessions),
            ngettext("session", "sessions", totals.sessions),
            ngettext("in {count} week", "in {count} weeks", weeks).format(count=weeks),
        ),
        Fact(
            number_words(totals.hours),
            _("hours"),
            _("with the way there and back") if request.travel_minutes else _("without the way there"),
        ),
    ]
    if totals.money is not None and request.price is not None:
        each = _("{price} a session").format(price=_money(request.price, request.currency))
        facts.append(Fact(_money(totals.money, request.currency), _("in all"), each))
    return tuple(facts)


def _money(amount: float, currency: str | None) -> str:
    return money_words(amount, currency) if currency else number_words(amount)


def _when(request: PlanRequest) -> str:
    days = [weekday_words(day) for day in request.weekdays]
    listed = days[-1]
    if len(days) > 1:
        listed = _("{days} or {last}").format(days=", ".join(days[:-1]), last=days[-1])
    often = ngettext("{count} session a week", "Up to {count} sessions a week", request.per_week).format(
        count=request.per_week
    )
    return _("{often}, on {days}, at {time}, {minutes} minutes each").format(
        often=often, days=listed, time=request.time, minutes=request.minutes
    )


def _session_lines(
    course: Course, reviews: Sequence[ReviewLine], over: int, moved: frozenset[int]
) -> Iterable[SessionLine]:
    for session in course.sessions:
        day = session.local.date()
        yield SessionLine(
            number=session.number,
            day=weekday_date_words(day),
            short_day=short_weekday_date_words(day),
            iso=session.local.isoformat(timespec="minutes"),
            time=time_words(session.start),
            over=session.number <= over,
            moved=session.number in moved,
            extension=session.phase == "extension",
            reviews=tuple(review.told.title for review in reviews if review.after == session.number),
        )


def _caution(caution: Caution, library: Library) -> CautionLine:
    because = tuple(reason_words(reason, library) for reason in caution.because)
    own = library.guidance.cautions.get(caution.id)
    if own:
        return CautionLine(title=own.title, says=own.says.strip(), because=because)
    precaution = library.precautions[caution.id]
    titles = {
        "avoid": _("Not there, or not this way"),
        "ask-first": _("Ask your doctor or team first"),
        "tell-practitioner": _("Tell your practitioner"),
    }
    return CautionLine(title=titles[precaution.advice], says=precaution.why.strip(), because=because)


def choices_for(values: FormValues, answers: Answers, library: Library) -> FormChoices:
    country = answers.country
    own_zones = zones_by_country().get(country or "", ())
    others = {*all_zones(), *([values.time_zone] if values.time_zone else [])} - set(own_zones)
    return FormChoices(
        weekdays=tuple((day, weekday_words(day), "") for day in WEEKDAYS),
        per_week=(("1", _("1 session a week"), ""), ("2", _("Up to 2 sessions a week"), "")),
        zone_options=tuple((zone, zone.replace("_", " ")) for zone in (*own_zones, *sorted(others))),
        currencies=currency_choices(language()),
        most_sessions=library.guidance.numbers.sessions_ceiling.value,
        holiday_country=country_name(country, language()) if country and has_holidays(country) else None,
        guess_zone=len(own_zones) != 1,
    )


def _breaks(days: Sequence[date]) -> tuple[tuple[str, str], ...]:
    """Days in a row as (first, last); a single day as (day, "")."""
    rows: list[list[date]] = []
    for day in sorted(days):
        if rows and day - rows[-1][-1] == timedelta(days=1):
            rows[-1].append(day)
        else:
            rows.append([day])
    return tuple((row[0].isoformat(), row[-1].isoformat() if len(row) > 1 else "") for row in rows[:OFF_ROWS])


def _with_spare_rows(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    spare = max(0, min(SPARE_OFF_ROWS, OFF_ROWS - len(rows)))
    return (*rows[:OFF_ROWS], *((("", ""),) * spare))
