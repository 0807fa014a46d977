"""Checks of who imports whom. Each takes a tree and gives its faults."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tests.house import table
from tests.house.tree import Fault, Tree, circles, short


def edges(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules.values():
        unit = tree.unit_of(module.name)
        if unit not in table.EDGES:
            yield Fault("edge", short(module.name), 1, f"{unit} is not declared in the table")
            continue
        for one, target in tree.inner(module):
            other = tree.unit_of(target)
            if other != unit and other not in table.EDGES[unit]:
                subject = f"{short(module.name)} > {target}"
                yield Fault("edge", subject, one.line, f"{unit} may not use {other}")


def layers(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules.values():
        layer = tree.layer_of(module.name)
        if layer is None or module.name in table.COMPOSERS:
            continue
        feature = tree.feature_of(module.name)
        for one, target in tree.inner(module):
            theirs = tree.layer_of(target)
            own = tree.feature_of(target) == feature
            allowed = (table.OWN if own else table.FOREIGN)[layer]
            if theirs and theirs not in allowed:
                whose = "its own" if own else "a foreign"
                yield Fault("layer", f"{short(module.name)} > {target}", one.line, f"{layer} takes {whose} {theirs}")


def page_types(tree: Tree) -> Iterator[Fault]:
    """What stands in another feature's closed files, or is a page, is not taken by way of a third module either."""
    for module in tree.modules.values():
        feature = tree.feature_of(module.name)
        if feature is None or module.name in table.COMPOSERS:
            continue
        taken = [(one.module, one.name, one.line) for one in module.imports if one.name]
        taken += [(*_split(name), line) for name, line in module.uses if "." in name]
        for source, name, line in dict.fromkeys(taken):
            if source not in tree.modules or tree.feature_of(source) is None:
                continue
            home, last = tree.origin(source, name)
            if tree.feature_of(home) in (feature, None):
                continue
            closed = home != source and tree.layer_of(home) not in table.FOREIGN[tree.layer_of(module.name) or "rules"]
            page = any(one.name == last and one.page for one in tree.modules[home].classes)
            if closed or page:
                yield Fault("page type", f"{short(module.name)} > {home}.{last}", line, f"taken by way of {source}")


def _split(dotted: str) -> tuple[str, str]:
    source, _, name = dotted.rpartition(".")
    return source, name


def lazy_imports(tree: Tree) -> Iterator[Fault]:
    for module in tree.modules.values():
        for one in module.imports:
            if one.lazy:
                target = tree.target(one) or one.module.split(".")[0]
                yield Fault("lazy import", f"{short(module.name)} > {target}", one.line, "imported inside a function")


def import_circles(tree: Tree) -> Iterator[Fault]:
    for members in circles(tree.graph):
        yield Fault("circle", short(members[0]), 1, " <-> ".join(short(one) for one in members))


def two_way_pairs(tree: Tree) -> Iterator[Fault]:
    between: dict[str, set[str]] = {}
    for name, targets in tree.graph.items():
        between.setdefault(tree.unit_of(name), set()).update(tree.unit_of(one) for one in targets)
    for one, other in combinations(sorted(between), 2):
        if other in between[one] and one in between[other]:
            yield Fault("two-way pair", f"{one} <-> {other}", 1, "each imports the other")


def web_in_services(tree: Tree) -> Iterator[Fault]:
    """Services take a database session and values; stores too. Neither knows of requests and templates."""
    for module in tree.modules.values():
        if tree.layer_of(module.name) not in ("service", "store"):
            continue
        for one in module.imports:
            target = tree.target(one)
            web = target is not None and tree.unit_of(target) == "web" and target in tree.web_bound
            if web or one.module.split(".")[0] in ("litestar", "starlette"):
                subject = f"{short(module.name)} > {target or one.module}"
                yield Fault("web in service", subject, one.line, "services and stores know no web")
