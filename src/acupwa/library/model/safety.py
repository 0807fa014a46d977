"""The danger signs and precautions that the quiz knows, and the numbers to call."""

from __future__ import annotations

from typing import Literal

from acupwa.library.model.base import Content

Urgency = Literal["emergency-now", "same-day", "within-days"]
Advice = Literal["avoid", "ask-first", "tell-practitioner"]
Scope = Literal["whole", "site", "technique"]
Call = Literal["emergency", "urgent", "crisis"]
TRAITS = ("lowers_immunity", "harms_unborn")


class RedFlag(Content, frozen=True, kw_only=True):
    """A danger sign. `sign` is the whole sign, `short` its heading for a 20-second read, `do` what to do now.
    `call`: the kinds of numbers that stand at it, the first first.
    """

    id: str
    urgency: Urgency
    group: str
    conditions: tuple[str, ...]
    short: str
    sign: str
    why: str
    do: str
    basis: Literal["official", "charity", "professional", "case-reports", "our-reading"]
    call: tuple[Call, ...]


class DerivedSign(Content, frozen=True, kw_only=True):
    """A danger sign that follows from other answers. Each of `needs` must hold, and holds when one of its names was
    answered: `precautions:pregnancy`, `red_flags:…`, `conditions:…`, or `traits:…` for any precaution with that trait.
    """

    sign: str
    needs: tuple[tuple[str, ...], ...]


class HelpLine(Content, frozen=True, kw_only=True):
    """A number to call. `countries` are ISO 3166-1 alpha-2 codes; `*` is everywhere.
    `unsure`: it was read second-hand only, so it is told in words, never as a button. `common`: one of the few that
    stand on pages that are the same for everyone; there `place` says in a word or two where it is for.
    """

    id: str
    countries: tuple[str, ...]
    kind: Call
    number: str
    purpose: str
    place: str = ""
    unsure: bool = False
    common: bool = False


class Precaution(Content, frozen=True, kw_only=True):
    """Something to know before a needle. `question` is a plain statement that a person can tick, `short` its plain name.

    `short_says_all`: the statement says no more than the name. `names`: the medicines that count besides, by name.
    `inside` is the precaution below which this one stands, as a closer statement of the same. `follows_from`: the answers
    that tell it already (`conditions:ra`, `age_band:16-17`), so that nobody is asked. `asked_for_others`: only asked of who
    answers for someone else. `merged_into` is the one that asks in its place; its own id stays good in answers. `passing`:
    true for some days only, so that a follow-up does not take it over from the last check-in. `say` is what a medicine is
    called in an emergency call. `lowers_immunity`, `harms_unborn`: one that makes a danger sign of a fever, of a pregnancy.
    """

    id: str
    advice: Advice
    scope: Scope
    group: str
    conditions: tuple[str, ...]
    short: str
    question: str
    why: str
    basis: Literal["direct", "partly-inferred"]
    short_says_all: bool = False
    names: str = ""
    say: str = ""
    inside: str = ""
    follows_from: tuple[str, ...] = ()
    asked_for_others: bool = False
    merged_into: str = ""
    blood_thinner: bool = False
    passing: bool = False
    lowers_immunity: bool = False
    harms_unborn: bool = False

    @property
    def asked(self) -> bool:
        """Whether the quiz asks it of anyone."""
        return not self.follows_from and not self.merged_into

    @property
    def traits(self) -> tuple[str, ...]:
        """What danger signs are derived from, as `derived-signs.yaml` names it."""
        return tuple(name for name in TRAITS if getattr(self, name))
