"""Pages and templates fit: what a page offers is read, what a template reads is there, and nothing is left over."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest

import acupwa
from tests.house.template_facts import Templates
from tests.support.paths import TEMPLATES

FACTS = Templates(TEMPLATES)


def page_classes() -> list[type]:
    found = []
    for one in pkgutil.walk_packages(acupwa.__path__, "acupwa."):
        if "migrations" in one.name or one.name.endswith("__main__"):
            continue
        module = importlib.import_module(one.name)
        for value in vars(module).values():
            if inspect.isclass(value) and value.__module__ == module.__name__ and "template" in vars(value):
                found.append(value)
    return found


def with_fragment(template: str) -> list[str]:
    """`a/b.html` and the fragment `a/_b.html` that answers htmx in its place."""
    folder, _, name = template.rpartition("/")
    fragment = f"{folder}/_{name}" if folder else f"_{name}"
    return [template, *([fragment] if fragment in FACTS.names else [])]


def name_of(page: type) -> str:
    return f"{page.__module__.removeprefix('acupwa.')}.{page.__name__}"


PAGES = page_classes()


def test_there_are_pages():
    assert len(PAGES) > 50


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_s_template_is_there(page):
    assert page.template in FACTS.names


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_template_reads_nothing_that_its_page_does_not_have(page):
    have = {name for one in page.__mro__ for name in inspect.get_annotations(one)} | set(dir(page))

    missing = [
        f"{read.template}:{read.line}: page.{read.field}"
        for template in with_fragment(page.template)
        for read in FACTS.reads(template)
        if read.field not in have and not read.asked
    ]

    assert not missing, missing


@pytest.mark.parametrize("template", sorted(FACTS.names))
def test_a_template_uses_every_macro_that_it_imports(template):
    assert FACTS.unused_imports(template) == []


@pytest.mark.parametrize("template", sorted(FACTS.names))
def test_a_template_imports_every_macro_that_it_uses(template):
    assert FACTS.foreign_macros(template) == []


def test_every_template_is_named_by_a_page_or_another_template():
    starts = [template for page in PAGES for template in with_fragment(page.template)]

    assert sorted(FACTS.names - FACTS.reachable(starts)) == []
