"""The test of the test: each way to break the house, planted in a copy of it, is found."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.house.judge import all_faults
from tests.house.tree import Tree
from tests.support.paths import SRC


class Plant(NamedTuple):
    """Files to add, and the checks that must name the first of them."""

    name: str
    files: dict[str, str]
    checks: tuple[str, ...]


HANDLER = "from litestar import get\n\n\n@get('/plant')\nasync def plant(a: int) -> int:\n"
PAGE = "from typing import ClassVar\n\n\nclass PlantPage:\n    template: ClassVar[str] = 'a.html'\n"
STORE = "ROW = 1\n"
PLANTS = (
    Plant(
        "SQL text in routes",
        {"quiz/plant_routes.py": "def show(db):\n    return db.execute('select id from check_in')\n"},
        ("sql",),
    ),
    Plant("a query in a service", {"quiz/plant_service.py": "from sqlmodel import select\n"}, ("sql",)),
    Plant(
        "SQL by an alias",
        {"quiz/plant_service.py": "import sqlalchemy as sa\n\n\ndef all_of(db):\n    return db.exec(sa.select(1))\n"},
        ("sql",),
    ),
    Plant(
        "a rule reads the clock by an alias",
        {"results/plant.py": "import datetime as dt\nNOW = dt.datetime.now()\n"},
        ("clock",),
    ),
    Plant(
        "a rule reads the day", {"results/plant.py": "from datetime import date as d\nTODAY = d.today\n"}, ("clock",)
    ),
    Plant(
        "a rule reads the clock by its name as text",
        {"results/plant.py": "from datetime import datetime\nNOW = getattr(datetime, 'now')()\n"},
        ("clock",),
    ),
    Plant("a rule reads the clock by `time`", {"results/plant.py": "import time\n"}, ("purity",)),
    Plant(
        "links take the store of the inbox",
        {
            "practice/links/plant_service.py": "from acupwa.practice.inbox.plant_store import ROW\n",
            "practice/inbox/plant_store.py": STORE,
        },
        ("edge", "layer"),
    ),
    Plant(
        "another's page by re-export",
        {
            "results/plant_page.py": "from acupwa.quiz.plant import PlantPage\n",
            "quiz/plant.py": "from acupwa.quiz.plant_page import PlantPage as PlantPage\n",
            "quiz/plant_page.py": PAGE,
        },
        ("page type",),
    ),
    Plant(
        "another's page by a new name",
        {
            "results/plant_page.py": "from acupwa.quiz import plant\n\nPAGE = plant.View\n",
            "quiz/plant.py": "from acupwa.quiz import plant_page\n\nView = plant_page.PlantPage\n",
            "quiz/plant_page.py": PAGE,
        },
        ("page type",),
    ),
    Plant(
        "another's page that stands among rules",
        {"results/plant.py": "from acupwa.quiz.plant import PlantPage\n", "quiz/plant.py": PAGE},
        ("page type",),
    ),
    Plant(
        "wording in a store",
        {"quiz/plant_store.py": "from acupwa.wording import gettext as _\n\nWORDS = _('Not there.')\n"},
        ("wording",),
    ),
    Plant(
        "a sentence in a store",
        {"quiz/plant_store.py": "from acupwa.sentences import say\n\nWORDS = say('quiz.start.minutes')\n"},
        ("wording",),
    ),
    Plant(
        "wording in routes by the module",
        {"quiz/plant_routes.py": "from acupwa import wording\n\nWORDS = wording.gettext('Not there.')\n"},
        ("wording",),
    ),
    Plant("HTML in pages", {"quiz/plant_pages.py": "TITLE = '<strong class=\"a\">Now</strong>'\n"}, ("markup",)),
    Plant(
        "HTML in an f-string",
        {"quiz/plant.py": "def link(to: str) -> str:\n    return f'<a href=\"{to}\">there</a>'\n"},
        ("markup",),
    ),
    Plant(
        "a circle hidden in a function",
        {
            "results/plant.py": "from acupwa.results import plant_other\n\nONE = plant_other\n",
            "results/plant_other.py": "def one():\n    from acupwa.results import plant\n\n    return plant\n",
        },
        ("circle",),
    ),
    Plant(
        "a circle for type checkers alone",
        {
            "results/plant.py": "from acupwa.results import plant_other\n\nONE = plant_other\n",
            "results/plant_other.py": "TYPE_CHECKING = False\nif TYPE_CHECKING:\n    from acupwa.results import plant\n",
        },
        ("circle",),
    ),
    Plant(
        "an import inside a function",
        {"results/plant.py": "def one():\n    import csv\n\n    return csv\n"},
        ("lazy import",),
    ),
    Plant(
        "an import by its name as text",
        {"results/plant.py": "import importlib\n\nONE = importlib.import_module('acupwa.site.routes')\n"},
        ("lazy import", "edge"),
    ),
    Plant(
        "a model reads a file",
        {"quiz/plant_model.py": "from pathlib import Path\n\nWORDS = Path('words.txt').read_text()\n"},
        ("file",),
    ),
    Plant("a rule opens a file", {"quiz/plant.py": "def words():\n    return open('words.txt')\n"}, ("file",)),
    Plant("a rule makes an id", {"quiz/plant.py": "from uuid import uuid4 as new\n\nID = new()\n"}, ("clock",)),
    Plant("a rule throws dice", {"quiz/plant.py": "import random as chance\n"}, ("purity",)),
    Plant(
        "a function of 900 lines",
        {"quiz/plant.py": "def long():\n" + "    a = 1\n" * 900},
        ("function size", "file size"),
    ),
    Plant(
        "a rule in routes",
        {
            "quiz/plant_routes.py": "def urgency(a):\n    if a > 7 and a < 9:\n        return 1\n    elif a > 4:\n"
            "        return 2\n    elif a > 2 or a == 0:\n        return 3\n    return 4\n"
        },
        ("handler",),
    ),
    Plant(
        "a handler of nine steps",
        {"quiz/plant_routes.py": HANDLER + "    a += 1\n" * 8 + "    return a\n"},
        ("handler",),
    ),
    Plant("forms take the web", {"quiz/plant_forms.py": "from litestar import Request\n"}, ("purity",)),
    Plant(
        "pages take what loads the web",
        {
            "quiz/plant_pages.py": "from acupwa.web.plant import A\n",
            "web/plant.py": "import litestar\n\nA = litestar\n",
        },
        ("purity",),
    ),
    Plant(
        "a service renders",
        {
            "quiz/plant_service.py": "from acupwa.web.plant import A\n",
            "web/plant.py": "import litestar\n\nA = litestar\n",
        },
        ("web in service",),
    ),
    Plant(
        "a table outside a store",
        {"quiz/plant.py": "from acupwa.db import tables\n\n\nclass Row(tables.Base, table=True):\n    id: int\n"},
        ("table",),
    ),
    Plant(
        "a foreign store",
        {"results/plant_service.py": "from acupwa.quiz.plant_store import ROW\n", "quiz/plant_store.py": STORE},
        ("layer",),
    ),
    Plant(
        "the environment outside settings",
        {"quiz/plant_service.py": "from os import environ as given\n\nHOME = given['HOME']\n"},
        ("environment",),
    ),
    Plant(
        "a circle at the top",
        {
            "results/plant.py": "from acupwa.results.plant_other import B\n\nA = B\n",
            "results/plant_other.py": "from acupwa.results.plant import A\n\nB = A\n",
        },
        ("circle",),
    ),
    Plant(
        "two features that use each other",
        {
            "quiz/plant.py": "from acupwa.results.plant import A\n",
            "results/plant.py": "from acupwa.quiz.plant_other import B\n\nA = B\n",
            "quiz/plant_other.py": "B = 1\n",
        },
        ("edge",),
    ),
    Plant("a folder that the table does not know", {"extras/plant.py": "A = 1\n"}, ("edge",)),
    Plant(
        "the person uses a feature",
        {"person/plant.py": "from acupwa.quiz.plant import A\n", "quiz/plant.py": "A = 1\n"},
        ("edge",),
    ),
    Plant(
        "plumbing uses a feature",
        {"web/plant.py": "from ..quiz import plant\n\nA = plant\n", "quiz/plant.py": "A = 1\n"},
        ("edge",),
    ),
    Plant(
        "content checks at run time",
        {"quiz/plant.py": "from acupwa.content_check.plant import A\n", "content_check/plant.py": "A = 1\n"},
        ("edge",),
    ),
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy") / SRC.name
    shutil.copytree(SRC, folder, ignore=lambda where, names: [n for n in names if "." in n and not n.endswith(".py")])
    return folder


@pytest.fixture
def planted(copy: Path, request: pytest.FixtureRequest) -> Iterator[Tree]:
    files = [copy / name for name in request.param.files]
    for file, text in zip(files, request.param.files.values(), strict=True):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    yield Tree(copy)
    for file in files:
        file.unlink()


@pytest.mark.parametrize(
    ("planted", "plant"), [pytest.param(one, one, id=one.name) for one in PLANTS], indirect=["planted"]
)
def test_what_is_planted_is_found(planted, plant):
    where = next(iter(plant.files)).removesuffix(".py").replace("/", ".")

    found = {one.check for one in all_faults(planted) if one.subject.startswith(where)}

    assert set(plant.checks) <= found


def test_the_copy_has_no_more_faults_than_the_house(copy):
    assert list(map(str, all_faults(Tree(copy)))) == list(map(str, all_faults(Tree(SRC))))
