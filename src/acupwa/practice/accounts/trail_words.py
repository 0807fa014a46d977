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
        "sign-in-ended": _("Ended another sign-in"),
        "proved": _("Confirmed who they are"),
        "name-changed": _("Changed their name"),
        "password-set": _("Set a password"),
        "passkey-added": _("Added a passkey"),
        "passkey-removed": _("Removed a passkey"),
        "passkeys-dropped": _("Removed passkeys with a new password"),
        "second-factor-set": _("Set up an authenticator app"),
        "second-factor-off": _("Removed an authenticator app"),
        "code-made": _("Made a sign-in code"),
        "clinic-made": _("Clinic created"),
        "clinic-changed": _("Changed the clinic"),
        "clinic-second-factor": _("Changed how everyone signs in"),
        "invited": _("Invited"),
        "reset-made": _("Link for a new password"),
        "role-changed": _("Changed a role"),
        "removed": _("Removed"),
        "link-made": _("Created a link"),
        "link-withdrawn": _("Closed a link"),
        "share-received": _("A patient shared"),
        "share-withdrawn": _("A patient withdrew it"),
        "share-opened": _("Opened a share"),
        "share-beside": _("Opened a share to compare with a newer one"),
        "share-copied": _("Saved or printed a share"),
        "share-marked": _("Marked a share"),
        "proposal-sent": _("Sent a message, reading or plan"),
        "trail-exported": _("Downloaded the activity log"),
    }
