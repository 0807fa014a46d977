"""The modules of a source folder with what the table says of them: feature, layer, who imports whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.house import table
from tests.house.modules import Import, Module, read_modules


@dataclass(frozen=True)
class Fault:
    """`subject` is what an exception in the table would name."""

    check: str
    subject: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.check}: {self.subject}:{self.line}: {self.words}"


class Tree:
    def __init__(self, source: Path) -> None:
        self.modules = read_modules(source)
        self.root = source.name

    def unit_of(self, name: str) -> str:
        """The name in `table.EDGES` that a module belongs to; its folder's name when none is declared."""
        parts = name.split(".")[1:]
        for length in (2, 1):
            unit = ".".join(parts[:length])
            if unit in table.EDGES:
                return unit
        return parts[0] if parts else self.root

    def feature_of(self, name: str) -> str | None:
        unit = self.unit_of(name)
        return unit if unit in table.FEATURES else None

    def layer_of(self, name: str) -> str | None:
        """None for what is no file of a feature."""
        if self.feature_of(name) is None or self.modules[name].package:
            return None
        stem = name.rpartition(".")[2]
        return table.LAYERS.get(stem) or table.LAYERS.get(stem.rpartition("_")[2]) or table.DEFAULT_LAYER

    def pure(self) -> Iterator[Module]:
        return (one for one in self.modules.values() if self.layer_of(one.name) in table.PURE)

    def target(self, one: Import) -> str | None:
        """The module of ours that an import reaches: `from a import b` is `a.b` when that is one."""
        deeper = f"{one.module}.{one.name}"
        if one.name and deeper in self.modules:
            return deeper
        return one.module if one.module in self.modules else None

    def inner(self, module: Module) -> Iterator[tuple[Import, str]]:
        for one in module.imports:
            target = self.target(one)
            if target is not None and target != module.name:
                yield one, target

    @cached_property
    def graph(self) -> dict[str, set[str]]:
        """Every import counts, inside functions and for type checkers too."""
        return {module.name: {target for _, target in self.inner(module)} for module in self.modules.values()}

    def origin(self, module: str, name: str) -> tuple[str, str]:
        """Where a name that `module` offers was made: through imports and `Name = other.Name`, as far as it goes."""
        seen: set[tuple[str, str]] = set()
        while (module, name) not in seen and module in self.modules:
            seen.add((module, name))
            given = self.modules[module].aliases.get(name)
            if given is None or "." not in given:
                break
            source, _, last = given.rpartition(".")
            if source not in self.modules:
                break
            module, name = source, last
        return module, name

    @cached_property
    def web_bound(self) -> set[str]:
        """Modules of ours that load the web framework or the database, themselves or by what they import."""
        bound = {
            module.name
            for module in self.modules.values()
            if any(one.module.split(".")[0] in table.WEB_LIBRARIES and not one.lazy for one in module.imports)
        }
        while True:
            more = {
                module.name
                for module in self.modules.values()
                if any(target in bound and not one.lazy for one, target in self.inner(module))
            } - bound
            if not more:
                return bound
            bound |= more


def short(name: str) -> str:
    return name.removeprefix("acupwa.")


def circles(graph: dict[str, set[str]]) -> list[tuple[str, ...]]:
    """Strongly connected parts of more than one member, each sorted (Tarjan, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[tuple[str, ...]] = []
    for start in graph:
        if start in index:
            continue
        work = [(start, iter(sorted(graph[start])))]
        index[start] = low[start] = len(index)
        stack.append(start)
        while work:
            node, others = work[-1]
            for other in others:
                if other not in graph:
                    continue
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    work.append((other, iter(sorted(graph[other]))))
                    break
                if other in stack:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    cut = stack.index(node)
                    members, stack[cut:] = stack[cut:], []
                    if len(members) > 1:
                        found.append(tuple(sorted(members)))
    return sorted(found)
