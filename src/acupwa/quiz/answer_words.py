"""Words of the quiz's own questions. Marked for translation, translated as shown."""

from __future__ import annotations


def _(message: str) -> str:
    """Marks a sentence for translation; whoever shows it translates it."""
    return message


FOR_WHOM_WORDS: dict[str, tuple[str, str]] = {
    "myself": (_("Myself"), ""),
    "someone-i-care-for": (_("Someone I care for"), _("Answer about them, with them if you can.")),
    "my-child": (_("My child"), ""),
}
AGE_WORDS: dict[str, tuple[str, str]] = {
    "under-16": (_("Under 16"), _("The quiz is then short: pages for a parent or guardian, and no plan.")),
    "16-17": (_("16 or 17"), ""),
    "18-39": (_("18 to 39"), ""),
    "40-64": (_("40 to 64"), ""),
    "65-plus": (_("65 or older"), ""),
}
BEFORE_WORDS: dict[str, str] = {
    "no": _("No, never"),
    "in-the-past": _("Yes, in the past"),
    "now": _("Yes, I am having it now"),
}
