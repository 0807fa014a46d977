"""The page on which a person brings their file: asked for, shown before it is kept, or refused. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

import msgspec

from acupwa.mydata.forms import ImportForm
from acupwa.mydata.import_file import ImportFile, ImportRefused
from acupwa.mydata.merge import MergeOutcome
from acupwa.web.forms import FieldError
from acupwa.wording import date_words, ngettext
from acupwa.wording import gettext as _

_LONGEST_SHOWN_TEXT = 100_000
_LONGEST_PLACE = 120


class ImportPage(msgspec.Struct, frozen=True, kw_only=True):
    """`preview` stands when a file was read and waits for the press; `text` is that file, or what was pasted."""

    template: ClassVar[str] = "mydata/import.html"
    title: str
    text: str = ""
    preview: Preview | None = None
    errors: tuple[FieldError, ...] = ()


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What the press would do, and what it would leave. `consent` are the words that it agrees to."""

    made: str
    does: tuple[str, ...]
    leaves: tuple[str, ...]
    consent: tuple[str, ...]


def import_page() -> ImportPage:
    return ImportPage(title=_("Import your data"))


def import_refused_page(refused: ImportRefused, form: ImportForm) -> ImportPage:
    place = " " + _("The place: {place}").format(place=refused.place[:_LONGEST_PLACE]) if refused.place else ""
    pasted = form.pasted if len(form.pasted) <= _LONGEST_SHOWN_TEXT else ""
    errors = (FieldError(form.field, refused.reason + place),)
    return ImportPage(title=_("Import your data"), text=pasted, errors=errors)


def preview_page(file: ImportFile, outcome: MergeOutcome, text: str, consent: Sequence[str]) -> ImportPage:
    """`text` is the file as it was read: the press sends it again."""
    made = _("This file was made on {day}.").format(day=date_words(file.exported_at))
    preview = Preview(
        made=made,
        does=tuple(_does(outcome)),
        leaves=tuple(_leaves(outcome)),
        consent=tuple(consent) if outcome.adds_anything else (),
    )
    compact = msgspec.json.format(text, indent=-1)
    return ImportPage(title=_("Import this?"), text=compact, preview=preview)


def _does(outcome: MergeOutcome) -> Iterable[str]:
    if outcome.new:
        days = sorted(check_in.created_at.date() for check_in in outcome.new)
        words = {"n": len(days), "first": date_words(days[0]), "last": date_words(days[-1])}
        if days[0] == days[-1]:
            yield (
                ngettext("Adds {n} check-in, of {first}.", "Adds {n} check-ins, of {first}.", len(days)).format(**words)
            )
        else:
            yield _("Adds {n} check-ins, from {first} to {last}.").format(**words)
    if outcome.newer:
        changed = ngettext(
            "Brings {n} check-in up to date: the one here is older.",
            "Brings {n} check-ins up to date: those here are older.",
            len(outcome.newer),
        )
        yield changed.format(n=len(outcome.newer))
    if outcome.plan_effect == "added":
        yield _("Adds your plan.")
    if outcome.plan_effect == "replaces":
        yield _("Replaces the plan here, which is older, with the one in the file.")
    if outcome.list_effect == "added":
        yield _("Adds your reading list.")
    if outcome.list_effect == "replaces":
        yield _("Replaces the reading list here, which is older, with the one in the file.")
    if outcome.calendar:
        yield _("Adds what your calendar shows.")
    if outcome.consents:
        yield _("Adds the record of what you agreed to, and when.")


def _leaves(outcome: MergeOutcome) -> Iterable[str]:
    if outcome.unchanged:
        words = ngettext(
            "{n} check-in is here already and stays as it is.",
            "{n} check-ins are here already and stay as they are.",
            outcome.unchanged,
        )
        yield words.format(n=outcome.unchanged)
    if outcome.expired:
        words = ngettext(
            "{n} unfinished check-in is past its time and is left out.",
            "{n} unfinished check-ins are past their time and are left out.",
            outcome.expired,
        )
        yield words.format(n=outcome.expired)
    if outcome.plan_effect == "older":
        yield _("Your plan here is newer than the one in the file, so it stays.")
    if outcome.list_effect == "older":
        yield _("Your reading list here is newer than the one in the file, so it stays.")
    if outcome.shares:
        words = ngettext(
            "What you shared with a clinic ({n} time) is not brought here. The clinic has it on the server where you shared it.",
            "What you shared with clinics ({n} times) is not brought here. They have it on the server where you shared it.",
            outcome.shares,
        )
        yield words.format(n=outcome.shares)
