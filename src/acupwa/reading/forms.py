"""The posted buttons of the list."""

from __future__ import annotations

from acupwa.reading.model import ACTIONS, Action
from acupwa.web.declared import Declared, fields_of
from acupwa.web.forms import FieldError, FormData
from acupwa.wording import gettext as _

LIST_FIELDS = fields_of("action")
ORDER_FIELDS: Declared = {"action": ("our-order", "undo"), "press": None}


def parse_action(form: FormData) -> Action | FieldError:
    """The button that was pressed."""
    pressed = form.one("action")
    for action in ACTIONS:
        if pressed == action:
            return action
    return FieldError("action", _("Choose one of the buttons"))
