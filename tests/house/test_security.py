"""docs/security.md says what there is: every file, test, number and count on it is held to the code."""

from __future__ import annotations

import ast
import importlib
import re
from collections import Counter
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from tests.support.paths import ROOT, SRC

PAGE = (ROOT / "docs" / "security.md").read_text()
NAMED = sorted(set(re.findall(r"`([\w/.-]+\.(?:py|js|html|txt))(?:::(\w+))?`", PAGE)))
UNITS = {
    "": 1, "KB": 1024, "MB": 1024**2,
    "seconds": 1, "minute": 60, "minutes": 60, "hour": 3_600, "hours": 3_600, "days": 86_400,
}  # fmt: skip
STATES = ("met", "not met", "n/a")
# Of version 5.0.0: all requirements of levels 1 and 2, and those of level 1.
REQUIRED, OF_LEVEL_ONE = 253, 70
Row = dict[str, str]


def section(title: str) -> str:
    """What stands under a heading, with what is below it."""
    level, _space, _words = title.partition(" ")
    after = PAGE.partition(f"\n{title}\n")[2]
    return re.split(rf"^#{{1,{len(level)}}} ", after, maxsplit=1, flags=re.MULTILINE)[0]


def rows_of(text: str) -> list[Row]:
    """Of all its tables, by the names of their columns."""
    tables = re.findall(r"^(\|[^\n]*)\n\|[-| ]+\n((?:\|[^\n]*\n?)+)", text, re.MULTILINE)
    return [dict(zip(cells(head), cells(row), strict=True)) for head, rows in tables for row in rows.splitlines()]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip()[1:-1].split("|")]


LIMITS = rows_of(section("## Limits"))
ASVS = rows_of(section("## ASVS 5.0, levels 1 and 2"))
COUNTS = [row for row in ASVS if "chapter" in row]
REQUIREMENTS = [row for row in ASVS if "no." in row]


def place(name: str) -> Path:
    """Tests stand below `tests/`, code below `src/acupwa/`; all else is named as it stands."""
    if (ROOT / name).exists():
        return ROOT / name
    return ROOT / "tests" / name if Path(name).name.startswith("test_") else SRC / name


@cache
def names_in(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text())
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    values = (node for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    return frozenset(functions | {node.id for node in values})


def number_of(cell: str) -> float:
    number, _space, unit = cell.partition(" ")
    return float(number.replace(",", "")) * UNITS[unit]


def value_of(name: str) -> float:
    file, _colons, constant = name.partition("::")
    module = importlib.import_module("acupwa." + file.removesuffix(".py").replace("/", "."))
    value = getattr(module, constant)
    return value.total_seconds() if isinstance(value, timedelta) else float(value)


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_what_is_named_is_there(file, name):
    assert place(file).is_file()
    assert not name or name in names_in(place(file))


@pytest.mark.deadlines
@pytest.mark.parametrize("row", LIMITS, ids=lambda row: row["from"])
def test_each_limit_is_that_of_the_code(row):
    names = re.findall(r"`([\w/]+\.py::\w+)`", row["from"])
    told = [row[column] for column in ("number", "within", "time") if column in row]

    assert [number_of(cell) for cell in told] == [value_of(name) for name in names]


@pytest.mark.parametrize(
    "row", rows_of(section("## Who might attack, and what stops them")), ids=lambda row: row["tries"]
)
def test_each_attack_says_what_shows_that_it_is_stopped_and_what_is_left_over(row):
    assert row["left over"]
    assert "::test_" in row["shown by"] or row["what stops it"].startswith("nothing")


def test_every_requirement_stands_once_in_its_order():
    numbers = [tuple(map(int, row["no."].split("."))) for row in REQUIREMENTS]

    assert numbers == sorted(set(numbers))
    assert len(numbers) == REQUIRED
    assert Counter(row["level"] for row in REQUIREMENTS) == {"1": OF_LEVEL_ONE, "2": REQUIRED - OF_LEVEL_ONE}


@pytest.mark.parametrize("row", REQUIREMENTS, ids=lambda row: row["no."])
def test_each_requirement_has_a_state_and_a_place_or_a_reason(row):
    assert row["state"] in STATES
    assert len(row["asked"].split()) <= 12
    assert row["where, or why"]
    assert row["state"] != "met" or re.search(r"`[^`]+`|\*[A-Z][^*]+\*|\.md|\bline \d", row["where, or why"])


def test_the_counts_are_those_of_the_tables():
    found = Counter((f"V{row['no.'].partition('.')[0]}", row["state"]) for row in REQUIREMENTS)
    chapters = {f"V{n}": [found[f"V{n}", state] for state in STATES] for n in range(1, 18)}

    told = {row["chapter"].partition(" ")[0]: [int(row[state]) for state in STATES] for row in COUNTS}

    assert told == {**chapters, "all": [sum(column) for column in zip(*chapters.values(), strict=True)]}


def test_operators_have_ten_lines_to_check():
    lines = re.findall(r"^(\d+)\. \*\*", section("## For operators: ten lines to check"), re.MULTILINE)

    assert lines == [str(n) for n in range(1, 11)]


def test_the_page_is_read():
    assert len(NAMED) > 200
    assert len(LIMITS) > 45
