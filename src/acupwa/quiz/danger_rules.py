"""What a phone needs to work out danger signs with no network, from the content that the server reads. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import msgspec

from acupwa.library.model import Call, DerivedSign, Library, Urgency
from acupwa.quiz.groups import precautions_in, signs_in
from acupwa.quiz.help_lines import EVERYWHERE, Phone, phones_of
from acupwa.quiz.safety import URGENCIES

NO_COUNTRY = ""


class SignRule(msgspec.Struct, frozen=True):
    """A danger sign with what to say of it."""

    urgency: Urgency
    call: tuple[Call, ...]
    short: str
    do: str


class DangerRules(msgspec.Struct, frozen=True, kw_only=True):
    """Signs, groups and precautions by id, in the order of the content.

    `content` is its version, `urgencies` go from the strictest. `precautions` have their traits. `phones` are by kind,
    then by country: `""` where none is known, `*` for each that is not named.
    """

    content: str
    urgencies: tuple[Urgency, ...]
    signs: Mapping[str, SignRule]
    sign_groups: Mapping[str, tuple[str, ...]]
    precautions: Mapping[str, tuple[str, ...]]
    precaution_groups: Mapping[str, tuple[str, ...]]
    derived: tuple[DerivedSign, ...]
    phones: Mapping[Call, Mapping[str, tuple[Phone, ...]]]


def danger_rules(library: Library) -> DangerRules:
    """As `quiz/safety.py` and `quiz/help_lines.py` decide; `static/js/danger-rules.js` decides by them on the phone."""
    quiz = library.quiz
    return DangerRules(
        content=library.version,
        urgencies=URGENCIES,
        signs={one.id: SignRule(one.urgency, one.call, one.short, one.do) for one in library.red_flags.values()},
        sign_groups={one.id: tuple(sign.id for sign in signs_in(one.id, library)) for one in quiz.flag_groups},
        precautions={one.id: one.traits for one in library.precautions.values()},
        precaution_groups={
            one.id: tuple(each.id for each in precautions_in(one.id, library)) for one in quiz.precaution_groups
        },
        derived=tuple(library.derived_signs.values()),
        phones={kind: _by_country(kind, library) for kind in get_args(Call)},
    )


def _by_country(kind: Call, library: Library) -> Mapping[str, tuple[Phone, ...]]:
    countries = sorted({code for line in library.help_lines for code in line.countries} | {EVERYWHERE})
    return {NO_COUNTRY: phones_of(kind, None, library), **{one: phones_of(kind, one, library) for one in countries}}
