"""What stands beside the code: templates, scripts, style sheets, the folders at the top, the lock files."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.support.paths import ROOT, TEMPLATES


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda f: f.name)
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
    for file in TEMPLATES.rglob("*.html"):
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
