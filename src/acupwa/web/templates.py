"""The one Jinja environment: autoescaped, undefined names are errors, translated, and with our few filters."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from acupwa import __version__, wording
from acupwa.db.tokens import new_token
from acupwa.sentences import sentence_of
from acupwa.web.qr import qr_picture
from acupwa.web.tabs import tab_of


class Page(Protocol):
    """What a template gets: a typed value whose class names the template."""

    template: ClassVar[str]


class Templates:
    """Renders a template with its typed page. `globals` are the few names that every template may use."""

    def __init__(self, folder: Path, asset_url: Callable[[str], str], reload: bool = False) -> None:
        self._folder = folder
        self.environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=reload,
            extensions=["jinja2.ext.do"],
        )
        self.environment.globals.update(
            _=_sentence,
            ngettext=_counted_sentence,
            say=_content_sentence,
            asset_url=asset_url,
            app_version=__version__,
            language=wording.language,
            public_address=lambda _path: None,
            qr=qr_picture,
            tab_of=tab_of,
            new_press=new_token,
            text_direction=lambda: wording.LANGUAGES[wording.language()],
        )
        self.environment.filters.update(
            date=wording.date_words,
            weekday_date=wording.weekday_date_words,
            time=wording.time_words,
            number=wording.number_words,
            money=wording.money_words,
            without_comments=_without_comments,
        )

    @property
    def version(self) -> str:
        """A hash over every template: a public page changes with them."""
        digest = hashlib.sha256()
        for file in sorted(self._folder.rglob("*")):
            if file.is_file():
                digest.update(file.name.encode() + file.read_bytes())
        return digest.hexdigest()[:12]

    def add_global(self, name: str, value: Any) -> None:
        self.environment.globals[name] = value

    def render(
        self,
        page: Page,
        *,
        path: str,
        template: str | None = None,
        posted: bool = False,
        owner: str | None = None,
        back: bool = False,
        passkeys_work: bool = False,
        bar: object = None,
    ) -> str:
        """`template` is another one than the page's own: its fragment. `posted`: it answers something that was sent;
        `owner` marks whose it is (`owner.py`), None for a public page;
        `back`: on a phone that was theirs before. `passkeys_work`: at the address that was asked. `bar` is one that stands in place of that of patients."""
        told = {"page": page, "path": path, "posted": posted, "owner": owner, "back": back}
        told |= {"passkeys_work": passkeys_work, "bar": bar}
        return self.environment.get_template(template or page.template).render(told)

    def has(self, name: str) -> bool:
        return name in self.environment.list_templates()


def _without_comments(script: str) -> str:
    """A script without the lines that are comments alone, and without what indents the others. Both are for us, and a phone
    would load them again and again."""
    return re.sub(r"^ *//.*\n|^ +", "", script, flags=re.MULTILINE)


def _sentence(message: str, **values: object) -> Markup:
    """A sentence of ours with its `{name}`s filled in. The sentence is markup, what is put into it is escaped.

    Without values it stays as it is: a script fills in what it counts.
    """
    words = Markup(wording.gettext(message))  # noqa: S704 - the messages are ours
    return wording.filled(words, **values) if values else words


def _counted_sentence(one: str, many: str, n: int, **values: object) -> Markup:
    """The form that fits `n`; `{n}` stands for it."""
    return wording.filled(Markup(wording.ngettext(one, many, n)), n=n, **values)  # noqa: S704 - the messages are ours


def _content_sentence(key: str, n: int | None = None, **values: object) -> Markup:
    """A sentence of the content, filled in as `_sentence` fills in one of the interface."""
    words = Markup(sentence_of(key, n))  # noqa: S704 - the content is ours
    return wording.filled(words, n=n, **values) if values or n is not None else words
