"""What a press was about has changed since the page was shown: said, and nothing done."""

from typing import ClassVar

import msgspec

from acupwa.web.inject import Answer, AnyRequest
from acupwa.web.queued_press import ChangedSince
from acupwa.web.rendering import render
from acupwa.wording import gettext as _


class ChangedSincePage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "changed_since.html"
    title: str
    says: str


def show_changed_since(request: AnyRequest, fault: ChangedSince) -> Answer:
    page = ChangedSincePage(title=_("Nothing was changed"), says=fault.says)
    return render(request, page, status_code=409)
