"""What the templates say, read from their syntax trees: who includes and imports whom, and what each reads of its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, nodes


class Read(NamedTuple):
    """`page.field` in a template. `asked`: only where the field is there (`is defined`)."""

    field: str
    template: str
    line: int
    asked: bool


class Templates:
    def __init__(self, folder: Path) -> None:
        environment = Environment(loader=FileSystemLoader(folder), extensions=["jinja2.ext.do"], autoescape=True)
        self.names = frozenset(
            str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file() and file.suffix != ".md"
        )
        self.trees = {name: environment.parse((folder / name).read_text()) for name in sorted(self.names)}

    def reads(self, template: str) -> set[Read]:
        """All that is read of `page` when `template` is rendered: by itself, its parent, its includes, its macros."""
        return set(self._reads(template, "page", {}, set()))

    def named(self, template: str) -> set[str]:
        """The templates that this one extends, includes or imports; of a name that is put together, all that fit."""
        found: set[str] = set()
        for node in self.trees[template].find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            found |= self._fitting(node.template)  # type: ignore[attr-defined]
        return found

    def reachable(self, starts: Iterable[str]) -> set[str]:
        waiting, found = list(starts), set[str]()
        while waiting:
            name = waiting.pop()
            if name in self.names and name not in found:
                found.add(name)
                waiting += self.named(name)
        return found

    def unused_imports(self, template: str) -> list[str]:
        tree = self.trees[template]
        used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
        given: list[str] = []
        for node in tree.find_all((nodes.Import, nodes.FromImport)):
            if isinstance(node, nodes.Import):
                given.append(node.target)
            elif isinstance(node, nodes.FromImport):
                given += [name if isinstance(name, str) else name[1] for name in node.names]
        return [name for name in given if name not in used]

    def foreign_macros(self, template: str) -> list[str]:
        """Macros that it calls and has from whoever includes or extends it."""
        tree = self.trees[template]
        own = set(self._imported(template)) | {macro.name for macro in tree.find_all(nodes.Macro)}
        own |= {node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param")}
        known = {name for _, name in self.macros}
        called = {call.node.name for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)}
        return sorted(name for name in called & known if name not in own)

    @cached_property
    def macros(self) -> dict[tuple[str, str], nodes.Macro]:
        return {(name, macro.name): macro for name, tree in self.trees.items() for macro in tree.find_all(nodes.Macro)}

    def _fitting(self, name: nodes.Expr) -> set[str]:
        constant = _constant_parts(name)
        return {one for one in self.names if re.fullmatch(constant, one)}

    def _reads(
        self, template: str, called: str, given: dict[str, tuple[str, str]], seen: set[tuple[str, str]]
    ) -> Iterator[Read]:
        """`called` is the page's name there; `given` are macros that the includer had imported."""
        if (template, called) in seen or template not in self.trees:
            return
        seen.add((template, called))
        tree = self.trees[template]
        macros = {
            **given,
            **self._imported(template),
            **{name: (at, name) for at, name in self.macros if at == template},
        }
        yield from self._in(tree, template, called, macros, seen, skip_macros=True)
        for other in self.named(template) - {at for at, _ in self._imported(template).values()}:
            yield from self._reads(other, called, macros, seen)

    def _in(
        self,
        tree: nodes.Node,
        template: str,
        called: str,
        macros: dict[str, tuple[str, str]],
        seen: set[tuple[str, str]],
        skip_macros: bool,
    ) -> Iterator[Read]:
        skipped = {id(inner) for macro in tree.find_all(nodes.Macro) for inner in macro.find_all(nodes.Node)}
        guarded = _guarded(tree, called)
        for node in tree.find_all((nodes.Getattr, nodes.Call)):
            if skip_macros and id(node) in skipped:
                continue
            if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == called:
                yield Read(node.attr, template, node.lineno, node.attr in guarded)
            elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in macros:
                yield from self._passed(node, called, macros, seen)

    def _passed(
        self, call: nodes.Call, called: str, macros: dict[str, tuple[str, str]], seen: set[tuple[str, str]]
    ) -> Iterator[Read]:
        """What a macro reads of the page when the page itself is handed to it."""
        at, name = macros[call.node.name]  # type: ignore[attr-defined]
        macro = self.macros.get((at, name))
        if macro is None:
            return
        parameters = [one.name for one in macro.args]
        handed = [parameter for parameter, value in zip(parameters, call.args, strict=False) if _is(value, called)]
        handed += [word.key for word in call.kwargs if _is(word.value, called)]
        for parameter in handed:
            if (f"{at}:{name}", parameter) not in seen:
                seen.add((f"{at}:{name}", parameter))
                inner = {**self._imported(at), **{other: (where, other) for where, other in self.macros if where == at}}
                yield from self._in(macro, at, parameter, inner, seen, skip_macros=False)

    def _imported(self, template: str) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        for node in self.trees[template].find_all(nodes.FromImport):
            for source in self._fitting(node.template):
                for name in node.names:
                    outer, inner = (name, name) if isinstance(name, str) else (name[1], name[0])
                    found[outer] = (source, inner)
        return found


def _is(value: nodes.Node, called: str) -> bool:
    return isinstance(value, nodes.Name) and value.name == called


def _guarded(tree: nodes.Node, called: str) -> set[str]:
    """Fields of which the template first asks whether they are there."""
    return {
        test.node.attr
        for test in tree.find_all(nodes.Test)
        if test.name in ("defined", "undefined")
        and isinstance(test.node, nodes.Getattr)
        and _is(test.node.node, called)
    }


def _constant_parts(name: nodes.Node) -> str:
    """A pattern of the names that an expression can give."""
    if isinstance(name, nodes.Const):
        values = name.value if isinstance(name.value, tuple | list) else (name.value,)
        return "|".join(re.escape(str(one)) for one in values)
    if isinstance(name, nodes.Concat):
        return "".join(f"(?:{_constant_parts(one)})" for one in name.nodes)
    if isinstance(name, nodes.Add):
        return f"(?:{_constant_parts(name.left)})(?:{_constant_parts(name.right)})"
    if isinstance(name, nodes.CondExpr):
        return "|".join(_constant_parts(one) for one in (name.expr1, name.expr2) if one is not None)
    return r"[\w-]+"
