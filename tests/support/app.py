"""The app on a database of its own, without making all its pages anew: that takes longer than most tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from acupwa.app import create_app, running_parts
from acupwa.library.model import Library
from acupwa.settings import Settings

_made: dict[tuple[Settings, int], Any] = {}


def fresh_app(settings: Settings, library: Library, clock: Callable[[], datetime]) -> Any:
    """One that nobody has asked anything yet."""
    of_pages = msgspec.structs.replace(settings, data_dir=Path(), database_url="sqlite://", secret_keys=()), id(library)
    app = _made.get(of_pages)
    if app is None:
        app = _made[of_pages] = create_app(settings, library=library, clock=clock)
        return app
    app.inner.state.update(running_parts(settings, clock))
    app.inner.stores = type(app.inner.stores)()
    return app
