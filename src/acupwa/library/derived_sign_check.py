"""Checks on the danger signs that follow from other answers: one that names nothing would never be raised. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from acupwa.library.faults import Fault
from acupwa.library.model import TRAITS, Library

_FILE = "quiz/derived-signs.yaml"


def derived_sign_faults(library: Library) -> Iterable[Fault]:
    """A sign or a name that is not known, a line of needs that is empty, and a trait from which no sign follows."""
    known = _names(library)
    for id, rule in library.derived_signs.items():
        if id not in library.red_flags:
            yield Fault(_FILE, id, f"no such red flag: {id}")
        if not rule.needs or not all(rule.needs):
            yield Fault(_FILE, id, "needs one line or more, and a name on each")
        for name in (name for names in rule.needs for name in names if name not in known):
            yield Fault(_FILE, id, f"follows from no answer that there is: {name}")
    used = {name for rule in library.derived_signs.values() for names in rule.needs for name in names}
    for trait in TRAITS:
        if f"traits:{trait}" not in used:
            yield Fault(_FILE, trait, "no sign follows from this trait, and precautions have it")


def _names(library: Library) -> frozenset[str]:
    by_kind = {
        "precautions": library.precautions,
        "red_flags": library.red_flags,
        "conditions": library.conditions,
        "traits": TRAITS,
    }
    return frozenset(f"{kind}:{id}" for kind, ids in by_kind.items() for id in ids)
