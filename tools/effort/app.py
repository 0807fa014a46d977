"""The app as it is served, on a database of its own, with a clock that can be turned: a follow-up is four weeks later."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.clock import Clock
from tests.support.database import KEY, migrate
from tests.support.served import served

from acupwa.app import create_app
from acupwa.library.load import load_library
from acupwa.settings import read_settings


@contextmanager
def running() -> Iterator[tuple[str, Clock]]:
    """Yields its address and its clock."""
    with tempfile.TemporaryDirectory() as name:
        settings = read_settings({"ACUPWA_SECRET_KEYS": KEY, "ACUPWA_DATA_DIR": name}, folder=Path(name))
        migrate(settings.database_url)
        clock = Clock()
        app = create_app(settings, library=load_library(), clock=clock)
        with served(app) as address:
            yield address, clock
        app.inner.state.work.close()
