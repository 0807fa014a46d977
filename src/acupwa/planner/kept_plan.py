"""What a plan that this app keeps can be, for one that comes from elsewhere. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from acupwa.library.model import Library
from acupwa.planner.course import FORTNIGHT, search_weeks, spacing_fits
from acupwa.planner.currencies import money_used_since
from acupwa.planner.field_reading import FIRST_YEAR, LAST_YEAR
from acupwa.planner.history import MOST_STEPS, replayed
from acupwa.planner.kept_sessions import first_day_of, impossible_in_sessions, last_day_to_choose
from acupwa.planner.model import WEEKDAYS, PlanRequest, SavedPlan
from acupwa.planner.plan_fields import price_text
from acupwa.planner.plan_reading import SESSION_MINUTES, TRAVEL_MINUTES, read_max_money, read_price
from acupwa.planner.safety import gate_of_request, known_request, with_derived
from acupwa.web.forms import FieldError

# The list of another server may be older than ours.
_YEAR = timedelta(days=366)


def impossible_in_plan(plan: SavedPlan, library: Library) -> Iterator[str]:
    """The fields of it, by their names in a file, that no form and no move of a session could have made."""
    faults = [f"request.{name}" for name in _impossible_in_request(plan, library)]
    faults += [name for name, fits in _days_off(plan, library).items() if not fits]
    # The sessions are held against the request: where that cannot be, nothing can be said of them.
    yield from faults or [*impossible_in_sessions(plan, library.guidance), *_impossible_in_steps(plan, library)]


def _impossible_in_steps(plan: SavedPlan, library: Library) -> Iterator[str]:
    """The plan is what its steps make of it, and what they made on the way could be too: a person may go back to it."""
    if not plan.steps:
        return
    times = [step.at for step in plan.steps]
    if len(times) > MOST_STEPS or times != sorted(times) or (times[0], times[-1]) != (plan.created_at, plan.updated_at):
        yield "steps"
        return
    try:
        made = tuple(replayed(plan))
    except (LookupError, ValueError):
        yield "steps"
        return
    if made[-1] != plan:
        yield "visits" if made[-1].sessions != plan.sessions else "steps"
    requests: list[PlanRequest] = []
    for place, one in enumerate(made[:-1]):
        new = one.request not in requests
        requests.append(one.request)
        if any(impossible_in_sessions(one, library.guidance)) or (new and any(_impossible_in_request(one, library))):
            yield f"steps[{place}]"
            return


def _impossible_in_request(plan: SavedPlan, library: Library) -> Iterator[str]:
    request, numbers = plan.request, library.guidance.numbers
    fits = {
        "conditions": bool(request.conditions),
        "age_band": request.age_band is not None,
        "weekdays": bool(request.weekdays)
        and request.weekdays == tuple(day for day in WEEKDAYS if day in request.weekdays),
        "first_day": first_day_of(plan) <= request.first_day <= last_day_to_choose(plan),
        "per_week": 1 <= request.per_week <= numbers.per_week_max.value,
        "max_sessions": 1 <= request.max_sessions <= numbers.sessions_ceiling.value,
        "every_weeks": spacing_fits(request, library.guidance),
        "minutes": request.minutes in SESSION_MINUTES,
        "travel_minutes": request.travel_minutes in TRAVEL_MINUTES,
        "price": _can_be_typed(request.price),
        "max_money": _limit_can_be_typed(request),
        "currency": _can_be_chosen(plan),
    }
    yield from (name for name, can_be in fits.items() if not can_be)
    yield from _impossible_to_the_gate(request, library)


def _impossible_to_the_gate(request: PlanRequest, library: Library) -> Iterator[str]:
    """A plan is made of answers that let one be made, with all that follows from them."""
    known = known_request(request, library)
    complete = with_derived(known, library)
    if any(not _follows_since(one, library) for one in set(complete.precautions) - set(known.precautions)):
        yield "precautions"
    flags = tuple(dict.fromkeys((*request.red_flags, *complete.red_flags)))
    for reason in gate_of_request(replace(complete, red_flags=flags), library).because:
        # A sign that follows from precautions is their fault, as it was never ticked.
        yield reason.kind if reason.kind != "red_flags" or request.red_flags else "precautions"


def _follows_since(precaution: str, library: Library) -> bool:
    """What follows from a condition did not always: older plans lack it. From the age it always did."""
    return any(answer.startswith("conditions:") for answer in library.precautions[precaution].follows_from)


def _can_be_typed(price: float | None) -> bool:
    errors: list[FieldError] = []
    return read_price(price_text(price), errors) == price and not errors


def _limit_can_be_typed(request: PlanRequest) -> bool:
    errors: list[FieldError] = []
    return read_max_money(price_text(request.max_money), request.price, errors) == request.max_money and not errors


def _can_be_chosen(plan: SavedPlan) -> bool:
    currency = plan.request.currency
    if currency is None:
        return plan.request.price is None
    return currency in money_used_since(plan.created_at.date() - _YEAR)


def _days_off(plan: SavedPlan, library: Library) -> dict[str, bool]:
    """The days off are one's own, and the public holidays of a country from some first day on."""
    own, off = plan.own_days_off, plan.request.days_off
    holidays = sorted(set(off) - set(own))
    # The longer of the two: a plan that takes the place of another one takes its days off along.
    window = timedelta(weeks=search_weeks(FORTNIGHT, library.guidance))
    return {
        "own_days_off": _in_order(own) and set(own) <= set(off),
        "request.days_off": _in_order(off)
        and (not holidays or (plan.country is not None and holidays[-1] - holidays[0] <= window)),
    }


def _in_order(days: Sequence[date]) -> bool:
    return all(map(_in_calendar, days)) and list(days) == sorted(set(days))


def _in_calendar(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR
