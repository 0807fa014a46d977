"""For the operator: alive, ready."""

from litestar import Response, Router, get

from acupwa.web.inject import WorkDep


@get("/healthz", name="health.live", sync_to_thread=False)
def show_live() -> Response[str]:
    return _plain("ok")


@get("/readyz", name="health.ready")
async def show_ready(work: WorkDep) -> Response[str]:
    """200 when answers can be kept: the database answers and is at the newest migration; 503 otherwise."""
    return _plain("ok") if await work.is_ready() else _plain("not ready", 503)


def _plain(text: str, status_code: int = 200) -> Response[str]:
    return Response(
        text,
        media_type="text/plain",
        status_code=status_code,
        headers={"cache-control": "no-store"},
    )


router = Router("/", route_handlers=[show_live, show_ready])
