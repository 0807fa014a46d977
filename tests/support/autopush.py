"""A push service of our own, as Mozilla's is one: browsers hold a WebSocket to it, senders post to the endpoints it gave."""

from __future__ import annotations

import asyncio
import base64
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from tests.support.postgres import free_port


class PushService:
    """`given` are the names of the endpoints that browsers got; one in `dead` answers 410. `asked` are the heads of what
    senders posted.
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.asked: list[dict[str, str]] = []
        self.given: list[str] = []
        self.dead: set[str] = set()
        self._browsers: dict[str, Any] = {}

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket(self) -> str:
        return f"ws://127.0.0.1:{self.port}/"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await self._browser(receive, send)
        elif scope["type"] == "http":
            await self._sender(scope, receive, send)

    async def _browser(self, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept", "subprotocol": "push-notification"})
        mine: dict[str, str] = {}

        async def say(**told: Any) -> None:
            await send({"type": "websocket.send", "text": json.dumps(told)})

        while (event := await receive())["type"] == "websocket.receive":
            said = json.loads(event["text"])
            match said.get("messageType"):
                case "hello":
                    await say(messageType="hello", status=200, uaid=uuid.uuid4().hex, use_webpush=True, broadcasts={})
                case "register":
                    token = uuid.uuid4().hex
                    self.given.append(token)
                    mine[said["channelID"]] = token
                    channel = said["channelID"]
                    self._browsers[token] = lambda data, headers, channel=channel: say(
                        messageType="notification", channelID=channel, version=uuid.uuid4().hex, data=data,
                        headers=headers,
                    )  # fmt: skip
                    endpoint = f"{self.origin}/wpush/v2/{token}"
                    await say(messageType="register", status=200, channelID=channel, pushEndpoint=endpoint)
                case "unregister":
                    self.dead.add(mine.get(said["channelID"], ""))
                    await say(messageType="unregister", status=200, channelID=said["channelID"])
                case None:
                    await send({"type": "websocket.send", "text": "{}"})

    async def _sender(self, scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while True:
            event = await receive()
            body += event.get("body", b"")
            if not event.get("more_body"):
                break
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        token = scope["path"].rpartition("/")[2]
        self.asked.append(headers)
        gone = token in self.dead or token not in self._browsers
        if not gone:
            data = base64.urlsafe_b64encode(body).rstrip(b"=").decode()
            await self._browsers[token](data, {"encoding": headers.get("content-encoding", "")})
        status = 410 if gone else 201
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


@contextmanager
def push_service(loop: asyncio.AbstractEventLoop) -> Iterator[PushService]:
    service = PushService()
    config = uvicorn.Config(
        service, host="127.0.0.1", port=service.port, ws="wsproto", lifespan="off", log_level="error"
    )
    server = uvicorn.Server(config)
    running = asyncio.run_coroutine_threadsafe(server._serve(), loop)
    while not server.started:
        if running.done():
            running.result()
    yield service
    server.should_exit = server.force_exit = True
    running.result(10)
