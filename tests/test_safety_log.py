"""docs/safety.md names the test that guards each hazard: each must be there, and each hazard must have one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOG = (ROOT / "docs" / "safety.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", LOG)))
HAZARDS = re.findall(
    r"^\| (?!hazard |---)(.+?) \| (.+?) \| (.+?) \|$", LOG.partition("## Hazards")[2].partition("\n## ")[0], re.M
)


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_every_test_that_the_safety_log_names_is_there(file, name):
    tree = ast.parse((ROOT / file).read_text())

    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("row", HAZARDS, ids=lambda row: row[0])
def test_every_hazard_has_a_test(row):
    assert re.search(r"`tests/[\w/]+\.py::test_\w+`", row[2])


def test_the_log_is_read():
    assert len(HAZARDS) >= 25
    assert len(NAMED) >= len(HAZARDS)
