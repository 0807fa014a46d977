"""Where the sentences of the content are said, in code and in templates, and what each call fills in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec
from jinja2 import Environment, nodes

from acupwa.library.faults import Fault
from acupwa.library.sentence_check import fields_of
from acupwa.sentences import FOLDER, Sentence
from acupwa.web.paths import TEMPLATES

CODE = Path(__file__).parents[1]
SAY = "say"
_KEY = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+\.[a-z0-9_]+")


class SentenceCall(msgspec.Struct, frozen=True):
    """`keys`: the sentences that it may say; `values`: the names of what is filled in."""

    place: str
    keys: tuple[str, ...]
    values: frozenset[str]


@cache
def sentence_calls() -> tuple[SentenceCall, ...]:
    """Each call of `say` that ships; read once, as code and templates stay as they are while it runs."""
    return (*_calls_in_code(), *_calls_in_templates())


def sentence_call_faults(sentences: Mapping[str, Sentence]) -> Iterator[Fault]:
    """A sentence that is said and not there, or has a field that it is not given; one that is never said.

    Where a sentence has no `{n}` in words, `n` may still choose its form.
    """
    calls = sentence_calls()
    for call in calls:
        for key in call.keys:
            if key not in sentences:
                yield _fault(key, f"is said in {call.place}, and is not there")
            elif fields_of(sentences[key]) | ({"n"} & call.values) != call.values:
                yield _fault(
                    key, f"has the fields {sorted(fields_of(sentences[key]))}; {call.place} gives {sorted(call.values)}"
                )
        if not call.keys:
            yield Fault(call.place, SAY, "no key that can be looked up")
    for key in sorted(set(sentences) - {key for call in calls for key in call.keys}):
        yield _fault(key, "is said nowhere")


def _fault(key: str, words: str) -> Fault:
    return Fault(f"{FOLDER}/{key.split('.')[0]}.yaml", key, words)


def _calls_in_code() -> Iterator[SentenceCall]:
    for file in sorted(CODE.rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        if f"{SAY}(" not in source:
            continue
        for function in ast.walk(ast.parse(source)):
            if isinstance(function, ast.FunctionDef):
                yield from _calls_in_function(function, file.relative_to(CODE).as_posix())


def _calls_in_function(function: ast.FunctionDef, file: str) -> Iterator[SentenceCall]:
    said = [one for one in ast.walk(function) if isinstance(one, ast.Call) and _is_say(one)]
    inside = {id(one) for call in said for one in ast.walk(call.args[0])}
    # A key may be chosen on a line of its own before it is said.
    chosen = tuple(_keys_in(one for one in ast.walk(function) if id(one) not in inside))
    for call in said:
        keys = tuple(_keys_in(ast.walk(call.args[0]))) or chosen
        yield SentenceCall(f"{file}:{call.lineno}", keys, frozenset(one.arg or "" for one in call.keywords))


def _keys_in(found: Iterator[ast.AST]) -> Iterator[str]:
    for one in found:
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and _KEY.fullmatch(one.value):
            yield one.value


def _is_say(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == SAY


def _calls_in_templates() -> Iterator[SentenceCall]:
    environment = Environment(extensions=["jinja2.ext.do"], autoescape=True)
    for file in sorted(one for one in TEMPLATES.rglob("*") if one.suffix in (".html", ".txt")):
        for call in environment.parse(file.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == SAY:
                constants = (call.args[0], *call.args[0].find_all(nodes.Const))
                keys = [one.value for one in constants if isinstance(one, nodes.Const)]
                yield SentenceCall(
                    f"{file.relative_to(TEMPLATES).as_posix()}:{call.lineno}",
                    tuple(key for key in keys if isinstance(key, str) and _KEY.fullmatch(key)),
                    frozenset(one.key for one in call.kwargs),
                )
