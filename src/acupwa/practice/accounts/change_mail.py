"""The mail that tells a practitioner of a change in what opens their account. No health word, nothing secret. Pure."""

from __future__ import annotations

from typing import Literal

from acupwa.wording import filled
from acupwa.wording import gettext as _

Change = Literal[
    "password-set",
    "passkey-added",
    "passkey-removed",
    "code-made",
    "second-factor-set",
    "second-factor-removed",
    "name",
]


def change_words(what: Change, clinic: str) -> tuple[str, str]:
    """Subject and text."""
    done = {
        "password-set": _("A new password was chosen."),
        "passkey-added": _("A passkey was added."),
        "passkey-removed": _("A passkey was removed."),
        "code-made": _("A code was made, to sign in on another device. It works once, for ten minutes."),
        "second-factor-set": _("An authenticator app was set up."),
        "second-factor-removed": _("The authenticator app was removed."),
        "name": _("The name that patients see was changed."),
    }[what]
    text = _(
        "Something changed in your account at {clinic}:\n\n{done}\n\n"
        "If it was you, there is nothing to do.\n\n"
        "If it was not you, sign in, end the other sign-ins under Account, and choose a new password. If you cannot sign in, "
        "ask the owner of your clinic, or whoever runs the server, for a new link."
    )
    return _("Your account for Acupwa: something changed"), filled(text, clinic=clinic, done=done) + "\n"
