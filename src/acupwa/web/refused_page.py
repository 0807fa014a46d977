"""A form that cannot be used as it stands, and all that was sent with it. Pure: what refuses one stands in `refused.py`."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.web.declared import sent_fields
from acupwa.web.forms import FieldError, FormData
from acupwa.wording import gettext as _


class RefusedPage(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a form, and all that was sent, so that nothing typed is lost. `on` leads on, to `href`."""

    template: ClassVar[str] = "refused.html"
    title: str
    says: str
    errors: tuple[FieldError, ...]
    sent: tuple[tuple[str, str], ...]
    on: str
    href: str


def refused_page(errors: tuple[FieldError, ...], form: FormData) -> RefusedPage:
    return RefusedPage(
        title=_("We could not use that"),
        says=_("Nothing was saved or changed. Please correct this first:"),
        errors=errors,
        sent=sent_fields(form),
        on=_("Start page"),
        href="/",
    )
