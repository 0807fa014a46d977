"""The house rules of who may import whom, read from the imports themselves."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "acupwa"
ROOT = SRC.parents[1]
FEATURES = ("quiz", "results", "reading", "planner", "person", "offline", "site", "practice")
SHARED = ("web", "db", "library")
NOT_PURE = ("service", "store", "routes", "cookie", "retention", "export")
FOREIGN_TO_PURE = ("litestar", "sqlmodel", "sqlalchemy", "os", "random", "time", "secrets", "uvicorn")
CLOCKS = {"now", "today", "utcnow"}


def modules() -> list[Path]:
    return sorted(SRC.rglob("*.py"))


def name_of(file: Path) -> str:
    return ".".join(("acupwa", *file.relative_to(SRC).with_suffix("").parts)).removesuffix(".__init__")


def imports(file: Path) -> set[str]:
    """Every module that a file imports, lazily or not; `from a import b` counts as `a.b` when that is a module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            known = {name_of(path) for path in modules()}
            for alias in node.names:
                deeper = f"{node.module}.{alias.name}"
                found.add(deeper if deeper in known else node.module)
    return found


def feature_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "acupwa" and parts[1] in FEATURES else None


def layer_of(file: Path) -> str:
    """`service` of `service.py` and of `sign_in_service.py`."""
    return file.stem.rpartition("_")[2]


def is_pure(file: Path) -> bool:
    return feature_of(name_of(file)) is not None and layer_of(file) not in (*NOT_PURE, "__init__")


@pytest.mark.parametrize("file", [f for f in modules() if is_pure(f)], ids=name_of)
def test_rules_forms_pages_and_models_are_pure(file):
    for module in imports(file):
        assert module.split(".")[0] not in FOREIGN_TO_PURE, f"{name_of(file)} imports {module}"
        assert not re.search(r"[._](store|service|routes|cookie)$", module), f"{name_of(file)} imports {module}"
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            on = ast.unparse(node.func.value)
            read_clock = node.func.attr in CLOCKS and on in ("datetime", "date", "datetime.datetime")
            assert not read_clock, f"{name_of(file)} reads the clock"


def test_web_and_db_know_no_feature():
    for file in modules():
        if name_of(file).split(".")[1:2] in (["web"], ["db"], ["library"]):
            assert not [m for m in imports(file) if feature_of(m)], name_of(file)


def test_services_know_no_web():
    for file in modules():
        if layer_of(file) == "service":
            assert not [m for m in imports(file) if m.startswith(("litestar", "acupwa.web.rendering"))], file


def test_only_stores_know_tables():
    for file in modules():
        if feature_of(name_of(file)) and layer_of(file) != "store":
            text = file.read_text()
            assert not re.search(r"\btable=True\b|\bselect\(", text), name_of(file)


def test_only_a_feature_itself_uses_its_store_routes_and_pages():
    for file in modules():
        own = feature_of(name_of(file))
        for module in imports(file):
            theirs = feature_of(module)
            if own and theirs and theirs != own:
                last = module.split(".")[-1].rpartition("_")[2]
                assert last not in ("store", "routes", "pages", "forms"), f"{name_of(file)} uses {module}"


def test_only_settings_reads_the_environment():
    for file in modules():
        if file.name != "settings.py":
            assert not re.search(r"os\.environ|os\.getenv|getenv\(", file.read_text()), name_of(file)


def test_no_import_goes_round_in_a_circle():
    graph = defaultdict(set)
    known = {name_of(file) for file in modules()}
    for file in modules():
        # Imports inside functions run later; they are there on purpose.
        tree = ast.parse(file.read_text())
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module in known:
                graph[name_of(file)] |= {
                    f"{node.module}.{a.name}" if f"{node.module}.{a.name}" in known else node.module for a in node.names
                }
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join((*path, module))
        if module in done:
            return
        for other in graph[module]:
            visit(other, (*path, module))
        done.add(module)

    for module in list(graph):
        visit(module, ())


@pytest.mark.parametrize("file", sorted((ROOT / "templates").rglob("*.html")), ids=lambda f: f.name)
def test_templates_keep_to_the_content_policy(file):
    text = file.read_text()
    for pattern in (
        r"<script(?![^>]*\bsrc=)(?![^>]*ld\+json)[^>]*>",
        r"<style\b",
        r"\sstyle=",
        r"\son[a-z]+=\"",
        r"hx-on",
        r"=\"js:",
        r"hx-trigger=\"[^\"]*\[",
        r"(?:src|href)=\"https?://",
    ):
        assert not re.search(pattern, text), f"{file.name}: {pattern}"


def test_every_script_that_a_template_names_is_there():
    for file in (ROOT / "templates").rglob("*.html"):
        for name in re.findall(r'data-module="([a-z-]+)"', file.read_text()):
            assert (ROOT / "static" / "js" / f"{name}.js").is_file(), f"{file.name}: {name}"


def test_style_sheets_use_logical_properties():
    physical = re.compile(
        r"(?:^|[;{\s])(?:margin|padding|border)-(?:left|right)\b|(?:^|[;{\s])(?:left|right)\s*:|text-align:\s*(?:left|right)"
    )
    for file in (ROOT / "static" / "css").glob("*.css"):
        for number, line in enumerate(file.read_text().splitlines(), 1):
            assert not physical.search(line), f"{file.name}:{number}: {line.strip()}"


def test_only_the_settled_folders_stand_at_the_top():
    allowed = {
        "src", "templates", "static", "tests", "docs", "benchmarks", "tools", ".ci", "README.md", "pyproject.toml",
        "Procfile", "Makefile", "requirements.txt", "requirements-dev.txt", "CHANGELOG.md", "LICENSE",
        ".gitignore", ".gitattributes", ".editorconfig", ".python-version",
    }  # fmt: skip
    import subprocess

    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    assert {line.split("/")[0] for line in listed.splitlines()} <= allowed


def test_lock_files_have_hashes_and_name_no_host():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "--index-url" not in text
        for line in text.splitlines():
            if re.match(r"^[a-z]", line):
                assert "==" in line, line
