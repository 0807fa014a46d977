"""The page that shows a code which opens one's answers on another phone. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.person.codes import code_qr, shown_code
from acupwa.web.qr import QrPicture
from acupwa.wording import gettext as _


class CodePage(msgspec.Struct, frozen=True, kw_only=True):
    """A code as it is shown."""

    template: ClassVar[str] = "mydata/code.html"
    title: str
    code: str
    qr: QrPicture


def code_page(code: str, origin: str) -> CodePage:
    title = _("Open your answers on another phone")
    return CodePage(title=title, code=shown_code(code), qr=code_qr(origin, code))
