"""Each kind of line of the trail, in words. Pure."""

from __future__ import annotations

from acupwa.wording import gettext as _


def kind_words() -> dict[str, str]:
    """Each kind of line in words."""
    return {
        "signed-in": _("Signed in"),
        "sign-in-failed": _("Wrong password or code"),
        "sign-in-slowed": _("Sign-in slowed after wrong tries"),
        "signed-out": _("Signed out"),
        "sign-in-ended": _("Ended a sign-in elsewhere"),
        "proved": _("Showed again who they are"),
        "name-changed": _("Changed their name"),
        "password-set": _("Set a password"),
        "passkey-added": _("Added a passkey"),
        "passkey-removed": _("Removed a passkey"),
        "passkeys-dropped": _("Removed passkeys with a new password"),
        "second-factor-set": _("Set up an app for codes"),
        "second-factor-off": _("Took off the app for codes"),
        "code-made": _("Made a sign-in code"),
        "clinic-made": _("Clinic made"),
        "clinic-changed": _("Changed the clinic"),
        "clinic-second-factor": _("Changed how everyone signs in"),
        "invited": _("Invited"),
        "reset-made": _("Link for a new password"),
        "role-changed": _("Changed a role"),
        "removed": _("Removed"),
        "link-made": _("Made a link"),
        "link-withdrawn": _("Closed a link"),
        "share-received": _("A patient shared"),
        "share-withdrawn": _("A patient took it back"),
        "share-opened": _("Opened a share"),
        "share-beside": _("Looked at a share beside a newer one"),
        "share-copied": _("Took a share along"),
        "share-marked": _("Marked a share"),
        "proposal-sent": _("Sent something back"),
        "trail-exported": _("Downloaded the trail"),
    }
