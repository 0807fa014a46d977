"""The table of the house: what each file is by its name, who may use whom, and every exception with its reason.

Change the house here and nowhere else. What is not declared is a fault; so is an exception that nothing needs any more.
"""

from __future__ import annotations

# A file's stem, or the end of it after `_`, says its layer; any other file of a feature holds rules. Blocks
# are such: pages, text, PDF and what a clinic sees are made of them.
LAYERS = {
    "model": "model",
    "forms": "forms",
    "form": "forms",
    "pages": "pages",
    "page": "pages",
    "service": "service",
    "retention": "service",
    "store": "store",
    "cookie": "cookie",
    "routes": "routes",
}
DEFAULT_LAYER = "rules"
PURE = ("model", "rules", "forms", "pages")

# What a layer may use of its own feature, and of another one.
OWN = {
    "model": ("model", "rules"),
    "rules": ("model", "rules"),
    "forms": ("model", "rules", "forms"),
    "pages": ("model", "rules", "forms", "pages"),
    "service": ("model", "rules", "forms", "service", "store"),
    "store": ("model", "store"),
    "cookie": ("model", "rules", "service", "cookie"),
    "routes": ("model", "rules", "forms", "pages", "service", "cookie", "routes"),
}
FOREIGN = {
    "model": ("model", "rules"),
    "rules": ("model", "rules"),
    "forms": ("model", "rules"),
    "pages": ("model", "rules"),
    "service": ("model", "rules", "service"),
    "store": ("model",),
    "cookie": ("model", "rules", "service", "cookie"),
    "routes": ("model", "rules", "service", "cookie"),
}

# Who stands on whom. A feature's name is its folder; `practice/*` are features of their own.
BASE = ("acupwa", "lane", "wording", "sentences", "zones", "networks")
PLUMBING = (*BASE, "db", "web", "library")
PATIENT = (*PLUMBING, "person", "quiz", "reading", "results", "planner")
CLINIC = ("practice.trail", "practice.accounts", "practice.links", "practice.sharing")
EDGES: dict[str, tuple[str, ...]] = {
    "acupwa": (),
    "settings": ("acupwa",),
    "lane": ("acupwa",),
    "wording": ("acupwa",),
    "sentences": ("acupwa", "wording"),
    "zones": ("acupwa",),
    "networks": ("acupwa",),
    "logs": ("acupwa",),
    "db": ("logs", *BASE),
    "library": BASE,
    "web": ("db", "library", "logs", "settings", *BASE),
    "content_check": ("library", "web", *BASE),
    "person": PLUMBING,
    "quiz": (*PLUMBING, "person"),
    "reading": (*PLUMBING, "person", "quiz"),
    "planner": (*PLUMBING, "person", "quiz", "reading"),
    "results": (*PLUMBING, "person", "quiz", "reading", "planner"),
    "practice.trail": PLUMBING,
    "practice.accounts": (*PLUMBING, "person", "practice.trail"),
    "practice.links": (*PLUMBING, "person", "quiz", "practice.trail", "practice.accounts"),
    "practice.sharing": (*PATIENT, "practice.trail", "practice.accounts", "practice.links"),
    "practice.inbox": (*PLUMBING, "person", "quiz", "results", *CLINIC),
    "practice": (*PLUMBING, "person", *CLINIC, "practice.inbox"),
    "mydata": (*PATIENT, *CLINIC, "reminders"),
    "today": (*PATIENT, *CLINIC),
    "reminders": (*PATIENT, *CLINIC, "today"),
    "site": (*PATIENT, "mydata"),
    "offline": PLUMBING,
    "app": (
        "settings",
        "logs",
        *PATIENT,
        *CLINIC,
        "practice.inbox",
        "practice",
        "mydata",
        "today",
        "reminders",
        "site",
        "offline",
    ),
    "operate": (
        "settings",
        "logs",
        *PATIENT,
        *CLINIC,
        "practice.inbox",
        "mydata",
        "today",
        "reminders",
        "content_check",
        "app",
    ),
    "__main__": ("operate",),
}
FEATURES = tuple(
    name for name in EDGES if name not in ("acupwa", "settings", "lane", "wording", "sentences", "zones", "networks", "logs", "db", "library", "web",
                                           "content_check", "app", "operate", "__main__")
)  # fmt: skip
# They put routers together, so they may take the routes of others.
COMPOSERS = ("acupwa.app", "acupwa.practice.routes")

# What a pure file may not name, by any alias.
IMPURE_LIBRARIES = (
    "litestar", "starlette", "uvicorn", "sqlmodel", "sqlalchemy", "sqlite3", "psycopg", "os", "random", "time", "secrets",
    "subprocess", "socket", "shutil", "tempfile", "httpx", "smtplib", "threading", "asyncio", "anyio",
)  # fmt: skip
WEB_LIBRARIES = ("litestar", "starlette", "uvicorn", "sqlmodel", "sqlalchemy")
CLOCKS = (
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
    "uuid.uuid1", "uuid.uuid4", "uuid.uuid6", "uuid.uuid7", "uuid_utils.uuid1", "uuid_utils.uuid4", "uuid_utils.uuid6",
    "uuid_utils.uuid7", "uuid_utils.compat.uuid7", "acupwa.db.tables.new_key", "acupwa.db.work.system_clock",
)  # fmt: skip
ENVIRONMENT = ("os.environ", "os.environb", "os.getenv", "os.putenv", "os.unsetenv")
READS = (
    "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob", "mkdir", "unlink", "touch",
    "exists", "is_file", "is_dir", "stat", "open",
)  # fmt: skip
QUERIES = ("exec", "execute", "executemany", "scalar", "scalars")
SQL_NAMES = ("select", "insert", "update", "delete", "text", "func", "join", "exists")

MOST_LINES = 300
MOST_FUNCTION_LINES = 40
MOST_HANDLER_STATEMENTS = 8
MOST_ROUTE_BRANCHES = 4

_CLI = "each command loads only what it runs: `acupwa serve` must not wait for the content checks"
_SLOW = "a slow library that few requests need: the start would wait for it"
# (check, subject) -> reason. A subject may end in `*`.
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("lazy import", "operate.cli > acupwa.*"): _CLI,
    ("lazy import", "planner.ics > icalendar"): _SLOW,
    ("lazy import", "planner.vtimezone > icalendar"): _SLOW,
    ("lazy import", "planner.country_defaults > holidays"): _SLOW,
    ("lazy import", "web.qr > segno"): _SLOW,
    ("lazy import", "web.spreadsheet > xlsxwriter"): _SLOW,
    ("lazy import", "practice.accounts.weak_password > zxcvbn"): _SLOW,
    ("lazy import", "web.push_message > pywebpush"): _SLOW,
    ("lazy import", "web.push_message > py_vapid"): _SLOW,
    ("lazy import", "logs > structlog"): _SLOW,
    ("lazy import", "results.routes > acupwa.results.pdf.paper"): _SLOW,
    ("lazy import", "results.course_routes > acupwa.results.pdf.paper"): _SLOW,
    ("lazy import", "results.course_routes > acupwa.results.pdf.sheet"): _SLOW,
    ("lazy import", "practice.inbox.routes > acupwa.results.pdf.paper"): _SLOW,
    ("markup", "reading.markdown_html"): "HTML of what writers wrote: a template cannot do it",
    ("markup", "results.pdf.paper"): "reportlab's own mark-up of a paragraph; no browser sees it",
    ("markup", "web.discovery"): "robots.txt and the sitemap are XML of a few lines",
    ("function size", "db.migrations.versions.0001_first:upgrade"): "a migration is written once and never changed",
    (
        "function size",
        "db.migrations.versions.0002_practice:_accounts",
    ): "a migration is written once and never changed",
    ("function size", "db.migrations.versions.0002_practice:_links"): "a migration is written once and never changed",
}
