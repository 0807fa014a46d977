"""The forms of reminders: what is chosen, and where a browser is reached. Pure."""

from __future__ import annotations

import re
from datetime import time

from acupwa.reminders.model import KINDS, Choices, QuietHours
from acupwa.web.declared import Declared, fields_of, many_of
from acupwa.web.forms import FieldError, FormData, FormReader
from acupwa.web.push_message import Browser, are_keys
from acupwa.wording import gettext as _

FROM, TO = "quiet_from", "quiet_to"
CHOICE_FIELDS: Declared = {**many_of("kinds"), **fields_of(FROM, TO)}
SUBSCRIPTION_FIELDS: Declared = fields_of("endpoint", "p256dh", "auth", "again")
END_FIELDS: Declared = fields_of("endpoint")
# Browsers send the first; some with seconds.
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?")


def read_choices(form: FormData) -> Choices | tuple[FieldError, ...]:
    reader = FormReader(form)
    kinds = reader.many_of("kinds", KINDS, _("We do not know this choice. Choose again."))
    begins, ends = _time(reader, FROM), _time(reader, TO)
    if begins is None and ends is not None:
        reader.fault(FROM, _("Say when the quiet hours begin, or leave both empty."))
    if ends is None and begins is not None:
        reader.fault(TO, _("Say when the quiet hours end, or leave both empty."))
    if begins is not None and begins == ends:
        reader.fault(
            TO, _("Quiet hours cannot begin and end at the same time. Choose another time, or leave both empty.")
        )
    if reader.errors:
        return reader.errors
    chosen = tuple(one for one in KINDS if one in kinds)
    return Choices(kinds=chosen, quiet=QuietHours(begins, ends) if begins and ends else None)


def read_browser(form: FormData) -> Browser | tuple[FieldError, ...]:
    browser = Browser(endpoint=form.one("endpoint"), p256dh=form.one("p256dh"), auth=form.one("auth"))
    if not are_keys(browser.p256dh, browser.auth):
        return (FieldError("p256dh", _("These keys of your browser cannot be used. Turn reminders on again.")),)
    return browser


def unknown_service() -> FieldError:
    return FieldError("endpoint", _("We do not send to this address. Use the browser that you opened this page with."))


def not_wanted() -> FieldError:
    return FieldError("endpoint", _("Reminders are off. Turn them on again if you want them."))


def too_many_devices() -> FieldError:
    return FieldError("endpoint", _("Ten phones get your reminders already. Turn them off on one of these first."))


def _time(reader: FormReader, name: str) -> time | None:
    given = reader.form.one(name)
    found = _CLOCK.fullmatch(given)
    if given and not found:
        reader.fault(name, _("Write a time such as 21:00."))
    return time(int(found[1]), int(found[2])) if found else None
