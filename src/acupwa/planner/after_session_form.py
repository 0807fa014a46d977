"""The form after a session: posted names to what was said, or to what is wrong with it. Pure."""

from __future__ import annotations

from acupwa.library.model import Library
from acupwa.planner.after_session import FELT, AfterSession, pauses_asked, signs_asked
from acupwa.planner.session_form import TO
from acupwa.quiz.rules import AFTER_NEEDLES
from acupwa.sentences import say
from acupwa.web.declared import Declared, many_of
from acupwa.web.forms import FieldError, FormData

SIGNS, GROUPS, PAUSES, EFFECTS, FELT_FIELD, BUTTON = "red_flags", "groups", "pauses", "side_effects", "felt", "came_up"
NONE, SAVE = "none", "save"
FIELDS: Declared = {FELT_FIELD: FELT, BUTTON: (NONE, SAVE), **many_of(SIGNS, GROUPS, PAUSES, EFFECTS), **TO}


def read_after_session(form: FormData, library: Library) -> tuple[AfterSession, tuple[FieldError, ...]]:
    """What was said, with all that could be read of it, and what is wrong."""
    errors: dict[str, FieldError] = {}
    signs = _ids(form, SIGNS, [one.id for one in signs_asked(library)], errors)
    group = bool(_ids(form, GROUPS, [AFTER_NEEDLES], errors))
    felt = form.one(FELT_FIELD)
    said = AfterSession(
        felt=next((one for one in FELT if one == felt), None),
        red_flags=signs,
        # A sign that was chosen inside says more than its row.
        group=group and not signs,
        pauses=_ids(form, PAUSES, [one.id for one in pauses_asked(library)], errors),
        side_effects=_ids(form, EFFECTS, list(library.side_effects), errors),
        none=form.one(BUTTON) == NONE,
    )
    if form.one(BUTTON) not in (NONE, SAVE):
        errors.setdefault(BUTTON, FieldError(BUTTON, say("planner.faults.nothing_told")))
    elif said.none and said.ticked:
        errors.setdefault(BUTTON, FieldError(BUTTON, say("planner.faults.told_and_none")))
    elif not said.none and not said.ticked and said.felt is None:
        errors.setdefault(BUTTON, FieldError(BUTTON, say("planner.faults.nothing_told")))
    return said, tuple(errors.values())


def _ids(form: FormData, name: str, known: list[str], errors: dict[str, FieldError]) -> tuple[str, ...]:
    posted = form.many(name)
    if not set(posted) <= set(known):
        errors[name] = FieldError(name, say("quiz.faults.unknown_choice"))
    return tuple(one for one in known if one in posted)
