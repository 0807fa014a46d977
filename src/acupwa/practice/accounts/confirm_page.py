"""What is asked once about people, passkeys and sign-ins. Pure."""

from __future__ import annotations

from acupwa.practice.accounts.model import Passkey, Practitioner, SignIn
from acupwa.web.confirm_page import ConfirmPage
from acupwa.wording import date_words, filled
from acupwa.wording import gettext as _


def confirm_removal(who: Practitioner, told: str) -> ConfirmPage:
    """`told` is their name as nobody else of the clinic has it."""
    return ConfirmPage(
        title=filled(_("Remove {who}?"), who=told),
        lines=(
            filled(
                _("{who} is signed out everywhere straight away. Their links close, and what they sent is deleted."),
                who=told,
            ),
            _("To come back they need a new invitation, and start again."),
        ),
        yes=_("Yes, remove"),
        action=f"/practice/people/{who.id}/remove",
        back="/practice/people",
    )


def confirm_link(who: Practitioner, told: str) -> ConfirmPage:
    """A new first link, or one for a new password: whoever holds it opens the account."""
    if who.ready:
        line = _("Anyone who has this link can choose a new password for {who}. It works once, for one day.")
        then = _(
            "Nothing changes until it is used. Then every other sign-in of theirs ends. An authenticator app stays."
        )
    else:
        line = _("Anyone who has this link can open the account of {who}. It works once, for seven days.")
        then = _("Their earlier link stops working.")
    return ConfirmPage(
        title=filled(_("Make a new link for {who}?"), who=told),
        lines=(
            filled(line, who=told),
            then,
            _("Give it to them alone, and make sure that it is really them who asks."),
        ),
        yes=_("Yes, make a link"),
        action=f"/practice/people/{who.id}/link",
        back="/practice/people",
        once=True,
    )


def confirm_role(who: Practitioner, told: str) -> ConfirmPage:
    """To the other role than the one that they have."""
    if who.is_owner:
        title, yes = _("Remove {who}’s owner rights?"), _("Yes, remove owner rights")
        line = _("They will see links and the inbox, but no longer people, clinic and activity log.")
    else:
        title, yes = _("Make {who} an owner?"), _("Yes, make owner")
        line = _(
            "They will be able to do everything you can: people, clinic and activity log too. They can also remove you."
        )
    return ConfirmPage(
        title=filled(title, who=told),
        lines=(line, _("An owner can change it back at any time.")),
        yes=yes,
        action=f"/practice/people/{who.id}/role",
        back="/practice/people",
        fields=(("role", "practitioner" if who.is_owner else "owner"),),
    )


def confirm_passkey(passkey: Passkey) -> ConfirmPage:
    name = passkey.name or _("A passkey")
    return ConfirmPage(
        title=_("Remove this passkey?"),
        lines=(
            filled(_("{name}, added on {day}."), name=name, day=date_words(passkey.created_at)),
            _("It will no longer open your account. You can add a new one on that device at any time."),
        ),
        yes=_("Yes, remove it"),
        action=f"/practice/account/passkeys/{passkey.id}/remove",
        back="/practice/account",
    )


def confirm_end(one: SignIn) -> ConfirmPage:
    words = _("{browser}, since {first}, last here on {last}.").format(
        browser=one.browser or _("A browser"), first=date_words(one.created_at), last=date_words(one.seen_at)
    )
    return ConfirmPage(
        title=_("End this sign-in?"),
        lines=(
            words,
            _("Anyone using it has to sign in again. Unsaved work there is kept for an hour."),
        ),
        yes=_("Yes, end it"),
        action=f"/practice/account/sign-ins/{one.id}/end",
        back="/practice/account",
    )


def confirm_end_others() -> ConfirmPage:
    return ConfirmPage(
        title=_("End all your other sign-ins?"),
        lines=(_("Only this browser stays signed in. You will have to sign in again everywhere else."),),
        yes=_("Yes, end them"),
        action="/practice/account/sign-ins/end-others",
        back="/practice/account",
    )
