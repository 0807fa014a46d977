"""What to do now, in blocks: the red card, the other red flags, what needs a doctor first, support. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from acupwa.library.model import Call
from acupwa.quiz.care import Sign
from acupwa.quiz.help_lines import Phone
from acupwa.results.blocks import (
    Alarm,
    Because,
    Block,
    Item,
    Items,
    Link,
    Notice,
    Part,
    Phones,
    Subheading,
    Text,
)
from acupwa.results.interval import SideEffect
from acupwa.results.red_card import RedCard, SignsTold
from acupwa.results.sentences import because_sentence
from acupwa.results.summary import Summary
from acupwa.sentences import say
from acupwa.wording import gettext as _
from acupwa.wording import weekday_date_words


def red_card_block(summary: Summary, card: RedCard, *, first: bool = False) -> Block:
    """The sign, the number to press, what to do, what to say: in this order, so that the number is on the first screen.

    `first`: a reader of screens begins here.
    """
    return Alarm(
        first=first,
        urgency="emergency-now",
        title=say("results.now.call"),
        level=2,
        blocks=(
            *(block for told in card.told for block in _signs_told(told)),
            _phones(summary, card.phones, card.call, with_local=True),
            Text(strong=say("results.now.even_if_passed"), look="results-passed"),
            Subheading(text=_("What to do")),
            Items(items=tuple(Item(text=do) for do in card.steps)),
            Subheading(text=_("What to say")),
            Items(items=tuple(Item(text=line) for line in card.say)),
            *_mistakes(card),
        ),
    )


def _signs_told(told: SignsTold) -> Iterator[Text]:
    for sign in told.signs:
        yield Text(strong=f"{sign.says}.", because=because_sentence(sign.because), look="results-sign")
    yield from _told_elsewhere(told.day)


def _mistakes(card: RedCard) -> Iterator[Text]:
    """Where each can be changed. Of several the words tell which."""
    for told in (one for one in card.told if one.change):
        words = _("Ticked by mistake? Change it")
        if told.day and len(card.told) > 1:
            words = say("results.now.mistake_elsewhere", day=weekday_date_words(told.day))
        yield Text(links=(Link(words, told.change),), look="no-print", on="screen")


def now_blocks(summary: Summary) -> tuple[Block, ...]:
    """What to do, under its heading; one calm line when there is nothing. Below a red card: what else there is to do."""
    found = tuple(_now(summary))
    if found:
        title = _("What else to do") if summary.red_card else _("What to do now")
        return (Part(id="results-now", look="results-now", title=title, blocks=found),)
    return () if summary.red_card else (_calm_line(summary),)


def _calm_line(summary: Summary) -> Text:
    words = say("results.now.helped") if summary.helped else say("results.now.no_sign")
    return Text(text=words, links=(_all_signs(),), look="results-calm")


def _all_signs() -> Link:
    return Link(_("See all danger signs"), "/emergency")


def _now(summary: Summary) -> Iterator[Block]:
    yield from _signs(summary)
    if summary.still_to_ask:
        href = f"/quiz/{summary.check_in}/{summary.still_to_ask}"
        answer = Text(links=(Link(_("Answer them now"), href),), look="no-print", on="screen")
        yield _notice(say("results.now.still_to_ask"), say("results.now.not_asked"), answer)
    if summary.path == "none-yet":
        yield _notice(
            say("quiz.review.doctor_first"),
            say("results.now.no_diagnosis"),
        )
    elif summary.path == "under-16":
        yield _notice(
            say("results.now.child"),
            say("results.now.child_no_plan"),
        )
    if summary.keep_medicine:
        yield _notice(
            say("results.now.do_not_stop"),
            say("results.now.medicine"),
            Because(text=because_sentence([say("quiz.reasons.stopping_medicine")])),
        )
    if summary.support_for_mood:
        yield _support(summary)
    if summary.interval and summary.interval.effects:
        yield Subheading(text=_("After your sessions"))
        yield Items(items=tuple(_effects(summary.interval.effects)), look="results-effects")


def _effects(effects: Iterable[SideEffect]) -> Iterator[Item]:
    """Those with the same advice together: it stands once."""
    by_advice: dict[str, list[str]] = {}
    for one in effects:
        by_advice.setdefault(one.do, []).append(one.says)
    yield from (Item(strong=f"{'; '.join(names)}.", text=do) for do, names in by_advice.items())


def _signs(summary: Summary) -> Iterator[Block]:
    titles = {"same-day": say("results.now.same_day"), "within-days": say("results.now.within_days")}
    for card in summary.care:
        signs = Items(items=tuple(map(_sign, card.signs)), look="results-signs")
        blocks = (*_told_elsewhere(card.day), _phones(summary, card.phones, card.call), signs)
        yield Alarm(urgency=card.urgency, title=titles[card.urgency], blocks=blocks)
    if summary.retired_in and not summary.red_card:
        what = (Link(_("What you ticked"), summary.retired_in.change),) if summary.retired_in.change else ()
        yield Notice(
            tone="caution",
            blocks=(
                Text(
                    alarm=True,
                    strong=say("results.now.retired_sign"),
                    text=say("results.now.retired_sign_do"),
                    links=(*what, _all_signs()),
                ),
                *_told_elsewhere(summary.retired_in.day),
                emergency_phones(summary),
            ),
        )


def _told_elsewhere(day: date | None) -> Iterator[Text]:
    if day:
        yield Text(text=say("results.now.told_elsewhere", day=weekday_date_words(day)))


def _support(summary: Summary) -> Notice:
    return Notice(
        tone="calm",
        blocks=(
            Text(text=say("results.now.low_mood")),
            Text(text=say("quiz.mood.call")),
            Phones(phones=summary.mood_phones, country=summary.country, call=("crisis", "emergency")),
            Because(text=because_sentence([say("results.now.mood_score")])),
        ),
    )


def _notice(strong: str, text: str, *more: Block) -> Notice:
    return Notice(tone="caution", blocks=(Text(strong=strong, text=text), *more))


def _sign(sign: Sign) -> Item:
    return Item(strong=f"{sign.says}.", text=sign.do, because=because_sentence(sign.because))


def emergency_phones(summary: Summary) -> Phones:
    """For whatever says to call."""
    return _phones(summary, summary.emergency_phones, ("emergency",))


def _phones(summary: Summary, phones: tuple[Phone, ...], call: tuple[Call, ...], *, with_local: bool = False) -> Phones:
    others = "#numbers" if summary.elsewhere else "/emergency#numbers"
    return Phones(phones=phones, country=summary.country, call=call, others=others, with_local=with_local)
