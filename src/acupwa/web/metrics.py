"""Counts for the operator. No address, no person and no answer is counted."""

import math
import time
from collections.abc import Iterable

from litestar import Response, Router, get
from litestar.exceptions import NotFoundException
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from acupwa.settings import Settings
from acupwa.web.inject import AnyRequest, SettingsDep
from acupwa.web.proxies import Caller, read_address, read_networks, within


class Metrics:
    """Requests by method and class of status, and how long they took; reminders by what became of them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "acupwa_requests_total", "Answered requests.", ("method", "status"), registry=self.registry
        )
        self.seconds = Histogram("acupwa_request_seconds", "Time to answer a personal request.", registry=self.registry)

        self.reminders = Counter(
            "acupwa_reminders_total",
            "Reminders by what became of them; dropped: too late to be of use.",
            ("outcome", "fault"),
            registry=self.registry,
        )
        self._looked = math.nan
        last_look = Gauge(
            "acupwa_reminders_last_look_seconds",
            "Since the runner of reminders last asked who is due; NaN where none runs in this process.",
            registry=self.registry,
        )
        last_look.set_function(lambda: time.monotonic() - self._looked)

    def note_look(self) -> None:
        """The runner of reminders is at work."""
        self._looked = time.monotonic()

    def count_reminders(self, *, sent: int = 0, dropped: int = 0, faults: Iterable[str] = ()) -> None:
        """A fault is a word of ours or a status, never an address."""
        self.reminders.labels("sent", "").inc(sent)
        self.reminders.labels("dropped", "").inc(dropped)
        for fault in faults:
            self.reminders.labels("failed", fault).inc()

    def count(self, method: str, status: int, seconds: float) -> None:
        known = method if method in ("GET", "POST") else "other"
        self.requests.labels(known, f"{status // 100}xx").inc()
        self.seconds.observe(seconds)


@get("/metrics", name="health.metrics", sync_to_thread=False)
def show_metrics(request: AnyRequest, settings: SettingsDep) -> Response[bytes]:
    """For whom ACUPWA_METRICS_FROM names; for all others there is nothing here."""
    if not _may_read(request.state.caller, settings):
        raise NotFoundException
    metrics: Metrics = request.app.state.metrics
    return Response(
        generate_latest(metrics.registry),
        media_type="text/plain; version=0.0.4",  # Litestar adds the charset
        headers={"cache-control": "no-store"},
    )


def _may_read(caller: Caller, settings: Settings) -> bool:
    """By default this machine alone, as long as there is no public address: a proxy here looks like it, if it says
    nothing of the visitor.
    """
    address, named = read_address(caller.address), settings.metrics_from
    if address is None:
        return False
    if named is not None:
        return within(address, read_networks(named))
    return settings.public_url is None and address.is_loopback and not caller.forwarded


router = Router("/", route_handlers=[show_metrics])
