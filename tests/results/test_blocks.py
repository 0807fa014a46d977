"""The blocks of a summary: their order, what is folded, that no sentence stands twice, that an emergency is one card."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings

from acupwa.library.load import load_library
from acupwa.library.model import Claim, Library
from acupwa.quiz.groups import urgencies_in
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.safety import EMERGENCY
from acupwa.results.assess import assess
from acupwa.results.blocks import Alarm, Block, Fold, Note, Numbers, On, Part, Phones, TakeAlong, Text, Title
from acupwa.results.paper_lines import paper_lines
from acupwa.results.previous import previous_scores
from acupwa.results.summary import Summary, make_summary
from acupwa.results.summary_blocks import blocks_of
from acupwa.sentences import say
from tests.results.test_pages import heavy_summary, summary_of
from tests.results.test_words import BEST, WORST, check_ins_of, histories

LIBRARY = load_library()
FEWEST_WORDS = 5
# Two ratings may have moved alike.
FIGURES = re.compile(r"\d+ last time")
SHOWN = {
    "text", "strong", "small", "because", "title", "words", "about", "more", "name", "change", "shown", "question",
    "answer", "minutes", "label", "hint",
}  # fmt: skip


def summary_after(check_ins: list[CheckIn]) -> Summary:
    newest, before = check_ins[-1], tuple(check_ins[:-1])
    earlier = before[-1] if before else None
    return make_summary(
        newest, before, assess(newest.answers, previous_scores(newest, earlier, LIBRARY), LIBRARY), LIBRARY
    )


def words_of(value: Any, left_out: On = "paper") -> Iterator[str]:
    """All that is shown of a block, each piece by itself. Numbers to call stand at each sign, and are no sentences."""
    if isinstance(value, Claim):
        yield value.says
    elif isinstance(value, tuple):
        for one in value:
            yield from words_of(one, left_out)
    elif isinstance(value, msgspec.Struct) and not isinstance(value, Numbers | Phones):
        if isinstance(value, Block) and value.on == left_out:
            return
        for field in value.__struct_fields__:
            held = getattr(value, field)
            if isinstance(held, str) and field in SHOWN:
                yield held
            elif not isinstance(held, str):
                yield from words_of(held, left_out)


def sentences(pieces: Iterator[str]) -> Iterator[str]:
    for piece in pieces:
        # What a person typed may say what it likes.
        for one in re.split(r"(?<=[.!?])\s+", re.sub("“[^”]*”", "“”", piece)):
            plain = one.strip(" .!?").casefold()
            if len(plain.split()) >= FEWEST_WORDS and not FIGURES.match(plain):
                yield plain


def of_writers() -> set[str]:
    """What is to be done for a sign, why a precaution matters, what a claim says: two may need the same words."""
    flags, precautions = LIBRARY.red_flags.values(), LIBRARY.precautions.values()
    texts = (*(one.do for one in flags), *(one.why for one in precautions), *(one.short for one in flags))
    texts += tuple(one.says for one in LIBRARY.claims.values())
    return set(sentences(iter(texts)))


WRITERS = of_writers()


@given(histories)
@example([(WORST, 1, "1"), (BEST, 30, "1"), (BEST, 30, "1")])
@example([(BEST, 1, "1"), (WORST, 30, "1")])
@settings(max_examples=60)
def test_no_sentence_stands_twice(history: list[tuple[Answers, int, str]]) -> None:
    blocks = blocks_of(summary_after(check_ins_of(history)), saved=True)

    for left_out in ("paper", "screen"):
        counted = Counter(one for one in sentences(words_of(blocks, left_out)) if one not in WRITERS)
        assert [one for one, times in counted.items() if times > 1] == []


@given(histories)
@settings(max_examples=40)
def test_paper_has_what_the_page_has_in_its_order(history: list[tuple[Answers, int, str]]) -> None:
    blocks = blocks_of(summary_after(check_ins_of(history)))
    page, at_a_number = " ".join(words_of(blocks)), say("quiz.phones.elsewhere")

    place = 0
    for line in paper_lines(blocks):
        if line.kind in ("text", "subheading") and line.text and line.text != at_a_number:
            place = page.index(line.text, place) if line.text in page[place:] else -1
            assert place >= 0, line.text


def names(blocks: tuple[Block, ...]) -> list[str]:
    return [one.title if isinstance(one, Part) else type(one).__name__ for one in blocks]


def test_the_order_of_a_calm_first_summary() -> None:
    page = summary_of(LIBRARY, ratings={"pain": 7, "fatigue": 4}, main_symptom="pain", precautions=("fainting",))

    assert names(blocks_of(page)) == [
        "Title", "Text", "Text", "Your main problem", "Your next step", "TakeAlong", "Your numbers",
        "Before any needle", "What the studies found", "To read", "What to ask", "For computers", "Foot",
    ]  # fmt: skip


def test_a_sign_for_today_comes_before_all_else() -> None:
    page = summary_of(LIBRARY, ratings={"pain": 7}, main_symptom="pain", red_flags=("septic-joint",))

    assert names(blocks_of(page))[2:5] == ["What to do now", "Your main problem", "Why there is no plan for now"]


@pytest.mark.parametrize(
    ("precautions", "folded", "hint"),
    [
        ((), "closed", ""),
        (("fainting",), "closed", LIBRARY.precautions["fainting"].short),
        (("anticoagulants",), "open", ""),
        (("lymphoedema",), "open", ""),
    ],
)
def test_precautions_are_open_when_they_ask_for_something(precautions: tuple[str, ...], folded: str, hint: str) -> None:
    page = summary_of(LIBRARY, precautions=precautions)
    (needles,) = [one for one in blocks_of(page) if isinstance(one, Part) and one.id == "results-needles"]

    assert (needles.folded, needles.hint) == (folded, hint)


def test_all_other_folds_are_closed_and_open_on_paper() -> None:
    page = summary_of(LIBRARY, ratings={"pain": 7, "fatigue": 4})
    parts = [one for one in blocks_of(page) if isinstance(one, Part)]

    assert {one.id: one.folded for one in parts if one.folded != "no"} == {
        "results-ratings": "closed", "results-needles": "closed", "results-reading": "closed",
        "results-questions": "closed", "results-files": "closed",
    }  # fmt: skip
    headings = [line.text for line in paper_lines(blocks_of(page)) if line.kind == "heading"]
    assert "Your numbers" in headings
    assert "For computers" not in headings


def emergencies(library: Library) -> list[dict[str, Any]]:
    signs = [{"red_flags": (one.id,)} for one in library.red_flags.values() if one.urgency == EMERGENCY]
    groups = [
        {"groups": (group.id,)} for group in library.quiz.flag_groups if EMERGENCY in urgencies_in(group.id, library)
    ]
    return [*signs, *groups]


@pytest.mark.parametrize("ticked", emergencies(LIBRARY), ids=lambda ticked: str(*ticked.values()))
def test_every_emergency_sign_and_group_is_the_red_card_alone(ticked: dict[str, Any]) -> None:
    blocks = blocks_of(summary_of(LIBRARY, ratings={"pain": 7}, main_symptom="pain", **ticked), saved=True)

    title, card, day, rest = blocks
    assert isinstance(title, Title)
    assert isinstance(card, Alarm)
    assert (card.urgency, card.first) == (EMERGENCY, True)
    assert isinstance(day, Note)
    assert isinstance(rest, Fold)
    assert rest.on == "screen"
    told = " ".join(words_of(card))
    assert "Even if it has passed: call." in told
    assert "Ticked by mistake? Change it" in told
    offered = " ".join(words_of(blocks))
    for words in ("Make a plan", "To read", "Next time", "Well done", "Your next step"):
        assert words not in offered


def test_a_first_summary_has_a_warm_word_and_one_with_a_sign_has_none() -> None:
    calm, sign = summary_of(LIBRARY), summary_of(LIBRARY, red_flags=("septic-joint",))

    first, *_ = blocks_of(calm, saved=True)
    assert isinstance(first, Title)
    assert "Well done" in first.said
    first, *_ = blocks_of(sign, saved=True)
    assert isinstance(first, Title)
    assert first.said == "Your check-in is saved."


def test_limits_stand_once() -> None:
    told = " ".join(words_of(blocks_of(heavy_summary(LIBRARY))))

    assert told.count("not a diagnosis") == 1
    assert told.count("Keep taking your medicines") == 1
    assert [one for one in blocks_of(heavy_summary(LIBRARY)) if isinstance(one, TakeAlong | Text)]
