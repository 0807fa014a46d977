"""Counts for the operator. No address, no person and no answer is counted."""

from litestar import Response, Router, get
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from acupwa.web.inject import AnyRequest


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
def show_metrics(request: AnyRequest) -> Response[bytes]:
    metrics: Metrics = request.app.state.metrics
    return Response(
        generate_latest(metrics.registry),
        media_type="text/plain; version=0.0.4",  # Litestar adds the charset
        headers={"cache-control": "no-store"},
    )


router = Router("/", route_handlers=[show_metrics])
