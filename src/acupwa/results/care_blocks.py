"""What to do now, in blocks: the red card, the other red flags, what needs a doctor first, support. Pure."""

from __future__ import annotations

from collections.abc import Iterator

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
from acupwa.results.red_card import RedCard
from acupwa.results.sentences import because_sentence
from acupwa.results.summary import Summary
from acupwa.wording import gettext as _


def red_card_block(summary: Summary, card: RedCard) -> Block:
    """The sign, the number to press, what to do, what to say: in this order, so that the number is on the first screen."""
    signs = (
        Text(strong=f"{sign.says}.", because=because_sentence(sign.because), look="results-sign") for sign in card.signs
    )
    return Alarm(
        urgency="emergency-now",
        title=_("call for help now"),
        level=2,
        blocks=(
            *signs,
            _phones(summary, card.phones, card.call, with_local=True),
            Text(strong=_("Even if it has passed: call."), look="results-passed"),
            Subheading(text=_("What to do")),
            Items(items=tuple(Item(text=do) for do in card.steps)),
            Subheading(text=_("What to say")),
            Items(items=tuple(Item(text=line) for line in card.say)),
            Text(
                links=(Link(_("Ticked by mistake? Change it"), f"/quiz/{summary.check_in}/{card.screen}"),),
                look="no-print",
                on="screen",
            ),
        ),
    )


def now_part(summary: Summary) -> Part:
    """Below a red card it holds what else there is to do, which may be nothing."""
    return Part(
        id="results-now",
        look="results-now",
        title=_("What else to do") if summary.red_card else _("What to do now"),
        blocks=tuple(_now(summary)),
    )


def _now(summary: Summary) -> Iterator[Block]:
    yield from _signs(summary)
    if summary.path == "none-yet":
        yield _notice(
            _("See a doctor first."),
            _(
                "You told us that there is no diagnosis yet. Find out what it is before you try acupuncture, so that "
                "nothing treatable is missed. Until then we give you reading, and no plan."
            ),
        )
    elif summary.path == "under-16":
        yield _notice(
            _("Talk to the child's doctor first."),
            _("We give safe general reading for you as a parent or guardian. We make no plan for anyone under 16."),
        )
    if summary.keep_medicine:
        yield _notice(
            _("Do not stop or change a prescribed medicine by yourself."),
            _(
                "Talk to the doctor, nurse or pharmacist who knows your treatment. Acupuncture goes beside your "
                "medicines, never in their place."
            ),
            Because(text=because_sentence([_("you are thinking of stopping or changing a medicine")])),
        )
    if summary.support_for_mood:
        yield _support(summary)


def _signs(summary: Summary) -> Iterator[Block]:
    titles = {"same-day": _("get medical advice"), "within-days": _("see your doctor")}
    for card in summary.care:
        signs = Items(items=tuple(map(_sign, card.signs)), look="results-signs")
        blocks = (_phones(summary, card.phones, card.call), signs)
        yield Alarm(urgency=card.urgency, title=titles[card.urgency], blocks=blocks)
    if summary.red_card:
        return
    all_signs = Link(_("See the signs that need help at once"), "/emergency")
    if summary.retired_signs:
        yield Notice(
            tone="caution",
            blocks=(
                Text(
                    alarm=True,
                    strong=_("You ticked a danger sign that we no longer ask about."),
                    text=_(
                        "Get medical help today. If it came on suddenly or is getting worse, call the emergency number "
                        "now."
                    ),
                    links=(Link(_("What you ticked"), f"/quiz/{summary.check_in}/review#older"), all_signs),
                ),
            ),
        )
    elif not summary.care:
        yield Text(text=_("You ticked no danger sign."), links=(all_signs,))


def _support(summary: Summary) -> Notice:
    return Notice(
        tone="calm",
        blocks=(
            Text(
                text=_(
                    "You told us that worry or low mood has troubled you on many days. You do not have to carry this "
                    "alone. Your doctor or nurse can help. So can someone you trust."
                )
            ),
            Text(text=_("If you feel that you might harm yourself, call the emergency number or a crisis line now.")),
            Phones(phones=summary.mood_phones, country=summary.country, call=("crisis", "emergency")),
            Because(text=because_sentence([_("two of the four mood questions add up to 3 or more")])),
        ),
    )


def _notice(strong: str, text: str, *more: Block) -> Notice:
    return Notice(tone="caution", blocks=(Text(strong=strong, text=text), *more))


def _sign(sign: Sign) -> Item:
    return Item(strong=f"{sign.says}.", text=sign.do, because=because_sentence(sign.because))


def _phones(summary: Summary, phones: tuple[Phone, ...], call: tuple[Call, ...], *, with_local: bool = False) -> Phones:
    others = "#numbers" if summary.elsewhere else "/emergency#numbers"
    return Phones(phones=phones, country=summary.country, call=call, others=others, with_local=with_local)
