"""Reads posted fields over the answers so far. The posted names are those of `Answers`. Pure.

Reading never fails: it gives the answers with what could be read, and what is wrong. A draft takes the first
and leaves the second alone; going on needs no fault.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.retired_answers import item_range
from acupwa.sentences import say
from acupwa.web.forms import FieldError, FormData
from acupwa.web.text import one_line
from acupwa.web.ticks import read_tick

SKIP = "skip"
_LONGEST_TYPED = 80
_NOT_GIVEN = object()


class FormAnswers(msgspec.Struct, frozen=True, kw_only=True):
    """What a form says. `typed` keeps words that were too long, so that they can be shown again.

    `confirmed`: what to know before needles was gone through in it.
    """

    answers: Answers
    open_items: tuple[str, ...] = ()
    errors: tuple[FieldError, ...] = ()
    typed: dict[str, str] = {}
    confirmed: bool = False


class AnswerReader:
    """One form over the answers of a check-in; each screen reads its own fields with it.

    Without a check-in the form is the whole quiz on one page. `posted` has the last value of each name, `answers` are
    the fields of `Answers` as they become, `open_items` those items of instruments that were not answered.
    """

    def __init__(self, form: FormData, library: Library, check_in: CheckIn | None = None) -> None:
        before = check_in.answers if check_in else Answers()
        self.library = library
        self.check_in = check_in
        self.one_page = check_in is None
        self.confirmed = False
        self.asks = check_in.asks if check_in else ()
        self.open_items = set(check_in.open_items if check_in else ())
        self.answers: dict[str, Any] = msgspec.structs.asdict(before)
        self.answers["ratings"] = dict(before.ratings)
        self.answers["instruments"] = dict(before.instruments)
        self._form = form
        self._errors: dict[str, str] = {}
        self._typed: dict[str, str] = {}
        self.posted = self._with_items_numbered()

    def read(self) -> FormAnswers:
        """What was read until now."""
        return FormAnswers(
            answers=Answers(**self.answers),
            open_items=tuple(sorted(self.open_items)),
            errors=tuple(FieldError(field, message) for field, message in self._errors.items()),
            typed=self._typed,
            confirmed=self.confirmed,
        )

    def error(self, field: str, message: str) -> None:
        """The first thing that is wrong with a field is told, no other."""
        self._errors.setdefault(field, message)

    def need_asked(self, name: str, words: str, asked: bool) -> None:
        """A screen that was opened before other answers changed may ask for what it would not ask now.

        On one page all answers are weighed together (`left_out.py`).
        """
        if not asked and not self.one_page and self.reads(name):
            self.error(name, say("quiz.faults.not_asked", what=words))

    def reads(self, name: str) -> bool:
        """Whether this was posted, with nothing wrong with it."""
        return bool(self.posted.get(name)) and name not in self._errors

    def ids(self, name: str, known: Collection[str]) -> list[str]:
        """The posted ids that are on offer, in the order of the form."""
        posted = self._form.many(name)
        if any(one not in known for one in posted):
            self.error(name, say("quiz.faults.unknown_choice"))
        return [one for one in posted if one in known]

    def ticks(self, name: str, known: Collection[str]) -> list[str]:
        """The posted ids take the place of those ticked before, in the order of `known`."""
        ticked = self.ids(name, known)
        self.answers[name] = tuple(one for one in known if one in ticked)
        return ticked

    def none_mark(self, mark: str) -> bool:
        """Whether "None of these" is ticked."""
        ticked = read_tick(self.posted.get(mark, ""))
        if ticked is None:
            self.error(mark, say("quiz.faults.tick"))
        self.answers[mark] = bool(ticked)
        return bool(ticked)

    def choice(self, name: str, allowed: Collection[str], message: str, *, must: bool = False) -> None:
        given = self.posted.get(name)
        if given in allowed:
            self.answers[name] = given
        elif given or (must and self.answers[name] is None):
            self.error(name, message)

    def words(self, name: str, longest: int) -> None:
        """One line of the person's own words, of `longest` letters at most. Absent leaves what is there."""
        if name not in self.posted:
            return
        words = one_line(self.posted[name])
        if len(words) > longest:
            self._typed[name] = words
            self.error(name, say("quiz.faults.too_long", most=longest))
        else:
            self.answers[name] = words or None

    def keep_typed(self, name: str, typed: str) -> None:
        """What was typed and could not be read, to be shown again."""
        self._typed[name] = typed[:_LONGEST_TYPED]

    def rating(self, key: str) -> None:
        """A whole number from 0 to 10, or "prefer not to say" (None)."""
        read = self._number(f"ratings.{key}", 0, 10)
        if read is not _NOT_GIVEN:
            self.answers["ratings"][key] = read

    def instrument(self, id: str) -> None:
        """Every item of an instrument; those that were not answered stay open."""
        instrument = self.library.instruments[id]
        low, high = item_range(instrument)
        names = {f"instruments.{id}.{number}": number for number in range(1, len(instrument.items) + 1)}
        before = self.answers["instruments"].get(id)
        if before is None:
            self.open_items.update(f"{id}.{number}" for number in names.values())
        items = list(before or (None,) * len(names))
        for name, number in names.items():
            read = self._number(name, low, high)
            if read is not _NOT_GIVEN:
                items[number - 1] = read
                self.open_items.discard(f"{id}.{number}")
        self.answers["instruments"][id] = tuple(items)

    def _with_items_numbered(self) -> Mapping[str, str]:
        """`instruments.peg` three times, or once with all three, is read as `instruments.peg.1` and so on."""
        posted = dict(self._form.last)
        for id, instrument in self.library.instruments.items():
            name = f"instruments.{id}"
            if name not in posted:
                continue
            del posted[name]
            values = _items(self._form.every(name))
            numbered = {f"{name}.{number}": value for number, value in enumerate(values, 1)}
            if len(values) != len(instrument.items):
                self.error(name, say("quiz.faults.items", count=len(instrument.items)))
            elif any(posted.get(one, value) != value for one, value in numbered.items()):
                self.error(name, say("quiz.faults.items_twice"))
            else:
                posted |= numbered
        return posted

    def _number(self, name: str, low: int, high: int) -> Any:
        given = self.posted.get(name)
        if not given:
            return _NOT_GIVEN
        if given == SKIP:
            return None
        if given.isascii() and given.isdecimal() and len(given) <= 2 and low <= int(given) <= high:
            return int(given)
        self.error(name, say("quiz.faults.rating", low=low, high=high))
        return _NOT_GIVEN


def _items(values: tuple[str, ...]) -> tuple[str, ...]:
    """Each value by itself; one value may hold them all, as JSON has them: `[7, 6, null]`."""
    if len(values) == 1 and ("," in values[0] or values[0].startswith("[")):
        values = tuple(one.strip() for one in values[0].removeprefix("[").removesuffix("]").split(","))
    return tuple(SKIP if one == "null" else one for one in values)
