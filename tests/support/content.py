"""Small content of our own, so that these tests do not hang on what writers change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from acupwa.library.load import load_library
from acupwa.library.model import (
    BottomLine,
    Claim,
    ConditionName,
    ConsentText,
    Effort,
    Fact,
    GlossaryEntry,
    Guidance,
    Library,
    OutcomeName,
    PageChange,
    PageHead,
    PlannerNumber,
    PlannerNumbers,
    PopularClaim,
    Precaution,
    Questions,
    Quiz,
    Rating,
    ReadingPage,
    RedFlag,
    Study,
    Thresholds,
)
from acupwa.library.references import sources_in
from acupwa.reading.pages import ArticlePage, article_makers

CONDITIONS = ("ra", "sle", "ms", "hashimoto", "psoriasis", "fibromyalgia", "other", "none-yet")
SYMPTOMS = ("pain", "stiffness", "fatigue", "sleep", "thinking", "itch")


def article_pages(library: Library) -> Iterator[ArticlePage]:
    """Every page of the library, rendered."""
    return (make() for make in article_makers(library))


def make_page(slug: str = "a-page", markdown: str = "## A part\n\nWords.\n", **head: Any) -> ReadingPage:
    values: dict[str, Any] = {
        "title": slug.replace("-", " ").capitalize(),
        "group": "condition",
        "kind": "overview",
        "order": 1,
        "summary": "What it is about.",
        "bottom_line": BottomLine(line="Line.", may="May.", does_not="Not.", safety="Safe.", ask="Ask."),
        "short": ("One.", "Two."),
        "reviewed": date(2026, 11, 1),
        "next_review": date(2027, 11, 1),
        "changes": (PageChange(date=date(2026, 11, 1), note="First version."),),
    }
    return ReadingPage(
        slug=slug,
        head=PageHead(**(values | head)),
        markdown=markdown,
        sources=sources_in(markdown),
        minutes=2,
        hash="0" * 12,
    )


def make_study(id: str = "white-2001", **values: Any) -> Study:
    basis: dict[str, Any] = {
        "authors": "White A, Hayhoe S",
        "year": 2001,
        "title": "A survey",
        "journal": "BMJ",
        "ref": "1:2",
        "kind": "survey",
        "finding": "It found little.",
        "limits": "It was small.",
    }
    return Study(id=id, **(basis | values))


def make_claim(id: str = "ra-pain", **values: Any) -> Claim:
    basis: dict[str, Any] = {
        "condition": "ra",
        "outcome": "pain",
        "comparator": "sham",
        "certainty": "low",
        "direction": "unclear",
        "says": "We cannot tell whether it helps pain.",
        "studies": ("white-2001",),
    }
    return Claim(id=id, **(basis | values))


def make_popular(id: str = "eases-pain", **values: Any) -> PopularClaim:
    basis: dict[str, Any] = {
        "group": "how-it-works",
        "claim": "It eases pain.",
        "verdict": "partly",
        "short": "A little.",
        "why": "One survey says so [@white-2001].",
        "fair": "It may ease pain a little.",
        "what_would_change": "A trial against sham.",
        "studies": ("white-2001",),
        "reviewed": date(2026, 11, 1),
        "next_review": date(2027, 11, 1),
    }
    return PopularClaim(id=id, **(basis | values))


def make_fact(id: str = "serious", **values: Any) -> Fact:
    basis: dict[str, Any] = {
        "kind": "safety",
        "says": "About 14 in 10,000 visits had a real problem.",
        "by": "A survey group",
        "year": 2001,
        "studies": ("white-2001",),
    }
    return Fact(id=id, **(basis | values))


def planner_numbers() -> PlannerNumbers:
    one = PlannerNumber(value=1, name="A number", why="Chosen for a test.", ours=True)
    return PlannerNumbers(**dict.fromkeys(PlannerNumbers.__struct_fields__, one))


def make_library(
    pages: tuple[ReadingPage, ...] = (),
    studies: tuple[Study, ...] = (),
    claims: tuple[Claim, ...] = (),
    facts: tuple[Fact, ...] = (),
    popular: tuple[PopularClaim, ...] = (),
    glossary: tuple[GlossaryEntry, ...] = (),
) -> Library:
    bounds = Thresholds(small=2, clear=3)
    ratings = (
        Rating(
            key=key, trouble=key, item=f"own-{key}", name=key.capitalize(), text="?", low="none", high="worst",
            recall="7 days", thresholds=bounds, source="ours",
        )
        for key in SYMPTOMS
    )  # fmt: skip
    precautions = (
        Precaution(
            id=name, advice="ask-first", scope="technique", group="medicine", conditions=(), short=name,
            question=f"You take {name}.", why="It matters.", basis="direct",
        )
        for name in ("anticoagulants", "pacemaker")
    )  # fmt: skip
    flag = RedFlag(
        id="septic-joint", urgency="same-day", group="joints", conditions=("ra",), short="A hot joint",
        sign="A hot swollen joint", why="It may be infected.", do="Call today.", basis="official", call=("urgent",),
    )  # fmt: skip
    return Library(
        version="0" * 12,
        language="en",
        conditions={
            name: ConditionName(id=name, in_sentence=name.upper(), name=name.upper(), short=name.upper())  # type: ignore[arg-type]
            for name in CONDITIONS
        },
        outcomes={"pain": OutcomeName(id="pain", name="Pain", short="Pain")},
        quiz=Quiz(
            version="1", reviewed=date(2026, 11, 1), screens=(), follow_up=(), changes=(), flag_groups=(), precaution_groups=(),
            consent=ConsentText(version="1", text=("Yes.",)), questions=_questions(),
        ),
        effort=Effort(full={}, follow_up={}),
        red_flags={flag.id: flag},
        derived_signs={},
        help_lines=(),
        precautions={one.id: one for one in precautions},
        side_effects={},
        ratings={one.key: one for one in ratings},
        instruments={},
        studies={one.id: one for one in studies},
        facts={one.id: one for one in facts},
        claims={one.id: one for one in claims},
        popular={one.id: one for one in popular},
        pages={one.slug: one for one in pages},
        guidance=Guidance(
            numbers=planner_numbers(), by_condition=(), protocols=(), closed={}, stop_at_once=(),
            reviews=(), decisions=(), afterwards=(), cautions={}, pauses=(),
        ),
        glossary={one.id: one for one in glossary},
    )  # fmt: skip


@cache
def _questions() -> Questions:
    """The quiz's own questions as they ship: they say what an answer means in words."""
    return load_library().quiz.questions
