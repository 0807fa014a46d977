"""What a patient is asked once before it ends: a share, a clinic's question, being asked again. Pure."""

from __future__ import annotations

from acupwa.planner.course_view import CourseView
from acupwa.practice.sharing.follow_up.model import FollowUp
from acupwa.practice.sharing.pages import own_line
from acupwa.practice.sharing.proposals.model import Proposal
from acupwa.practice.sharing.shares.model import Share, SharePreview
from acupwa.web.confirm_page import ConfirmPage
from acupwa.wording import filled
from acupwa.wording import gettext as _


def confirm_withdrawal(share: Share) -> ConfirmPage:
    return ConfirmPage(
        title=filled(_("Withdraw it from {clinic}?"), clinic=share.copy.clinic),
        lines=(
            own_line(share).words,
            _(
                "The clinic can then no longer open it, and what they sent you because of it is deleted. What they read or "
                "copied before stays with them."
            ),
        ),
        yes=_("Yes, withdraw it"),
        action=f"/me/shares/{share.id}/withdraw",
        back=f"/me/shares/{share.id}",
    )


def confirm_decline(preview: SharePreview) -> ConfirmPage:
    clinic, address = preview.link.clinic, f"/me/share/{preview.check_in.id}/{preview.link.id}"
    return ConfirmPage(
        title=filled(_("Share nothing with {clinic}?"), clinic=clinic),
        lines=(
            filled(_("Then {clinic} gets none of these answers. They stay yours."), clinic=clinic),
            _(
                "You cannot change this here later. You would have to open the clinic’s link again, or ask them for a new one."
            ),
            _("Not sure? Go back and decide later."),
        ),
        yes=_("Yes, share nothing"),
        action=f"{address}/decline",
        back=address,
    )


def confirm_stop(follow_up: FollowUp) -> ConfirmPage:
    clinic = follow_up.state.clinic
    return ConfirmPage(
        title=filled(_("Stop {clinic} asking you again?"), clinic=clinic),
        lines=(
            _("This reminder will go, and you will get no more of them. What you shared stays."),
            _("To be asked again, share once more through one of their links."),
        ),
        yes=_("Yes, do not ask me again"),
        action=f"/me/follow-up/{follow_up.id}/stop",
        back=f"/me/shares/{follow_up.share_id}",
    )


def confirm_plan(proposal: Proposal, course: CourseView, seen: str) -> ConfirmPage:
    """In place of a plan that they have. `seen` are the sessions that are shown."""
    address = f"/me/proposals/{proposal.id}"
    return ConfirmPage(
        title=_("Replace your plan with this one?"),
        lines=(
            f"{course.when}.",
            _("Past sessions and your days off stay. The other sessions in your plan are cancelled."),
        ),
        yes=_("Yes, make it my plan"),
        action=f"{address}/plan",
        back=address,
        fields=(("seen", seen),),
    )
