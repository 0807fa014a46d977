"""Counts for the operator. No address, no person and no answer is counted."""

from litestar import Response, Router, get
from litestar.exceptions import NotFoundException
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from acupwa.web.inject import AnyRequest, SettingsDep
from acupwa.web.proxies import Caller, read_address, read_networks, within


class Metrics:
    """Requests by method and class of status, and how long they took."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "acupwa_requests_total", "Answered requests.", ("method", "status"), registry=self.registry
        )
        self.seconds = Histogram("acupwa_request_seconds", "Time to answer a personal request.", registry=self.registry)

    def count(self, method: str, status: int, seconds: float) -> None:
        known = method if method in ("GET", "POST") else "other"
        self.requests.labels(known, f"{status // 100}xx").inc()
        self.seconds.observe(seconds)


@get("/metrics", name="health.metrics", sync_to_thread=False)
def show_metrics(request: AnyRequest, settings: SettingsDep) -> Response[bytes]:
    """For whom ACUPWA_METRICS_FROM names; for all others there is nothing here."""
    if not _may_read(request.state.caller, settings.metrics_from):
        raise NotFoundException
    metrics: Metrics = request.app.state.metrics
    return Response(
        generate_latest(metrics.registry),
        media_type="text/plain; version=0.0.4",  # Litestar adds the charset
        headers={"cache-control": "no-store"},
    )


def _may_read(caller: Caller, named: tuple[str, ...] | None) -> bool:
    """By default this machine alone, and nobody for whom a proxy on it asks."""
    address = read_address(caller.address)
    if address is None:
        return False
    return within(address, read_networks(named)) if named is not None else address.is_loopback and not caller.forwarded


router = Router("/", route_handlers=[show_metrics])
