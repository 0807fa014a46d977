"""All checks together, without what the table names as an exception."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase

from tests.house import code_checks, import_checks, table
from tests.house.tree import Fault, Tree

Check = Callable[[Tree], Iterator[Fault]]
CHECKS: Mapping[str, Check] = {
    "edge": import_checks.edges,
    "layer": import_checks.layers,
    "page type": import_checks.page_types,
    "lazy import": import_checks.lazy_imports,
    "circle": import_checks.import_circles,
    "two-way pair": import_checks.two_way_pairs,
    "web in service": import_checks.web_in_services,
    "purity": code_checks.impure_imports,
    "clock": code_checks.clocks_and_chance,
    "file": code_checks.file_reads,
    "environment": code_checks.environment,
    "sql": code_checks.sql,
    "table": code_checks.tables,
    "markup": code_checks.markup,
    "wording": code_checks.wording,
    "file size": code_checks.file_sizes,
    "function size": code_checks.function_sizes,
    "handler": code_checks.handlers,
}


def faults_of(tree: Tree, check: str) -> list[Fault]:
    """Each once, at the first line where it stands."""
    first: dict[tuple[str, str, str], Fault] = {}
    for one in sorted(CHECKS[check](tree), key=lambda fault: (fault.subject, fault.line)):
        if not any(_excuses(exception, one) for exception in table.EXCEPTIONS):
            first.setdefault((one.check, one.subject, one.words), one)
    return list(first.values())


def all_faults(tree: Tree) -> list[Fault]:
    return [fault for check in CHECKS for fault in faults_of(tree, check)]


def stale_exceptions(tree: Tree) -> list[tuple[str, str]]:
    """Exceptions that excuse nothing any more."""
    found = [fault for check in CHECKS.values() for fault in check(tree)]
    return [one for one in table.EXCEPTIONS if not any(_excuses(one, fault) for fault in found)]


def _excuses(exception: tuple[str, str], fault: Fault) -> bool:
    check, subject = exception
    return fault.check == check and fnmatchcase(fault.subject, subject)
