"""What one source file says, read once: its imports, functions, classes, dotted names and strings."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

VERBS = {"get", "post", "put", "patch", "delete", "head", "route"}
BRANCHES = (ast.If, ast.For, ast.While, ast.Try, ast.IfExp, ast.BoolOp, ast.match_case, ast.comprehension)


@dataclass(frozen=True)
class Import:
    """`from module import name as local`, or `import module as local` (then `name` is None)."""

    module: str
    name: str | None
    local: str
    line: int
    lazy: bool


@dataclass(frozen=True)
class Function:
    name: str
    line: int
    lines: int
    statements: int
    branches: int
    handler: bool


@dataclass(frozen=True)
class Class:
    name: str
    line: int
    page: bool
    table: bool


@dataclass
class Module:
    """`aliases` are local names and what they stand for; `uses` are dotted names with aliases resolved, by line."""

    name: str
    lines: int
    package: bool
    imports: list[Import] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    classes: list[Class] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    uses: list[tuple[str, int]] = field(default_factory=list)
    calls: list[tuple[str, int]] = field(default_factory=list)
    strings: list[tuple[str, int]] = field(default_factory=list)


def read_modules(source: Path) -> dict[str, Module]:
    """Every module under `source` (the package's own folder), by dotted name."""
    found = {}
    for file in sorted(source.rglob("*.py")):
        parts = (source.name, *file.relative_to(source).with_suffix("").parts)
        package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if package else parts)
        found[name] = parse(name, file.read_text(), package)
    return found


@lru_cache(maxsize=1_000)
def parse(name: str, text: str, package: bool = False) -> Module:
    """Cached by its text: a copy of the tree with one file changed costs one file."""
    tree = ast.parse(text)
    module = Module(name, text.count("\n"), package)
    module.imports = [one for node, lazy in _imports(tree) for one in _named(node, lazy, name, package)]
    for one in module.imports:
        whole = f"{one.module}.{one.name}" if one.name else one.module
        # `import a.b` binds `a`; `import a.b as c` binds the whole.
        bound = whole if one.name or one.local != one.module.split(".")[0] else one.local
        module.aliases[one.local] = bound
    docstrings = {id(text) for text in _docstrings(tree)}
    for node in ast.walk(tree):
        _note(module, node, docstrings)
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            dotted = _dotted(statement.value, module.aliases)
            if dotted:
                module.aliases.setdefault(statement.targets[0].id, dotted)
    return module


def _imports(tree: ast.Module) -> Iterator[tuple[ast.AST, bool]]:
    """Each import, and whether it stands inside a function."""
    waiting: list[tuple[ast.AST, bool]] = [(tree, False)]
    while waiting:
        node, inside = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Call):
            yield node, inside
        deeper = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        waiting += [(child, deeper) for child in ast.iter_child_nodes(node)]


def _named(node: ast.AST, lazy: bool, module: str, package: bool) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield Import(alias.name, None, alias.asname or alias.name.split(".")[0], node.lineno, lazy)
    elif isinstance(node, ast.ImportFrom):
        source = node.module or ""
        if node.level:
            parts = module.split(".")
            base = parts[: len(parts) - node.level + (1 if package else 0)]
            source = ".".join([*base, source] if source else base)
        for alias in node.names:
            yield Import(source, alias.name, alias.asname or alias.name, node.lineno, lazy)
    elif isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        if called.endswith(("import_module", "__import__")) and node.args and isinstance(node.args[0], ast.Constant):
            yield Import(str(node.args[0].value), None, "", node.lineno, True)


def _docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value


def _note(module: Module, node: ast.AST, docstrings: set[int]) -> None:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        module.functions.append(_function(node))
    elif isinstance(node, ast.ClassDef):
        module.classes.append(_class(node))
    elif isinstance(node, ast.Attribute | ast.Name):
        dotted = _dotted(node, module.aliases)
        if dotted:
            module.uses.append((dotted, node.lineno))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
        module.strings.append((node.value, node.lineno))
    if isinstance(node, ast.Call):
        module.calls.append((ast.unparse(node.func), node.lineno))
        if isinstance(node.func, ast.Name) and node.func.id == "getattr" and len(node.args) > 1:
            on, name = _dotted(node.args[0], module.aliases), node.args[1]
            if on and isinstance(name, ast.Constant):
                module.uses.append((f"{on}.{name.value}", node.lineno))


def _dotted(node: ast.AST, aliases: dict[str, str]) -> str | None:
    """`dt.datetime.now` as `datetime.datetime.now`, after `import datetime as dt`; None for what was not imported."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in aliases:
        return None
    return ".".join([aliases[node.id], *reversed(names)])


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Function:
    body = [child for one in node.body for child in ast.walk(one)]
    statements = sum(isinstance(child, ast.stmt) for child in body)
    if ast.get_docstring(node, clean=False) is not None:
        statements -= 1
    verbs = {ast.unparse(one.func if isinstance(one, ast.Call) else one) for one in node.decorator_list}
    return Function(
        node.name,
        node.lineno,
        (node.end_lineno or node.lineno) - node.lineno + 1,
        statements,
        sum(isinstance(child, BRANCHES) for child in body),
        any(verb.split(".")[-1] in VERBS for verb in verbs),
    )


def _class(node: ast.ClassDef) -> Class:
    table = any(word.arg == "table" and ast.unparse(word.value) == "True" for word in node.keywords)
    names = {ast.unparse(one.target) for one in node.body if isinstance(one, ast.AnnAssign)}
    names |= {ast.unparse(target) for one in node.body if isinstance(one, ast.Assign) for target in one.targets}
    return Class(node.name, node.lineno, "template" in names, table)
