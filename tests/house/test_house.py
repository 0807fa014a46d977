"""The house keeps to its table (tests/house/table.py)."""

from __future__ import annotations

import pytest

from tests.house.judge import CHECKS, faults_of, stale_exceptions
from tests.house.tree import Tree
from tests.support.paths import SRC


@pytest.fixture(scope="module")
def tree() -> Tree:
    return Tree(SRC)


@pytest.mark.parametrize("check", CHECKS)
def test_the_house_keeps_to_its_table(tree, check):
    faults = faults_of(tree, check)

    if faults:
        pytest.fail("\n".join(map(str, faults)), pytrace=False)


def test_no_exception_is_left_over(tree):
    assert stale_exceptions(tree) == []
