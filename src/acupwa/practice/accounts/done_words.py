"""What a practitioner has just done, said on the page after it. Pure."""

from __future__ import annotations

import re

import msgspec

from acupwa.wording import gettext as _

_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """`words` are empty when nothing was done. `undo` is where a press of *Undo* goes, with `seen` as its field."""

    words: str = ""
    undo: str = ""
    seen: str = ""


NOTHING = Done()


def done_of(key: str, about: str = "") -> Done:
    """`key` is that of the address; one that is not ours says nothing. `about` is the key of a share."""
    words = _words().get(key, "")
    undo = words and _KEY.fullmatch(about) and {"seen": "no", "unseen": "yes"}.get(key)
    return Done(words=words, undo=f"/practice/inbox/{about}/seen" if undo else "", seen=undo or "")


def _words() -> dict[str, str]:
    return {
        "first": _(
            "Your clinic is ready, and you are signed in. Next: make a link for a patient, or add a passkey under More, Account."
        ),
        "clinic": _("Saved. Patients will see it, and it will be on the card."),
        "name": _("Saved. Patients will see this name."),
        "password": _("Your password is changed. You are signed out everywhere else."),
        "passkey-added": _("The passkey was added. You can sign in with it."),
        "passkey-removed": _("The passkey was removed. It no longer works."),
        "proved": _("Thank you. Press the button once more. We will not ask again for five minutes."),
        "second-factor-set": _(
            "Set up. From now on, signing in with a password also needs a code from the app. You are signed out everywhere else."
        ),
        "second-factor-removed": _("Removed. Signing in with a password no longer needs a code."),
        "second-factor-of": _("Removed, and signed out everywhere."),
        "sign-in-ended": _("That sign-in has ended."),
        "others-ended": _("All your other sign-ins have ended."),
        "link-made": _("The link is ready."),
        "link-withdrawn": _("The link was withdrawn. Nobody can open it now."),
        "seen": _("Marked as seen."),
        "unseen": _("Mark as unseen, as not seen."),
        "note": _("Your note was saved."),
        "note-deleted": _("Your note was deleted."),
        "sent": _("Sent. The patient finds it on their own pages."),
        "role": _("Saved."),
        "removed": _("Removed, and signed out everywhere."),
    }
