"""Danger signs that stand: what to do, the numbers to call. Pure."""

from __future__ import annotations

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.care import Care, Sign, make_care
from acupwa.quiz.help_lines import phones_of
from acupwa.quiz.model import CheckIn
from acupwa.quiz.safety import EMERGENCY, URGENCIES
from acupwa.quiz.standing_signs import StandingSigns, country_of_signs, told_on
from acupwa.sentences import say
from acupwa.wording import gettext as _
from acupwa.wording import weekday_date_words


class DangerCard(msgspec.Struct, frozen=True, kw_only=True):
    """`care` has a card for each urgency, the strictest first. `country` is a code, None when it is not known."""

    title: str
    told: str
    emergency: bool
    care: tuple[Care, ...]
    country: str | None


def danger_card(signs: StandingSigns, newest: CheckIn | None, library: Library) -> DangerCard:
    """`newest` tells the country where the check-in with the sign does not say it yet."""
    told = signs.told_in[0]
    country = country_of_signs(signs.told_in, (newest,) if newest else ())
    care = (*make_care(signs.raised, country, library), *_retired(signs, country, library))
    urgent = any(one.urgency == EMERGENCY for one in care)
    return DangerCard(
        title=_("Get help first"),
        told=say("today.danger.told", day=weekday_date_words(told_on(told))),
        emergency=urgent,
        care=tuple(sorted(care, key=lambda one: URGENCIES.index(one.urgency))),
        country=country,
    )


def _retired(signs: StandingSigns, country: str | None, library: Library) -> tuple[Care, ...]:
    """Signs without words any more: as urgent as the check-in was found to be, and for the same day at the least."""
    if not signs.retired:
        return ()
    urgent = any(one.urgency == EMERGENCY for one in signs.told_in)
    sign = Sign(says=say("today.danger.retired").rstrip("."), do=say("today.danger.retired_do"))
    return (
        Care(
            urgency=EMERGENCY if urgent else "same-day",
            signs=(sign,),
            call=("emergency",),
            phones=phones_of("emergency", country, library),
        ),
    )
