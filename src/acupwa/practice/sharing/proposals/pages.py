"""What sending something back looks like, for the practitioner and for the patient. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.planner.closed_gate import ClosedGate, closed_gate, closed_to
from acupwa.planner.course_view import CourseView, course_view
from acupwa.planner.log import over_states
from acupwa.planner.model import Course, NoCourse
from acupwa.planner.plan_fields import FormChoices, FormValues, choices_for, often_text, posted_values, price_text
from acupwa.planner.preview import PlanPreview, without_room
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.nav import Nav, nav_of
from acupwa.practice.sharing.proposals.forms import RefusedDraft, first_plan
from acupwa.practice.sharing.proposals.model import Proposal, ProposedPlan, Reply
from acupwa.practice.sharing.proposals.plan_answers import plan_answers
from acupwa.practice.sharing.proposals.rules import NOTE_LENGTH
from acupwa.practice.sharing.shares.model import Share
from acupwa.quiz.model import CheckIn
from acupwa.web.forms import FieldError, FormData
from acupwa.wording import date_words, filled, ngettext
from acupwa.wording import gettext as _


class SendPage(msgspec.Struct, frozen=True, kw_only=True):
    """`closed` when the planner makes no such plan. `sent` are those of before, in words.

    `with_plan` is yes, no, or empty when that is what is asked.
    """

    template: ClassVar[str] = "practice/send.html"
    title: str
    nav: Nav
    id: str
    note: str
    pages: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    with_plan: str
    plan_asked: bool
    values: FormValues
    choices: FormChoices
    note_length: int
    sent: tuple[str, ...]
    closed: ClosedGate | None = None
    errors: tuple[FieldError, ...] = ()


class PageLine(msgspec.Struct, frozen=True, kw_only=True):
    slug: str
    title: str
    minutes: int


class ProposalPage(msgspec.Struct, frozen=True, kw_only=True):
    """`course` or `closed` when a plan was sent and there are answers; `fields` fill in the planner's form.

    `no_room`: it is closed by the person's own days off or the most they want to spend, not by their health. `to_confirm`: a short check-in comes before it can be taken.
    """

    template: ClassVar[str] = "practice/proposal.html"
    title: str
    id: str
    share: str
    sent: str
    note: str
    pages: tuple[PageLine, ...]
    pages_reply: Reply | None
    plan_reply: Reply | None
    course: CourseView | None
    closed: ClosedGate | None
    no_room: bool
    has_plan: bool
    seen: str
    fields: tuple[tuple[str, str], ...]
    open: bool
    to_confirm: bool
    fault: str = ""


class ProposalLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    words: str
    open: bool


def send_page(
    signed_in: SignedIn,
    share: Share,
    sent: Sequence[Proposal],
    library: Library,
    now: datetime,
    *,
    form: FormData | None = None,
    refused: RefusedDraft | None = None,
) -> SendPage:
    """Empty, or with what was typed and why it was `refused`. `now` is told on the clinic's clocks."""
    answers = plan_answers(share.copy, library)
    values = posted_values(form) if form else first_plan(answers, library, now)
    pages = sorted(library.pages.values(), key=lambda page: page.head.title.casefold())
    name = share.alias or _("Shared on {day}").format(day=date_words(share.created_at))
    return SendPage(
        title=filled(_("Message, reading or plan for {name}"), name=name),
        nav=nav_of(signed_in),
        id=str(share.id),
        note=form.one("note") if form else "",
        pages=tuple((page.slug, page.head.title) for page in pages),
        chosen=form.many("pages") if form else (),
        with_plan=(form and form.one("with_plan")) or ("" if refused and refused.asks else "no"),
        plan_asked=refused is not None and refused.asks,
        values=values,
        choices=choices_for(values, answers.country, library),
        note_length=NOTE_LENGTH,
        sent=tuple(_sent_words(one) for one in sent),
        closed=closed_gate(refused.refusal.because, library) if refused and refused.refusal else None,
        errors=refused.faults if refused else (),
    )


def proposal_page(
    proposal: Proposal,
    preview: PlanPreview | None,
    check_ins: Sequence[CheckIn],
    seen: str,
    library: Library,
    *,
    has_plan: bool,
    to_confirm: bool,
    fault: str = "",
) -> ProposalPage:
    content = proposal.content
    return ProposalPage(
        title=filled(_("{clinic} sent you something"), clinic=content.clinic),
        id=str(proposal.id),
        share=str(proposal.share_id),
        sent=filled(_("From {who}, on {day}."), who=content.practitioner, day=date_words(proposal.created_at)),
        note=content.note,
        pages=page_lines(content.pages, library),
        pages_reply=content.pages_reply,
        plan_reply=content.plan_reply,
        course=course_of(preview, library),
        closed=_closed(preview, check_ins, library),
        no_room=preview is not None and isinstance(preview.made, NoCourse) and without_room(preview.made),
        has_plan=has_plan,
        seen=seen,
        fields=_fields(content.plan, preview) if content.plan else (),
        open=content.open,
        to_confirm=to_confirm,
        fault=fault,
    )


def page_lines(slugs: Collection[str], library: Library) -> tuple[PageLine, ...]:
    """A page that is gone from the library is left out."""
    found = (library.pages[slug] for slug in slugs if slug in library.pages)
    return tuple(PageLine(slug=page.slug, title=page.head.title, minutes=page.minutes) for page in found)


def proposal_line(proposal: Proposal) -> ProposalLine:
    words = filled(_("{clinic}, on {day}"), clinic=proposal.content.clinic, day=date_words(proposal.created_at))
    return ProposalLine(id=str(proposal.id), words=words, open=proposal.content.open)


def changed_words() -> str:
    return _("The sessions would be different by now. Please check them again, then choose.")


def _sent_words(proposal: Proposal) -> str:
    parts = []
    if proposal.content.note:
        parts.append(_("a note"))
    count = len(proposal.content.pages)
    if count:
        parts.append(ngettext("{n} page to read", "{n} pages to read", count).format(n=count))
    if proposal.content.plan:
        parts.append(_("a plan"))
    day = date_words(proposal.created_at)
    who = proposal.content.practitioner
    return filled(_("On {day}, by {who}: {what}."), day=day, who=who, what=", ".join(parts))


def course_of(preview: PlanPreview | None, library: Library) -> CourseView | None:
    if preview is None or not isinstance(preview.made, Course):
        return None
    return course_view(preview.made, preview.asked.request, library, over_states(preview.kept))


def _closed(preview: PlanPreview | None, check_ins: Sequence[CheckIn], library: Library) -> ClosedGate | None:
    if preview is None or not isinstance(preview.made, NoCourse):
        return None
    return closed_to(check_ins, preview.made.because, library)


def _fields(plan: ProposedPlan, preview: PlanPreview | None) -> tuple[tuple[str, str], ...]:
    """The planner's own names, so that its form opens filled in."""
    first_day = preview.asked.request.first_day if preview else plan.first_day
    own = preview.asked.request if preview else None
    off = preview.asked.own_days_off if preview else ()
    country = preview.asked.country if preview else None
    plain = {
        "first_day": first_day.isoformat(),
        "time": plan.time,
        "time_zone": plan.time_zone,
        "per_week": often_text(plan.per_week, plan.every_weeks),
        "max_sessions": str(plan.max_sessions),
        "minutes": str(plan.minutes),
        "price": price_text(own.price if own else plan.price),
        "max_money": price_text(own.max_money if own else None),
        "currency": (own.currency if own else plan.currency) or "",
        "travel_minutes": str((own and own.travel_minutes) or ""),
        "leave_out_holidays": "yes" if country else "",
    }
    return (
        *((name, value) for name, value in plain.items() if value),
        *(("weekdays", day) for day in plan.weekdays),
        *(("days_off", day.isoformat()) for day in off),
    )
