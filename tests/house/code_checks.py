"""Checks of what stands in a file: purity, SQL, mark-up, wording, sizes. Each takes a tree and gives its faults."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.house import table
from tests.house.modules import Module
from tests.house.tree import Fault, Tree, short

SQL = re.compile(
    r"\bselect\s.+\sfrom\s+\w|\binsert\s+into\s+\w|\bupdate\s+\w+\s+set\s|\bdelete\s+from\s+\w+(?:\s+where\b|\s*;|\s*$)"
    r"|\b(?:create|drop|alter)\s+(?:table|index|trigger)\b|^\s*pragma\s|^\s*vacuum\b",
    re.IGNORECASE | re.DOTALL,
)
TAG = re.compile(
    r"</?(?:a|abbr|article|aside|b|body|br|button|code|dd|details|div|dl|dt|em|fieldset|figure|font|footer|form|h[1-6]|head"
    r"|header|hr|html|i|img|input|label|legend|li|link|main|mark|meta|nav|ol|option|p|path|pre|script|section|select|small"
    r"|span|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|th|thead|title|tr|u|ul|url|urlset|use)"
    r"(?:\s[^<>]*)?/?>"
)


def impure_imports(tree: Tree) -> Iterator[Fault]:
    for module in tree.pure():
        for one in module.imports:
            target = tree.target(one)
            library = one.module.split(".")[0]
            if library in table.IMPURE_LIBRARIES:
                yield Fault("purity", f"{short(module.name)} > {library}", one.line, f"a pure file imports {library}")
            elif target and (tree.unit_of(target) in ("db", "settings") or _binds(tree, target)):
                yield Fault("purity", f"{short(module.name)} > {target}", one.line, "it loads the web or the database")


def _binds(tree: Tree, target: str) -> bool:
    return tree.feature_of(target) is None and target in tree.web_bound


def clocks_and_chance(tree: Tree) -> Iterator[Fault]:
    for module in tree.pure():
        for name, line in _names(module):
            if name in table.CLOCKS or name.startswith("random."):
                yield Fault("clock", f"{short(module.name)} > {name}", line, "time and new ids come as arguments")


def _names(module: Module) -> list[tuple[str, int]]:
    """All that is named: by use, and by `from … import`, even when it is not used."""
    imported = [(f"{one.module}.{one.name}", one.line) for one in module.imports if one.name]
    return list(dict.fromkeys([*imported, *module.uses]))


def file_reads(tree: Tree) -> Iterator[Fault]:
    for module in tree.pure():
        for called, line in module.calls:
            last = called.rpartition(".")[2]
            # Only what is certainly a file: `open(…)`, and methods of a path by their own names.
            if called == "open" or ("." in called and last in table.READS and _paths(module)):
                yield Fault("file", short(module.name), line, f"a pure file calls {called}")


def _paths(module: Module) -> bool:
    return any(one.module in ("pathlib", "io", "importlib.resources", "acupwa.web.paths") for one in module.imports)


def environment(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules.values():
        if module.name == f"{tree.root}.settings":
            continue
        for name, line in _names(module):
            if name in table.ENVIRONMENT or name.startswith("os.environ."):
                yield Fault("environment", short(module.name), line, f"{name}: only settings.py reads it")


def sql(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules.values():
        if tree.layer_of(module.name) == "store" or tree.unit_of(module.name) == "db":
            continue
        subject = short(module.name)
        for one in module.imports:
            if one.module.split(".")[0] in ("sqlmodel", "sqlalchemy") and one.name in table.SQL_NAMES:
                yield Fault("sql", subject, one.line, f"{one.name} outside a store")
        for called, line in module.calls:
            if "." in called and called.rpartition(".")[2] in table.QUERIES:
                yield Fault("sql", subject, line, f"{called}() outside a store")
        for words, line in module.strings:
            if SQL.search(words):
                yield Fault("sql", subject, line, f"{words[:50]!r} outside a store")


def tables(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules.values():
        if tree.layer_of(module.name) == "store" or tree.unit_of(module.name) == "db":
            continue
        for one in module.classes:
            if one.table:
                yield Fault("table", f"{short(module.name)}:{one.name}", one.line, "a table outside a store")


def markup(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules.values():
        for words, line in module.strings:
            if TAG.search(words) and "(?" not in words:
                yield Fault("markup", short(module.name), line, f"{words[:50]!r}: templates hold HTML")


def wording(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules.values():
        if tree.layer_of(module.name) in ("store", "routes"):
            for name, line in _names(module):
                if name in (f"{tree.root}.{one}" for one in ("wording.gettext", "wording.ngettext", "sentences.say")):
                    yield Fault("wording", short(module.name), line, "sentences stand in rules, pages and templates")


def file_sizes(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules.values():
        if module.lines > table.MOST_LINES:
            yield Fault("file size", short(module.name), 1, f"{module.lines} lines, more than {table.MOST_LINES}")


def function_sizes(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules.values():
        for one in module.functions:
            if one.lines > table.MOST_FUNCTION_LINES:
                words = f"{one.lines} lines, more than {table.MOST_FUNCTION_LINES}"
                yield Fault("function size", f"{short(module.name)}:{one.name}", one.line, words)


def handlers(tree: Tree) -> Iterator[Fault]:
    """A handler parses, decides and shows; what branches more is a rule, and rules stand elsewhere."""
    for module in tree.modules.values():
        if tree.layer_of(module.name) != "routes":
            continue
        for one in module.functions:
            subject = f"{short(module.name)}:{one.name}"
            if one.handler and one.statements > table.MOST_HANDLER_STATEMENTS:
                yield Fault("handler", subject, one.line, f"{one.statements} statements")
            elif one.branches > table.MOST_ROUTE_BRANCHES:
                yield Fault("handler", subject, one.line, f"{one.branches} branches: a rule in routes")
