"""Which numbers stand at a danger sign: the one place that decides it, for every page and file. Pure.

What to call is content (`call` of a sign); what may be pressed is content too (`unsure` of a number).
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.library.model import Call, HelpLine, Library, RedFlag
from acupwa.quiz.countries import country_name, zones_by_country
from acupwa.quiz.safety import URGENCIES
from acupwa.sentences import say

EVERYWHERE = "*"


class Phone(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A number to call. `unsure`: told in words with "check it", never as a button. `everywhere`: the same in each country.

    `place` is where it is for in a word or two, or empty.
    """

    number: str
    label: str
    kind: Call
    place: str = ""
    unsure: bool = False
    everywhere: bool = False

    @property
    def doubt(self) -> str:
        """What to say of a number that we could not check; empty for the others."""
        if not self.unsure:
            return ""
        return say("quiz.phones.unsure")


class CountryNumbers(msgspec.Struct, frozen=True, kw_only=True):
    """One country's own numbers. `zones` are the names that a phone there may give its time zone."""

    code: str
    name: str
    zones: tuple[str, ...]
    phones: tuple[Phone, ...]


def phones_for(flags: Iterable[RedFlag], country: str | None, library: Library) -> tuple[Phone, ...]:
    """The numbers that stand at these signs together: what the most urgent one asks for comes first."""
    return tuple(phone for kind in kinds_of(flags) for phone in phones_of(kind, country, library))


def kinds_of(flags: Iterable[RedFlag]) -> tuple[Call, ...]:
    """The kinds of numbers that stand at these signs, in their order."""
    in_order = sorted(flags, key=lambda flag: URGENCIES.index(flag.urgency))
    return tuple(dict.fromkeys(kind for flag in in_order for kind in flag.call))


def phones_of(kind: Call, country: str | None, library: Library) -> tuple[Phone, ...]:
    """The numbers of one kind in a country, those to press first. 112 stands beside every emergency number.

    Without a country: 112 and the few common ones, for pages that are the same for everyone.
    """
    of_kind = [line for line in library.help_lines if line.kind == kind]
    everywhere = [line for line in of_kind if EVERYWHERE in line.countries]
    if country is None:
        return tuple(_phone(line) for line in (*everywhere, *(line for line in of_kind if line.common)))
    here = [line for line in of_kind if country in line.countries]
    sure, unsure = ([line for line in here if line.unsure is one] for one in (False, True))
    own = {line.number for line in sure}
    return tuple(_phone(line) for line in (*sure, *(line for line in everywhere if line.number not in own), *unsure))


def crisis_phones(country: str | None, library: Library) -> tuple[Phone, ...]:
    """Who can be called in a hard time: a crisis line where one is known, and the emergency number."""
    return (*phones_of("crisis", country, library), *phones_of("emergency", country, library))


def numbers_by_country(library: Library) -> tuple[CountryNumbers, ...]:
    """Every country with numbers of its own, by name. Elsewhere there is 112, and the local emergency number."""
    codes = {code for line in library.help_lines for code in line.countries if code != EVERYWHERE}
    countries = (
        CountryNumbers(
            code=code,
            name=country_name(code, library.language),
            zones=zones_by_country().get(code, ()),
            phones=tuple(_phone(line) for line in library.help_lines if code in line.countries),
        )
        for code in codes
    )
    return tuple(sorted(countries, key=lambda one: one.name.casefold()))


def _phone(line: HelpLine) -> Phone:
    return Phone(
        number=line.number,
        label=line.purpose,
        kind=line.kind,
        place=line.place,
        unsure=line.unsure,
        everywhere=EVERYWHERE in line.countries,
    )
