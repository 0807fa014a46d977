"""Start the server: migrate, check the content, serve with uvicorn. Deletes what has passed its time, once an hour, and sends
reminders.
"""

import gc
import signal
import socket
import sys
import threading

import uvicorn

from acupwa.app import create_app
from acupwa.db.encryption import KeyRing
from acupwa.db.engine import make_engine
from acupwa.db.migrate import upgrade
from acupwa.db.work import MOST_SECONDS, Work
from acupwa.logs import log_fault, set_up_logs
from acupwa.operate.purge import purge
from acupwa.operate.reminding import Runner
from acupwa.operate.server import Protocol, options
from acupwa.practice.accounts.first_service import make_first
from acupwa.reminders.service import make_sender
from acupwa.settings import Settings, SettingsError, read_settings
from acupwa.web.errors import frames_of
from acupwa.web.public import FrontDoor

_HOUR = 3600.0
_SOON = 5.0


def serve(settings: Settings, *, host: str, port: int | None, workers: int | None) -> int:
    """Blocks until stopped. A fault in settings or content is raised before a socket is opened."""
    port = settings.port if port is None else port
    workers = workers or settings.workers
    _need_free(host, port)
    upgrade(make_engine(settings.database_url))
    app = application(settings)
    gc.freeze()
    gc.enable()
    _purge_hourly(settings)
    # uvicorn ends the process by the signal that it was stopped by: then nothing after it would run.
    signal.signal(signal.SIGTERM, lambda *_of: sys.exit(0))
    reminding = _remind(settings, app)
    addresses = shown_addresses(settings, host, port)
    print(f"Acupwa is on {' and '.join(addresses)}", file=sys.stderr, flush=True)
    _show_first(settings, addresses)
    try:
        if workers == 1:
            uvicorn.run(app, **options(host, port))
        else:
            uvicorn.run("acupwa.operate.serve:application", factory=True, workers=workers, **options(host, port))
    finally:
        if reminding:
            reminding.stop()
    return 0


def shown_addresses(settings: Settings, host: str, port: int) -> tuple[str, ...]:
    """Those that work in a browser on this machine, and the one that people type. Passkeys need a name: `localhost`."""
    here = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::") else host  # noqa: S104 - only compared
    shown = f"http://{f'[{here}]' if ':' in here else here}:{port}"
    return tuple(dict.fromkeys((shown, settings.public_url or shown)))


def _show_first(settings: Settings, addresses: tuple[str, ...]) -> None:
    """Where the first account is made, while nobody has one: once a start, by the process that starts the others.

    The address that people type comes last. No log has it.
    """
    work = Work(make_engine(settings.database_url), KeyRing(settings.secret_keys))
    try:
        token = work.run(make_first)
    finally:
        work.close()
    if token:
        print(f"Set up your clinic: {addresses[-1]}/practice/first/{token}", file=sys.stderr, flush=True)


def _need_free(host: str, port: int) -> None:
    """Raises SettingsError with one line when nothing can listen there; uvicorn would say more, and later."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as fault:
        raise SettingsError(f"PORT: cannot listen on {host}, port {port} ({fault.strerror})") from None


def application(settings: Settings | None = None) -> FrontDoor:
    """What uvicorn serves; each worker calls it for itself."""
    settings = settings or read_settings()
    set_up_logs(settings.log_level)
    app = create_app(settings)
    Protocol.connections_open.trust(settings.trusted_proxies)
    _measure_soon(app)
    return app


def _measure_soon(app: FrontDoor) -> None:
    """Renders and compresses the library beside the first requests: nobody waits for its size, nor for a page."""
    measuring = threading.Timer(_SOON, lambda: app.inner.state.offline.sizes)
    measuring.daemon = True
    measuring.start()


def _remind(settings: Settings, app: FrontDoor) -> Runner | None:
    """The key is made before anybody can ask for it. With several workers this process answers nothing but sends. Without
    a key that can be read all else is served.
    """
    if not settings.reminders:
        return None
    engine = make_engine(settings.database_url, most_seconds=int(MOST_SECONDS))
    work = Work(engine, KeyRing(settings.secret_keys))
    try:
        work.run(make_sender, settings.vapid_subject)
    except Exception as fault:
        log_fault("no reminders are sent", kind=type(fault).__name__, where=frames_of(fault))
        return None
    return Runner(settings, work, app.inner.state.library, app.inner.state.metrics)


def _purge_hourly(settings: Settings) -> None:
    def run() -> None:
        try:
            purge(settings)
        except Exception as fault:
            log_fault("purge", kind=type(fault).__name__)
        again = threading.Timer(_HOUR, run)
        again.daemon = True
        again.start()

    first = threading.Timer(60, run)
    first.daemon = True
    first.start()
