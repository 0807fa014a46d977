"""Told by mail, where the server sends any: what changed in what opens an account."""

from acupwa.practice.accounts.change_mail import Change, change_words
from acupwa.practice.accounts.model import Clinic, Practitioner
from acupwa.web.mail import Mail


def tell_change(mail: Mail | None, who: Practitioner, clinic: Clinic, what: Change) -> None:
    """To the practitioner, whoever made the change."""
    if mail is not None:
        mail.send(who.email, *change_words(what, clinic.name))
