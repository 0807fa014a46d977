"""The practitioner's form: a note, pages, a plan. Pure."""

from __future__ import annotations

from datetime import datetime

import msgspec

from acupwa.library.model import Library
from acupwa.planner.model import AskedPlan, NoCourse
from acupwa.planner.plan_fields import PLAN_FIELDS, FormValues, first_values, posted_values
from acupwa.planner.plan_reading import read_plan_form
from acupwa.planner.preview import refusal_of
from acupwa.practice.sharing.proposals.model import ProposalDraft
from acupwa.practice.sharing.proposals.rules import MOST_PAGES, NOTE_LENGTH, chosen_pages
from acupwa.quiz.model import Answers
from acupwa.web.declared import Declared, fields_of, many_of
from acupwa.web.forms import FieldError, FormData
from acupwa.web.ticks import TICKS, read_tick
from acupwa.wording import gettext as _
from acupwa.zones import UNKNOWN

SEND_FIELDS: Declared = {
    **PLAN_FIELDS,
    "with_plan": ("yes", "no"),
    "plan_asked": TICKS,
    **fields_of("note", "press", "whose"),
    **many_of("pages"),
}
_PLAN_FIELDS = (
    "first_day", "weekdays", "time", "time_zone", "per_week", "max_sessions", "minutes", "travel_minutes", "price",
    "max_money", "currency", "holidays", "off", "days_off",
)  # fmt: skip


class RefusedDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Why nothing is sent: faults of the form, or a plan that the planner does not make (`refusal`).

    `asks` whether a plan that was filled in is to be left out: the next press says so.
    """

    faults: tuple[FieldError, ...] = ()
    refusal: NoCourse | None = None
    asks: bool = False


def read_draft(form: FormData, answers: Answers, library: Library, now: datetime) -> ProposalDraft | RefusedDraft:
    """`answers` are those that were shared: a plan has to be one that the planner makes from them.

    `now` is told on the clinic's clocks.
    """
    note, pages = form.one("note"), chosen_pages(form.many("pages"), library.pages)
    asked = read_plan_form(posted_values(form), answers, library, now) if form.one("with_plan") == "yes" else None
    if _forgotten_plan(form, answers, library, now):
        return RefusedDraft(faults=(FieldError("with_plan", _forgotten_words(form)),), asks=True)
    plan = asked if isinstance(asked, AskedPlan) else None
    unknown = set(form.many("pages")) - set(library.pages)
    faults = (
        *_faults(note, pages, unknown=bool(unknown), with_plan=asked is not None),
        *(asked if isinstance(asked, tuple) else ()),
    )
    refusal = refusal_of(plan, library) if plan else None
    if faults or refusal:
        return RefusedDraft(faults=faults, refusal=refusal)
    return ProposalDraft(note=note, pages=pages, plan=plan)


def _forgotten_plan(form: FormData, answers: Answers, library: Library, now: datetime) -> bool:
    """Whether something of a plan was filled in, and the form says nothing of it, or has not been asked after its no."""
    said = form.one("with_plan")
    if said == "yes" or (said == "no" and read_tick(form.one("plan_asked"))):
        return False
    typed = posted_values(form)
    if not said:
        return any(getattr(typed, name) for name in _PLAN_FIELDS)
    first = first_plan(answers, library, now)
    return any(getattr(typed, name) not in ("", (), getattr(first, name)) for name in _PLAN_FIELDS)


def first_plan(answers: Answers, library: Library, now: datetime) -> FormValues:
    """What stands in the form at first. `now` is told on the clinic's clocks: its sessions are in its own zone."""
    zone = str(now.tzinfo)
    return first_values(answers, library, now.date(), None if zone == UNKNOWN else zone)


def _forgotten_words(form: FormData) -> str:
    if form.one("with_plan"):
        return _(
            "You filled in a plan but chose not to send it. Choose Yes to send it, or press Send again without it."
        )
    return _("You filled in a plan. Choose Yes to send it, or No to leave it out.")


def _faults(note: str, pages: tuple[str, ...], *, unknown: bool, with_plan: bool) -> tuple[FieldError, ...]:
    if unknown:
        return (FieldError("pages", _("We do not recognise one of these pages. Please tick from the list again.")),)
    if len(note) > NOTE_LENGTH:
        return (FieldError("note", _("Use 1,000 characters or fewer.")),)
    if len(pages) > MOST_PAGES:
        return (FieldError("pages", _("Choose ten pages or fewer: a long list puts a tired reader off.")),)
    if not note and not pages and not with_plan:
        return (FieldError("note", _("Nothing to send yet. Write a note, tick a page, or send a plan.")),)
    return ()
