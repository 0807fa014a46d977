"""What clinics ask of a person, or sent them, as far as it waits for an answer. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from acupwa.practice.links.model import ShareRequest
from acupwa.practice.sharing.follow_up.model import FollowUp
from acupwa.practice.sharing.proposals.model import Proposal
from acupwa.quiz.model import CheckIn
from acupwa.today.model import ClinicAsk, ClinicWaits


def clinic_waits(
    reminders: Iterable[FollowUp],
    requests: Iterable[ShareRequest],
    proposals: Iterable[Proposal],
    newest: CheckIn | None,
) -> tuple[ClinicWaits, ...]:
    """`requests` are links that were opened, with nothing shared by them yet; `newest` is the newest finished check-in."""
    return (*_asked(reminders, requests, newest), *_sent(proposals), *_put_off(requests, newest))


def _asked(
    reminders: Iterable[FollowUp], requests: Iterable[ShareRequest], newest: CheckIn | None
) -> Iterator[ClinicWaits]:
    for due in reminders:
        yield ClinicWaits(clinic=due.state.clinic, what="again", href=f"/me/follow-up/{due.id}")
    for one in requests:
        if not _is_answered(one, newest):
            yield ClinicWaits(clinic=one.link.clinic, what="first", href="/quiz")


def _sent(proposals: Iterable[Proposal]) -> Iterator[ClinicWaits]:
    for one in proposals:
        if one.content.open:
            what: ClinicAsk = "plan" if one.content.plan_reply == "open" else "pages"
            yield ClinicWaits(clinic=one.content.clinic, what=what, href=f"/me/proposals/{one.id}")


def _put_off(requests: Iterable[ShareRequest], newest: CheckIn | None) -> Iterator[ClinicWaits]:
    for one in requests:
        if newest and _is_answered(one, newest):
            yield ClinicWaits(clinic=one.link.clinic, what="share", href=f"/me/share/{newest.id}/{one.link.id}")


def _is_answered(request: ShareRequest, newest: CheckIn | None) -> bool:
    finished = newest.finished_at if newest else None
    return finished is not None and request.opened_at <= finished
