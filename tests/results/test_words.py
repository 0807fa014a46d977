"""The words not to use of results: in no sentence of ours, and on no page, text or PDF of anyone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import jinja2
import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import acupwa.results
from acupwa.library.load import load_library
from acupwa.quiz.model import Answers, CheckIn
from acupwa.results.assess import assess
from acupwa.results.pages import results_page
from acupwa.results.paper_lines import paper_lines
from acupwa.results.paper_text import text_of
from acupwa.results.previous import previous_scores
from acupwa.results.progress import progress_page
from acupwa.results.summary import Summary, make_summary
from acupwa.results.summary_blocks import blocks_of
from acupwa.sentences import read_sentences
from acupwa.web.paths import TEMPLATES
from acupwa.wording import CONTENT

LIBRARY = load_library()
PYTHON = sorted(Path(acupwa.results.__file__).parent.rglob("*.py"))
PAGES = sorted((TEMPLATES / "results").glob("*.html"))
NOT_TO_USE = re.compile(
    r"\b(results?|positive|abnormal\w*|responders?|disease activity|success\w*|recommend\w*|cur(?:e|es|ed|ing)"
    r"|diagnos\w+|severe\w*|severity)\b",
    re.IGNORECASE,
)
# What we say that it is not, and what somebody told us that they do not have.
SAID_OTHERWISE = re.compile(r"not a diagnosis|no diagnosis yet|without a diagnosis", re.IGNORECASE)
PUBLISHED = ("phq-4", "phq4", "four questions")


def told(text: str) -> list[str]:
    """The words not to use in a text. A quoted band of PHQ-4 may say severe, in its own line."""
    found = []
    for line in text.split("\n"):
        words = {word.lower() for word in NOT_TO_USE.findall(SAID_OTHERWISE.sub("", line))}
        if any(name in line.lower() for name in PUBLISHED):
            words.discard("severe")
        found += [f"{word}: {line[:120]}" for word in sorted(words)]
    return found


# ------------------------------------------------------------------ every sentence in the code


def sentences_of_code(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
            yield from (one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


def sentences_of_page(file: Path) -> Iterator[str]:
    source = file.read_text()
    for _line, _name, words in jinja2.Environment(extensions=["jinja2.ext.i18n"]).extract_translations(  # type: ignore[attr-defined]
        source
    ):
        yield from [words] if isinstance(words, str) else [one for one in words if one]
    # And what stands between the tags without being a sentence of gettext.
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", source, flags=re.DOTALL)
    yield re.sub(r"<[^>]*>", " ", bare)


def sentences_of_content() -> list[str]:
    sentences = read_sentences(CONTENT / "en").items()
    return [
        words
        for key, sentence in sentences
        if key.startswith("results.")
        for words in ([sentence] if isinstance(sentence, str) else sentence.values())
    ]


def test_no_sentence_of_the_content_about_results_uses_them() -> None:
    assert [fault for sentence in sentences_of_content() for fault in told(sentence)] == []


@pytest.mark.parametrize("file", [*PYTHON, *PAGES], ids=lambda file: file.name)
def test_no_sentence_about_results_uses_them(file: Path) -> None:
    sentences = list(sentences_of_page(file) if file.suffix == ".html" else sentences_of_code(file))

    assert [fault for sentence in sentences for fault in told(sentence.replace("\n", " "))] == []


def test_the_sentences_are_found() -> None:
    of_code = [one for file in PYTHON for one in sentences_of_code(file)]
    of_pages = [one for file in PAGES for one in sentences_of_page(file)]

    of_content = sentences_of_content()

    assert "Your summary" in of_code
    assert any("It is not a diagnosis" in one for one in of_content)
    assert any("Well done" in one for one in of_content)
    assert "Take to my doctor (PDF)" in of_pages
    assert len(of_code) > 30
    assert len(of_content) > 130
    assert told("Your result is positive: a success.\nPHQ-4: 9 of 12, severe.\nA severe flare.") == [
        "positive: Your result is positive: a success.",
        "result: Your result is positive: a success.",
        "success: Your result is positive: a success.",
        "severe: A severe flare.",
    ]


# ------------------------------------------------------------------ whatever anyone answered

FINISHED = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)
number = st.none() | st.integers(0, 10)


def some(known: Any, most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(list(known)), unique=True, max_size=most).map(tuple)


def items(low: int, high: int, count: int) -> st.SearchStrategy[tuple[int | None, ...]]:
    return st.lists(st.none() | st.integers(low, high), min_size=count, max_size=count).map(tuple)


answers = st.builds(
    Answers,
    answering_for=st.sampled_from(["myself", "someone-i-care-for"]),
    age_band=st.sampled_from(["under-16", "16-17", "18-39", "65-plus"]),
    country=st.sampled_from([None, "GB", "US", "IN"]),
    conditions=st.just(("none-yet",))
    | st.lists(
        st.sampled_from([one for one in LIBRARY.conditions if one != "none-yet"]), unique=True, min_size=1, max_size=3
    ).map(tuple),
    red_flags=some(LIBRARY.red_flags, 3),
    ratings=st.dictionaries(st.sampled_from(list(LIBRARY.ratings)), number, max_size=8),
    instruments=st.fixed_dictionaries(
        {}, optional={"peg": items(0, 10, 3), "phq4": items(0, 3, 4), "pgic": items(1, 7, 1)}
    ),
    precautions=some(LIBRARY.precautions, 5),
    main_symptom=st.sampled_from([None, *LIBRARY.ratings]),
    problem_words=st.sampled_from([None, "sore wrists", "worn out by noon"]),
    activity_words=st.sampled_from([None, "walk the dog"]),
    stopping_medicine=st.sampled_from([None, True, False]),
    sessions_since=st.none() | st.integers(0, 20),
    side_effects=some(LIBRARY.side_effects, 2),
    changed_since=some([one.id for one in LIBRARY.quiz.changes], 2),
    none_changed=st.booleans(),
)
histories = st.lists(
    st.tuples(answers, st.integers(1, 60), st.sampled_from(["1", "1", "1", "2"])), min_size=1, max_size=4
)
WORST = Answers(
    age_band="40-64",
    country="GB",
    conditions=("ra", "sle"),
    ratings=dict.fromkeys(LIBRARY.ratings, 10),
    instruments={"peg": (10, 10, 10), "phq4": (3, 3, 3, 3), "pgic": (7,)},
    problem_words="sore wrists",
    main_symptom="pain",
    stopping_medicine=True,
    changed_since=("flare",),
    side_effects=tuple(LIBRARY.side_effects),
    red_flags=tuple(LIBRARY.red_flags),
)
BEST = msgspec.structs.replace(
    WORST,
    ratings=dict.fromkeys(LIBRARY.ratings, 0),
    instruments={"peg": (0, 0, 0), "phq4": (0, 0, 0, 0), "pgic": (1,)},
    red_flags=(),
)


def check_ins_of(history: list[tuple[Answers, int, str]]) -> list[CheckIn]:
    at, made = FINISHED, []
    for place, (given_, days, version) in enumerate(history):
        at += timedelta(days=days)
        made.append(
            CheckIn(
                id=UUID(int=place + 1),
                variant="full",
                answers=given_,
                quiz_version=version,
                content_version="abc",
                language="en",
                created_at=at,
                updated_at=at,
                finished_at=at,
            )
        )
    return made


def own_words(summary: Summary) -> Summary:
    """Without what writers wrote (claims, pages, signs and what to do about them): the content check judges that."""
    plan = msgspec.structs.replace(summary.plan, instead="", because=())
    return msgspec.structs.replace(summary, found=(), reading=(), before_needles=(), care=(), red_card=None, plan=plan)


def strings(value: Any) -> Iterator[str]:
    match value:
        case str() if not value.startswith("/"):
            yield value
        case dict():
            for key, one in value.items():
                if key not in ("id", "look"):
                    yield from strings(one)
        case list() | tuple():
            for one in value:
                yield from strings(one)


@given(histories)
@example([(WORST, 1, "1"), (BEST, 30, "1"), (BEST, 30, "1")])
@example([(BEST, 1, "1"), (WORST, 30, "1"), (WORST, 30, "1")])
@settings(max_examples=60)
def test_nobody_s_page_text_pdf_or_trend_uses_them(history: list[tuple[Answers, int, str]]) -> None:
    check_ins = check_ins_of(history)
    newest, before = check_ins[-1], tuple(check_ins[:-1])
    earlier = before[-1] if before else None
    assessment = assess(newest.answers, previous_scores(newest, earlier, LIBRARY), LIBRARY)
    summary = own_words(make_summary(newest, before, assessment, LIBRARY))

    # What stands in quotation marks is a question of the quiz, told back.
    text = re.sub("“[^”]*”", "", text_of(blocks_of(summary)))
    assert told(text) == []
    assert [
        fault
        for line in paper_lines(blocks_of(summary))
        for fault in told(re.sub("“[^”]*”", "", f"{line.strong} {line.text} {line.small}"))
    ] == []
    # The page has more blocks than paper.
    page = msgspec.to_builtins(results_page(summary, ()))
    assert [fault for text in strings(page) for fault in told(re.sub("“[^”]*”", "", text))] == []
    trends = progress_page(check_ins, LIBRARY)
    for trend in (trends.main, *trends.others):
        for text in strings(msgspec.to_builtins(trend)):
            assert told(f"{trend.name} {text}") == []
    rest = msgspec.structs.replace(trends, main=None, others=(), sources=(), credits=())
    assert [fault for text in strings(msgspec.to_builtins(rest)) for fault in told(text)] == []
