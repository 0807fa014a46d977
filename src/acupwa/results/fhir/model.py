"""What an item of a FHIR R4 Questionnaire is to us. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

OURS = "urn:acupwa"
LOINC = "http://loinc.org"
COUNTRY = "urn:iso:std:iso:3166"
COUNTRY_CHOICES = "http://hl7.org/fhir/ValueSet/iso3166-1-2"

# Its licence asks for these words wherever its codes are given.
LOINC_NOTICE = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, Inc. "
    "and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the "
    "license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc."
)

ItemType = Literal["group", "choice", "integer", "decimal", "boolean", "string", "text"]


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """A code of ours unless `system` says otherwise. `weight` is the number that a scored answer stands for."""

    system: str
    code: str
    display: str
    weight: int | None = None


class When(msgspec.Struct, frozen=True, kw_only=True):
    """A simple skip: the answer to `question` is, or is not, this one."""

    question: str
    equals: bool = True
    answer: Coding | int


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """`any_of`: one of `when` is enough, else all must hold. `computed`: made from other answers, never asked.

    `hidden`: not asked any more. `unit`: of an integer, in UCUM.
    """

    link_id: str
    type: ItemType
    text: str
    loinc: str | None = None
    required: bool = False
    repeats: bool = False
    options: tuple[Coding, ...] = ()
    value_set: str | None = None
    low: int | None = None
    high: int | None = None
    low_words: str = ""
    high_words: str = ""
    longest: int | None = None
    when: tuple[When, ...] = ()
    any_of: bool = False
    computed: bool = False
    hidden: bool = False
    unit: str = ""
    expression: str = ""
    items: tuple[Item, ...] = ()


def each(items: Sequence[Item]) -> Iterator[Item]:
    """Every item, those inside groups too."""
    for item in items:
        yield item
        yield from each(item.items)
