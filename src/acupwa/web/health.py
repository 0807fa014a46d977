"""For the operator: alive, ready, counted. No address, no person and no answer is counted."""

from litestar import Response, Router, get
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from acupwa.web.inject import AnyRequest, WorkDep


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


@get("/healthz", name="health.live", sync_to_thread=False)
def show_live() -> Response[str]:
    return _plain("ok")


@get("/readyz", name="health.ready")
async def show_ready(work: WorkDep) -> Response[str]:
    """200 when answers can be kept: the database answers and is at the newest migration; 503 otherwise."""
    return _plain("ok") if await work.is_ready() else _plain("not ready", 503)


@get("/metrics", name="health.metrics", sync_to_thread=False)
def show_metrics(request: AnyRequest) -> Response[bytes]:
    metrics: Metrics = request.app.state.metrics
    return Response(
        generate_latest(metrics.registry),
        media_type="text/plain; version=0.0.4",  # Litestar adds the charset
        headers={"cache-control": "no-store"},
    )


def _plain(text: str, status_code: int = 200) -> Response[str]:
    return Response(
        text,
        media_type="text/plain",
        status_code=status_code,
        headers={"cache-control": "no-store"},
    )


router = Router("/", route_handlers=[show_live, show_ready, show_metrics])
