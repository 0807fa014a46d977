"""Posted names and what is wrong with them. Pure: Litestar stays in `rendering.py`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from acupwa.web.text import clean_all, one_line

_MOST_DIGITS = 4
# Far above what any field takes. More than that is not looked at: cleaning takes a microsecond a character.
_LONGEST_TYPED = 20_000


class FieldError(msgspec.Struct, frozen=True):
    """What to do about one field. `field` is its posted name."""

    field: str
    message: str


class FormData:
    """Posted fields; one name may come several times. Each is read as cleaned text (`text.clean`).

    `last` is the last value of each name: `declared.py` refuses two different ones where a field has one.
    `files` are the names under which a file came, `unread` those of which a value was no text.
    """

    def __init__(
        self, pairs: Iterable[tuple[str, str]], *, files: Iterable[str] = (), unread: Iterable[str] = ()
    ) -> None:
        sent = tuple(pairs)
        self.files, self.unread = frozenset(_cleaned_names(files)), frozenset(_cleaned_names(unread))
        names = _cleaned_names(name for name, _ in sent)
        values = clean_all(value[:_LONGEST_TYPED] for _, value in sent)
        self._sent: dict[str, tuple[str, ...]] = {}
        self._cleaned: dict[str, tuple[str, ...]] = {}
        for name, (_, value), cleaned in zip(names, sent, values, strict=True):
            self._sent[name] = (*self._sent.get(name, ()), value)
            self._cleaned[name] = (*self._cleaned.get(name, ()), cleaned)
        self.last: Mapping[str, str] = {name: values[-1] for name, values in self._cleaned.items()}

    @classmethod
    def of(cls, fields: Mapping[str, str | Sequence[str]]) -> FormData:
        return cls(
            (name, one) for name, value in fields.items() for one in ([value] if isinstance(value, str) else value)
        )

    @property
    def fields(self) -> Mapping[str, tuple[str, ...]]:
        """All of it, as it was sent: `FormData.of` makes the same form of it again."""
        return self._sent

    def one(self, name: str, default: str = "") -> str:
        return self.last.get(name, default)

    def raw(self, name: str) -> str:
        """As it was sent, with the white space around it: for passwords, and for files that have a reader of their own."""
        return self._sent[name][-1] if name in self._sent else ""

    def every(self, name: str) -> tuple[str, ...]:
        """All values of `name`, also empty ones and those that came twice."""
        return self._cleaned.get(name, ())

    def many(self, name: str) -> tuple[str, ...]:
        """All values of `name` that are not empty, each once, in order."""
        return tuple(dict.fromkeys(value for value in self.every(name) if value))


def _cleaned_names(names: Iterable[str]) -> tuple[str, ...]:
    return clean_all(name.replace("\n", " ") for name in names)


class FormReader:
    """Reads posted fields one after the other; the first fault of a field is the one that is told, beside it.

    A field that is empty gives nothing and no fault; one at fault gives nothing, or what of it can be read.
    """

    def __init__(self, form: FormData) -> None:
        self.form = form
        self._errors: dict[str, FieldError] = {}

    @property
    def errors(self) -> tuple[FieldError, ...]:
        return tuple(self._errors.values())

    def fault(self, name: str, message: str) -> None:
        self._errors.setdefault(name, FieldError(name, message))

    def one_of(self, name: str, allowed: Collection[str], message: str) -> str | None:
        given = self.form.one(name)
        if given in allowed:
            return given
        if given:
            self.fault(name, message)
        return None

    def many_of(self, name: str, allowed: Collection[str], message: str) -> tuple[str, ...]:
        """Those that are allowed, in the order of the form."""
        given = self.form.many(name)
        if not set(given) <= set(allowed):
            self.fault(name, message)
        return tuple(one for one in given if one in allowed)

    def whole_number(self, name: str, low: int, high: int, message: str) -> int | None:
        """From `low` to `high`, both in; `message` may name them: `{low}`, `{high}`."""
        given = self.form.one(name)
        if given.isascii() and given.isdecimal() and len(given) <= _MOST_DIGITS and low <= int(given) <= high:
            return int(given)
        if given:
            self.fault(name, message.format(low=low, high=high))
        return None

    def text(self, name: str, longest: int, message: str) -> str | None:
        """One line of up to `longest` characters; `message` may name them: `{most}`."""
        words = one_line(self.form.one(name))
        if len(words) > longest:
            self.fault(name, message.format(most=longest))
            return None
        return words or None
