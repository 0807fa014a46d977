"""The app in a pseudo-language (tools/i18n.py): in this process for its pages, as a process of its own for a browser.

python -m tests.support.pseudo LANGUAGE FOLDER PORT
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import uvicorn
from tools.i18n import PSEUDO

from acupwa.app import create_app
from acupwa.db.engine import make_engine
from acupwa.db.migrate import upgrade
from acupwa.library.load import load_library
from acupwa.library.model import Library
from acupwa.settings import read_settings
from acupwa.wording import add_language, set_server_language


def speak(language: str, folder: Path) -> Library:
    """From now on this process speaks `language`, made by tools.i18n under `folder`; gives its content."""
    add_language(language, PSEUDO[language], folder / "locale", folder / "content")
    set_server_language(language)
    return load_library(folder / "content", language)


def main(language: str, folder: Path, port: int) -> None:
    library = speak(language, folder)
    settings = read_settings(dict(os.environ), folder=folder)
    upgrade(make_engine(settings.database_url))
    uvicorn.run(create_app(settings, library=library), host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
