"""The only place where parts are wired."""

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from litestar import Litestar, Request
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.exceptions import MethodNotAllowedException, PermissionDeniedException
from litestar.types import Message, Scope

from acupwa.db.encryption import KeyRing
from acupwa.db.engine import make_engine
from acupwa.db.work import MOST_SECONDS, Work, system_clock
from acupwa.library.load import load_library
from acupwa.library.model import Library
from acupwa.mydata import routes as mydata
from acupwa.offline import routes as offline
from acupwa.person.cookie import holds_key, person_of
from acupwa.person.model import Person
from acupwa.planner import routes as planner
from acupwa.planner.service import sessions_since
from acupwa.practice import routes as practice
from acupwa.practice.sharing.shares.service import share_requests
from acupwa.quiz import routes as quiz
from acupwa.reading import routes as reading
from acupwa.reading.search_pages import Search
from acupwa.reminders import routes as reminders
from acupwa.reminders.notices import notices
from acupwa.results import routes as results
from acupwa.settings import Settings
from acupwa.site import routes as site
from acupwa.today import routes as today
from acupwa.web import discovery, health, metrics
from acupwa.web.admission import Admission
from acupwa.web.assets import Assets
from acupwa.web.changed_since import show_changed_since
from acupwa.web.cookie import CookieAsked, ask_for_cookie
from acupwa.web.errors import show_error
from acupwa.web.mail import Mail
from acupwa.web.metrics import Metrics
from acupwa.web.origin import own_origin
from acupwa.web.page_above import lead_on
from acupwa.web.paths import STATIC, TEMPLATES, drawing_names
from acupwa.web.public import FrontDoor, PageCache, PublicPage
from acupwa.web.push import Push
from acupwa.web.queued_press import ChangedSince
from acupwa.web.refused import Refused, show_refused
from acupwa.web.security import may_write
from acupwa.web.templates import Templates
from acupwa.zones import day_in

MAX_BODY = 512 * 1024
_GIVEN = ("settings", "library", "work", "search", "mail", "push")
_FAULTS: dict[int | type[Exception], Any] = {
    Exception: show_error,
    MethodNotAllowedException: lead_on,
    CookieAsked: ask_for_cookie,
    Refused: show_refused,
    ChangedSince: show_changed_since,
}
_FEATURES = (today, quiz, results, reading, planner, reminders, mydata, offline, practice, health, metrics, discovery)


def create_app(
    settings: Settings, *, library: Library | None = None, clock: Callable[[], datetime] = system_clock
) -> FrontDoor:
    """The whole app as one ASGI callable. Raises ContentError when the content is at fault."""
    library = library or load_library(pictures=drawing_names())
    assets = Assets(STATIC)
    templates = Templates(TEMPLATES, assets.url)
    search = Search(library)
    mail = Mail(settings.smtp_url, settings.smtp_from) if settings.smtp_url else None
    cache = PageCache(templates)
    templates.add_global("public_address", _public_address(settings, cache.pages))
    cache.add(_public_pages(settings, library, search))
    store = offline.make_offline_files(library, assets, templates, cache, notices())
    cache.add(offline.public_pages(store, assets, worker=settings.worker))
    made = {"library": library, "search": search, "mail": mail, "templates": templates}
    state = State({**made, "offline": store, "sitemap": _sitemap(cache), **running_parts(settings, clock)})
    app = Litestar(
        route_handlers=[feature.router for feature in _FEATURES],
        dependencies={
            **{name: _of_state(state, name) for name in _GIVEN},
            **_of_request(state),
            "share_requests": Provide(lambda: share_requests, sync_to_thread=False),
            "sessions_since": Provide(lambda: sessions_since, sync_to_thread=False),
        },
        state=state,
        before_request=_same_origin_writes,
        before_send=[_count],
        middleware=[Admission().guard],
        exception_handlers=_FAULTS,
        on_shutdown=[lambda: state.work.close(), _close_push, *([mail.close] if mail else [])],
        request_max_body_size=MAX_BODY,
        openapi_config=None,
        logging_config=None,
    )
    templates.add_global("url_for", app.route_reverse)
    return FrontDoor(app, cache, assets, settings, holds_key)


def running_parts(settings: Settings, clock: Callable[[], datetime]) -> Mapping[str, Any]:
    """What belongs to one run on one database; all else follows from the content and the settings for pages."""
    engine = make_engine(settings.database_url, most_seconds=int(MOST_SECONDS))
    work = Work(engine, KeyRing(settings.secret_keys), clock)
    push = Push(settings.push_services)
    return {"settings": settings, "clock": clock, "work": work, "metrics": Metrics(), "push": push}


def _public_pages(settings: Settings, library: Library, search: Search) -> Iterable[PublicPage]:
    yield from site.public_pages(library, settings.draft_days, settings.person_days, settings.backup_days)
    yield from quiz.start_pages(library, settings.draft_days, settings.person_days)
    yield from reading.public_pages(library, search)
    yield from results.public_pages(library)


def _sitemap(cache: PageCache) -> Mapping[str, date | None]:
    pages = cache.pages.values()
    return {page.path: page.reviewed for page in pages if page.media_type.startswith("text/html")}


def _of_state(state: State, name: str) -> Provide:
    return Provide(lambda: state[name], sync_to_thread=False)


def _of_request(state: State) -> Mapping[str, Provide]:
    """What a handler gets that each request has of its own."""

    async def now() -> datetime:
        moment: datetime = state.clock()
        return moment

    async def person(request: Request[Any, Any, Any]) -> Person | None:
        return await person_of(request, state.work)

    async def today(person: NamedDependency[Person | None]) -> date:
        """The day where the person is."""
        return day_in(person.time_zone if person else None, state.clock())

    return {"now": Provide(now), "today": Provide(today), "person": Provide(person)}


def _public_address(settings: Settings, pages: Mapping[str, PublicPage]) -> Callable[[str], str | None]:
    """The whole address of a public page, where the operator said which name this server goes by.

    It is not taken from a request: a public page is the same bytes for everyone.
    """
    return lambda path: settings.public_url + path if settings.public_url and path in pages else None


async def _same_origin_writes(request: Request[Any, Any, Any]) -> None:
    request.state.began = time.perf_counter()
    if not may_write(request.method, request.headers, own_origin(request)):
        raise PermissionDeniedException()


async def _close_push(app: Litestar) -> None:
    await app.state.push.close()


async def _count(message: Message, scope: Scope) -> None:
    if message["type"] != "http.response.start":
        return
    counts: Metrics = scope["litestar_app"].state.metrics
    began = scope.get("state", {}).get("began", time.perf_counter())
    counts.count(scope["method"], message["status"], time.perf_counter() - began)  # type: ignore[typeddict-item]
