"""Wrong content is refused with file, place and reason."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from acupwa.library.check import page_faults_today
from acupwa.library.faults import ContentError
from acupwa.library.load import CONTENT, load_library, load_word_list
from acupwa.library.readability import reading_grade


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content"


def change(content: Path, name: str, what) -> None:
    """Load a YAML list file, let `what` change it, write it back."""
    file = content / "en" / name
    data = yaml.safe_load(file.read_text())
    data = what(data) or data
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))


def page(content: Path) -> Path:
    return content / "en" / "reading" / "safety-in-numbers.md"


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def set_first(**values):
    return lambda entries: entries[0].update(values)


FAULTS = {
    "an unknown key": (lambda c: change(c, "quiz/red-flags.yaml", set_first(colour="red")), "red-flags.yaml", "colour"),
    "a missing field": (
        lambda c: change(c, "quiz/red-flags.yaml", lambda d: d[0].pop("why") and None),
        "red-flags.yaml",
        "why",
    ),
    "an urgency that does not exist": (
        lambda c: change(c, "quiz/red-flags.yaml", set_first(urgency="soon")),
        "red-flags.yaml",
        "soon",
    ),
    "a red flag for an unknown condition": (
        lambda c: change(c, "quiz/red-flags.yaml", set_first(conditions=["gout"])),
        "red-flags.yaml",
        "gout",
    ),
    "a group that does not exist": (
        lambda c: change(c, "quiz/precautions.yaml", set_first(group="nowhere")),
        "precautions.yaml",
        "nowhere",
    ),
    "an id given twice": (
        lambda c: change(c, "quiz/precautions.yaml", lambda d: d.append(dict(d[0]))),
        "precautions.yaml",
        "taken",
    ),
    "a claim without a study": (
        lambda c: change(c, "claims/ra.yaml", set_first(studies=[], direction="unclear", certainty="low")),
        "claims",
        "needs a study",
    ),
    "a claim that cites nothing that exists": (
        lambda c: change(c, "claims/ra.yaml", set_first(studies=["nobody-2020"])),
        "claims",
        "nobody-2020",
    ),
    "a claim about an outcome that has no name": (
        lambda c: change(c, "claims/ra.yaml", set_first(outcome="happiness")),
        "claims",
        "no such outcome: happiness",
    ),
    "a grade above what the rule allows": (
        lambda c: change(
            c,
            "claims/hashimoto.yaml",
            set_first(certainty="high", direction="may-help", studies=["cheng-2018-thyroid"]),
        ),
        "claims",
        "above what its studies allow",
    ),
    "an instrument without a credit line": (
        lambda c: change(c, "quiz/instruments.yaml", set_first(credit=" ")),
        "instruments.yaml",
        "credit",
    ),
    "an instrument that may not be shipped": (
        lambda c: change(c, "quiz/instruments.yaml", set_first(shippable=False)),
        "instruments.yaml",
        "shipped",
    ),
    "a study of an unknown kind": (
        lambda c: change(c, "studies/ra.yaml", set_first(kind="opinion")),
        "studies/ra.yaml",
        "opinion",
    ),
    "an alias that is taken": (
        lambda c: change(c, "studies/ra.yaml", set_first(aliases=["tam-2007-ra"])),
        "studies",
        "taken",
    ),
    "a planner number without a ground": (
        lambda c: change(
            c,
            "planner/guidance.yaml",
            lambda d: next(iter(d["numbers"].values())).update(studies=[], ours=False),
        ),
        "guidance.yaml",
        "needs a study",
    ),
    "YAML that cannot be read": (lambda c: (c / "en/glossary.yaml").write_text("- id: [\n"), "glossary.yaml", ""),
    "a key given twice": (
        lambda c: (c / "en/glossary.yaml").write_text("- id: a\n  id: b\n  word: w\n  says: s\n"),
        "glossary.yaml",
        "twice",
    ),
    "a file that is gone": (lambda c: (c / "en/conditions.yaml").unlink(), "conditions.yaml", "cannot be read"),
    "a page without front matter": (lambda c: page(c).write_text("# Hello\n"), "safety-in-numbers.md", "front matter"),
    "a page that cites nothing that exists": (
        lambda c: page(c).write_text(page(c).read_text() + "\nIt is so [@nobody-2020].\n"),
        "safety-in-numbers.md",
        "nobody-2020",
    ),
    "a page with a claim that does not exist": (
        lambda c: page(c).write_text(page(c).read_text() + "\n::claim no-such-claim\n"),
        "safety-in-numbers.md",
        "no-such-claim",
    ),
    "a page related to nothing": (
        lambda c: (
            rewrite(page(c), "title:", "related: [no-such-page]\ntitle:")
            if "related:" not in page(c).read_text()
            else page(c).write_text(page(c).read_text().replace("related: [", "related: [no-such-page, ", 1))
        ),
        "safety-in-numbers.md",
        "no-such-page",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_refused_with_file_place_and_reason(content, name):
    spoil, file, reason = FAULTS[name]
    spoil(content)

    with pytest.raises(ContentError) as refused:
        load_library(content)

    told = [fault for fault in refused.value.faults if file.split(".")[0] in str(fault) and reason in str(fault)]
    assert told, f"{name}: {refused.value}"


def test_all_faults_are_told_at_once(content):
    change(content, "quiz/red-flags.yaml", set_first(colour="red"))
    change(content, "quiz/precautions.yaml", set_first(colour="red"))

    with pytest.raises(ContentError) as refused:
        load_library(content)

    assert {fault.file for fault in refused.value.faults} == {"quiz/red-flags.yaml", "quiz/precautions.yaml"}


def test_a_page_past_its_review_date_is_told_to_writers(library):
    faults = list(page_faults_today(library, date(2031, 1, 1), load_word_list()))

    assert {fault.place for fault in faults} >= {"next_review"}
    assert len(faults) >= len(library.pages)


def test_a_page_above_grade_eight_is_told_to_writers():
    hard = (
        "Notwithstanding methodological heterogeneity, contemporaneous investigations demonstrate "
        "inconsistent immunomodulatory consequences attributable to neurostimulation interventions."
    )

    assert reading_grade(hard, ()) > 8
    assert reading_grade("You can ask. We are here. It may help a bit.", ()) < 4


def test_names_that_patients_know_count_as_easy():
    text = "Rheumatoid arthritis hurts. Acupuncture may help. Methotrexate stays."

    assert reading_grade(text, ("rheumatoid arthritis", "acupuncture", "methotrexate")) < reading_grade(text, ())
