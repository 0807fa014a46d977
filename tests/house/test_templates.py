"""Pages and templates fit: what a page offers is read, what a template reads is there, and nothing is left over."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re

import pytest

import acupwa
from tests.house.template_facts import Read, Templates
from tests.support.paths import TEMPLATES

FACTS = Templates(TEMPLATES)
# Where a folder's templates are parts of a page: the page's field that they show, and the template that includes them.
PARTS = {"quiz/screens/": ("questions", "quiz/screen.html")}
# A page's field that no template reads, and why it is there.
READ_ELSEWHERE: dict[str, str] = {
    "quiz.review.Review.title": "the title of the page that shows it: quiz/screen_page.py",
    "quiz.review.Review.lead": "the first line of the page that shows it: quiz/screen_page.py",
}


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


def reads_of(page: type) -> set[Read]:
    """What its templates read of it; of a page with parts, what the parts read too."""
    if page.__module__.endswith(".blocks"):  # shown by the list of blocks, each under one name
        return FACTS.reads_of_name(page.template, "block") | FACTS.reads_of_name("results/_blocks.html", "block")
    for folder, (part, _) in PARTS.items():
        if page.template.startswith(folder):
            return FACTS.part_reads(page.template, part)
    parts = [
        one for folder, (_, of) in PARTS.items() if of == page.template for one in FACTS.names if one.startswith(folder)
    ]
    return {read for template in (*with_fragment(page.template), *parts) for read in FACTS.reads(template)}


def name_of(page: type) -> str:
    return f"{page.__module__.removeprefix('acupwa.')}.{page.__name__}"


PAGES = page_classes()


def fields_of(page: type) -> set[str]:
    """Its own, and those of bases that are no pages themselves."""
    homes = [page, *(base for base in page.__mro__[1:] if base not in PAGES)]
    return {
        name
        for home in homes
        for name, kind in inspect.get_annotations(home).items()
        if "ClassVar" not in str(kind) and not name.startswith("_")
    }


def read_by_itself(page: type) -> set[str]:
    """Fields that the page's own methods and properties read."""
    return set(re.findall(r"\bself\.(\w+)", inspect.getsource(page)))


def family(page: type) -> list[type]:
    return [one for one in PAGES if issubclass(one, page)]


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
        for read in reads_of(page)
        if read.field not in have and not read.asked and read.template != "results/_blocks.html"
    ]

    assert not missing, missing


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_field_of_a_page_is_read(page):
    read = {read.field for one in family(page) for read in reads_of(one)}

    unread = {
        name
        for name in fields_of(page) - read - read_by_itself(page)
        if f"{name_of(page)}.{name}" not in READ_ELSEWHERE
    }

    assert not unread, f"{page.template} reads none of {sorted(unread)}"


def test_no_reason_is_left_over():
    known = {f"{name_of(page)}.{name}" for page in PAGES for name in fields_of(page)}
    assert set(READ_ELSEWHERE) <= known


@pytest.mark.parametrize("template", sorted(FACTS.names))
def test_a_template_uses_every_macro_that_it_imports(template):
    assert FACTS.unused_imports(template) == []


@pytest.mark.parametrize("template", sorted(FACTS.names))
def test_a_template_imports_every_macro_that_it_uses(template):
    assert FACTS.foreign_macros(template) == []


def test_every_template_is_named_by_a_page_or_another_template():
    starts = [template for page in PAGES for template in with_fragment(page.template)]

    assert sorted(FACTS.names - FACTS.reachable(starts)) == []
