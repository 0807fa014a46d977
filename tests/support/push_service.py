"""A push service of our own on 127.0.0.1: takes messages as a browser's does, opens them, and checks who signed.

It reads the standards (RFC 8030, 8188, 8291, 8292) by other code than ours: http_ece and the bare curve.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import http_ece
import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from acupwa.web.push_message import Browser


def letters(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unlettered(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Arrived(msgspec.Struct, frozen=True):
    """A message as it was read. `said` is what the browser's worker would get, `claims` what was signed, `key` by whom."""

    name: str
    said: Any
    headers: dict[str, str]
    claims: dict[str, Any]
    key: str
    size: int
    at: float


class Answer(msgspec.Struct):
    """What is answered to a phone: `status`, with these headers; `silent` takes the message and never answers,
    `dribbles` sends a long answer letter by letter, `seconds` is how long it thinks.
    """

    status: int = 201
    headers: dict[str, str] = {}
    body: bytes = b""
    silent: bool = False
    dribbles: bool = False
    seconds: float = 0.0


class PushService:
    """In a thread of its own. `answers` are by the name of a phone; any other gets 201."""

    def __init__(self) -> None:
        self.arrived: list[Arrived] = []
        self.answers: dict[str, Answer] = {}
        self.faults: list[str] = []
        self.asked = 0
        self._keys: dict[str, tuple[ec.EllipticCurvePrivateKey, bytes]] = {}
        self.origin = ""

    def browser(self, name: str) -> Browser:
        key, auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self._keys[name] = key, auth
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Browser(endpoint=f"{self.origin}/push/{name}", p256dh=letters(point), auth=letters(auth))

    def said_to(self, name: str) -> list[str]:
        return [one.said["kind"] for one in self.arrived if one.name == name]

    @property
    def said(self) -> list[str]:
        return [one.said["kind"] for one in self.arrived]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._answer_one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        method, path, _version = head[0].split(" ")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers["content-length"]))
        self.asked += 1
        name = path.rpartition("/")[2]
        answer = self.answers.get(name, Answer())
        try:
            arrived = self._open(method, name, headers, body)
        except Exception as fault:
            self.faults.append(repr(fault))
            answer = Answer(status=400)
        else:
            if answer.seconds:
                await asyncio.sleep(answer.seconds)
            if answer.status == 201:
                self.arrived.append(arrived)
        if answer.silent:
            await reader.read()
            return False
        more = {
            "content-length": "4000" if answer.dribbles else str(len(answer.body)),
            "location": f"{self.origin}/message/1",
            **answer.headers,
        }
        lines = [f"HTTP/1.1 {answer.status} Whatever", *(f"{name}: {value}" for name, value in more.items()), "", ""]
        writer.write("\r\n".join(lines).encode() + answer.body)
        await writer.drain()
        while answer.dribbles:
            writer.write(b".")
            await writer.drain()
            await asyncio.sleep(0.1)
        return True

    def _open(self, method: str, name: str, headers: dict[str, str], body: bytes) -> Arrived:
        assert (method, headers["content-encoding"]) == ("POST", "aes128gcm")
        assert f"http://{headers['host']}" == self.origin
        assert headers["ttl"].isdigit()
        assert set(headers["topic"]) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        assert 0 < len(headers["topic"]) <= 32
        claims, public = self._signed(headers["authorization"])
        key, auth = self._keys[name]
        plain = http_ece.decrypt(body, private_key=key, auth_secret=auth, version="aes128gcm")
        return Arrived(name, json.loads(plain), headers, claims, public, len(body), time.time())

    def _signed(self, authorization: str) -> tuple[dict[str, Any], str]:
        scheme, _, rest = authorization.partition(" ")
        assert scheme == "vapid", scheme
        parts = dict(one.strip().split("=", 1) for one in rest.split(","))
        signed, _, signature = parts["t"].rpartition(".")
        raw = unlettered(signature)
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unlettered(parts["k"]))
        both = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        public.verify(both, signed.encode(), ec.ECDSA(hashes.SHA256()))
        head, claims = (json.loads(unlettered(one)) for one in signed.split("."))
        assert head["alg"] == "ES256"
        assert claims["aud"] == self.origin
        return claims, parts["k"]


@contextmanager
def running_push_service() -> Iterator[PushService]:
    service, loop, ready = PushService(), asyncio.new_event_loop(), threading.Event()

    async def start() -> None:
        server = await asyncio.start_server(service.serve, "127.0.0.1", 0)
        service.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        ready.set()

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(start())
        loop.run_forever()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    yield service
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
