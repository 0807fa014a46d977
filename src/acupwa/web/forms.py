"""Posted names and what is wrong with them. Pure: Litestar stays in `rendering.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec


class FieldError(msgspec.Struct, frozen=True):
    """What to do about one field. `field` is its posted name."""

    field: str
    message: str


class FormData:
    """Posted fields; one name may come several times. Text is stripped of surrounding white space."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, tuple[str, ...]] = {}
        for name, value in pairs:
            self._values[name] = (*self._values.get(name, ()), value.strip())

    @classmethod
    def of(cls, fields: Mapping[str, str | Sequence[str]]) -> FormData:
        return cls(
            (name, one) for name, value in fields.items() for one in ([value] if isinstance(value, str) else value)
        )

    def one(self, name: str, default: str = "") -> str:
        """The last value of `name`, as a browser's last field wins."""
        values = self._values.get(name, ())
        return values[-1] if values else default

    def many(self, name: str) -> tuple[str, ...]:
        """All values of `name` that are not empty, each once, in order."""
        return tuple(dict.fromkeys(value for value in self._values.get(name, ()) if value))

    def keys(self) -> Iterable[str]:
        return self._values.keys()

    def __contains__(self, name: object) -> bool:
        return name in self._values
