"""To which addresses this server sends, whatever a browser, a name or an answer says."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from uuid import UUID

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.reminders.delivery_service import Delivered, deliver
from acupwa.reminders.wire import ToSend
from acupwa.web.push import Posted, Push, Resolve
from acupwa.web.push_endpoint import BROWSER_SERVICES, is_public, read_endpoint
from acupwa.web.push_message import Browser, PushMessage, Sender, make_private_key
from tests.support.loops import run_apart
from tests.support.push_service import PushService, running_push_service
from tests.support.tls import context_for

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SENDER = Sender(private_key=make_private_key(), subject="mailto:nobody@example.org")
MESSAGE = PushMessage(says="test", seconds=60, urgency="high")
PUBLIC = "142.250.74.42"
NOT_PUBLIC = (
    "127.0.0.1", "127.8.9.1", "10.0.0.5", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "0.0.0.0",
    "100.64.0.1", "192.0.0.8", "192.0.0.171", "192.88.99.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "ff0e::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.5", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a00:5",
    "2002:7f00:1::", "2002:a00:5::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "64:ff9b:1::1", "3fff::1", "::7f00:1", "fec0::1", "localhost", "",
)  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "https://fcm.googleapis.com/fcm/send/abc:APA91b",
        "https://fcm.googleapis.com:443/wp/abc",
        "https://jmt17.google.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QGuQyavXutnMH1",
        f"https://{'a' * 63}.push.apple.com/Q",
        "https://wns2-am3p.notify.windows.com/w/?token=BQYA%3d",
    ],
)
def test_the_services_of_browsers_are_sent_to(url):
    assert read_endpoint(url) is not None


@pytest.mark.parametrize(
    "url",
    [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/fcm/send/abc",
        "https://fcm.googleapis.com:0/fcm/send/abc",
        "https://fcm.googleapis.com.evil.example/fcm",
        "https://evilfcm.googleapis.com/fcm",
        "https://evil.example/fcm.googleapis.com",
        "https://fcm.googleapis.com@evil.example/fcm",
        "https://evil.example@fcm.googleapis.com/fcm",
        "https://:@fcm.googleapis.com/fcm",
        "https://evil.example\\@fcm.googleapis.com/fcm",
        "https://fcm.googleapis.com\\.evil.example/fcm",
        "https://evil.example#@fcm.googleapis.com/fcm",
        "https://fcm.googleapis.com/fcm#part",
        "https://fcm.googleapis.com?x=/fcm",
        "https://fcm.googleapis.com",
        "https://fcm.googleapis.com./fcm",
        "https://notify.windows.com.evil.example/w",
        "https://evilnotify.windows.com/w",
        "https://.notify.windows.com/w",
        "https://a..notify.windows.com/w",
        "https://a%2enotify.windows.com/w",
        "https://аpi.push.apple.com/x",
        "https://127.0.0.1/fcm",
        "https://[::1]/fcm",
        "https://2130706433/fcm",
        "https://[/fcm",
        "https://localhost/fcm",
        "ftp://fcm.googleapis.com/fcm",
        "file:///etc/passwd",
        "//fcm.googleapis.com/fcm",
        "fcm.googleapis.com/fcm",
        "",
        " https://fcm.googleapis.com/fcm",
        "https://fcm.googleapis.com/f cm",
        "https://fcm.googleapis.com/f\r\ncm",
        "https://fcm.goo\tgleapis.com/fcm",
        "https://fcm.googleapis.com/" + "x" * 2_000,
        "https://fcm.googleapis.com/fcm;p=1",
        f"https://{'a' * 70}.notify.windows.com/w",
        f"https://{'a.' * 120}notify.windows.com/w",
    ],
)
def test_nothing_else_is(url):
    assert read_endpoint(url) is None


def test_an_operator_s_own_service_is_its_origin_and_no_other():
    own = ("http://127.0.0.1:8130", "https://push.clinic.org")

    assert read_endpoint("http://127.0.0.1:8130/push/1", own)
    assert read_endpoint("https://push.clinic.org/push/1", own)
    for url in (
        "http://127.0.0.1:8131/push/1", "https://127.0.0.1:8130/push/1", "http://push.clinic.org/push/1",
        "https://push.clinic.org:8443/push/1", "https://a.push.clinic.org/push/1", "http://localhost:8130/push/1",
    ):  # fmt: skip
        assert read_endpoint(url, own) is None, url


@given(st.text(max_size=80), st.sampled_from(BROWSER_SERVICES))
def test_whatever_is_written_the_host_is_one_of_the_list(text, name):
    for url in (
        text,
        f"https://{text}",
        f"https://{text}{name}/x",
        f"https://x{name}{text}",
        f"https://x{name}/{text}",
    ):
        found = read_endpoint(url)
        assert found is None or any(
            found.host == one or (one[0] == "." and found.host.endswith(one)) for one in BROWSER_SERVICES
        )
        assert found is None or found.port == 443


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_within_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "2a00:1450:4001:82a::200a", "::ffff:142.250.74.42", "64:ff9b::8efa:4a2a"])
def test_one_of_the_net_is(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_however_an_address_of_ipv4_is_written_it_is_judged_alike(address):
    public = is_public(str(address))

    assert is_public(f"::ffff:{address}") == public
    assert is_public(str(ip_address("64:ff9b::") + int(address))) == public
    assert public <= address.is_global


def outcome_of(endpoint: str, addresses: Sequence[str], own: Sequence[str] = ()) -> tuple[Posted, list[str]]:
    """What becomes of a message where the name leads to these addresses, and which names were asked for."""
    asked: list[str] = []

    async def resolve(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return addresses

    async def send() -> Posted:
        push = Push(own, resolve=resolve, seconds=3)
        keys = PushService().browser("anna")
        browser = Browser(endpoint=endpoint, p256dh=keys.p256dh, auth=keys.auth)
        try:
            return await push.send(MESSAGE, browser, SENDER, NOW)
        finally:
            await push.close()

    return run_apart(send()), asked


@pytest.mark.parametrize("address", [one for one in NOT_PUBLIC if one != "localhost"])
def test_a_name_that_leads_within_is_not_connected_to(address):
    outcome, asked = outcome_of("https://fcm.googleapis.com/fcm/send/1", [address] if address else [])

    assert outcome == Posted(what="refused", fault="address")
    assert asked == ["fcm.googleapis.com"]


@pytest.mark.parametrize("addresses", [(PUBLIC, "127.0.0.1"), ("127.0.0.1", PUBLIC), (PUBLIC, "::ffff:10.0.0.5")])
def test_one_bad_address_spoils_a_name(addresses):
    outcome, _asked = outcome_of("https://fcm.googleapis.com/fcm/send/1", addresses)

    assert outcome == Posted(what="refused", fault="address")


def test_an_address_that_was_not_allowed_is_not_even_resolved():
    outcome, asked = outcome_of("https://evil.example/fcm/send/1", [PUBLIC])

    assert outcome == Posted(what="refused", fault="address")
    assert asked == []


@pytest.mark.parametrize("fault", [UnicodeError("label too long"), ValueError(), RuntimeError(), KeyError("x")])
def test_whatever_a_name_comes_to_it_is_this_phone_s_alone(fault):
    """One phone of two is poisoned: the other gets its message, once."""

    async def resolve(_host: str, _port: int) -> Sequence[str]:
        raise fault

    async def deliver_both(service: PushService) -> Delivered:
        good = service.browser("good")
        bad = Browser(endpoint="https://fcm.googleapis.com/fcm/1", p256dh=good.p256dh, auth=good.auth)
        push = Push([service.origin])
        push._resolve = _either(resolve, push._resolve)
        one = ToSend(says="test", ends=NOW + timedelta(hours=1))
        try:
            return await deliver(one, ((UUID(int=1), bad), (UUID(int=2), good)), SENDER, push, NOW)
        finally:
            await push.close()

    with running_push_service() as service:
        delivered = run_apart(deliver_both(service))
        assert (delivered.sent, delivered.faults, delivered.gone, delivered.missed) == (
            1,
            (type(fault).__name__,),
            (),
            (),
        )
        assert service.said == ["test"]


def _either(bad: Resolve, good: Resolve) -> Resolve:
    async def resolve(host: str, port: int) -> Sequence[str]:
        return await (good if host == "127.0.0.1" else bad)(host, port)

    return resolve


@pytest.fixture
def tls_service(tmp_path, monkeypatch):
    """One that has a certificate for `push.clinic.org` alone, and keeps the names that it was asked for."""
    context, asked = context_for("push.clinic.org", tmp_path), []
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "tls.pem"))

    def serve(work):
        async def run():
            async def answer(reader, writer):
                await reader.readuntil(b"\r\n\r\n")
                writer.write(b"HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n")
                await writer.drain()
                writer.close()

            server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
            async with server:
                return await work(server.sockets[0].getsockname()[1])

        return run_apart(run())

    serve.asked = asked
    return serve


@pytest.mark.parametrize(("name", "what"), [("push.clinic.org", "sent"), ("other.clinic.org", "later")])
def test_the_connection_goes_to_the_address_that_was_checked_with_the_certificate_of_the_name(tls_service, name, what):
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    async def send(port: int) -> Posted:
        keys = PushService().browser("anna")
        browser = Browser(endpoint=f"https://{name}:{port}/push/1", p256dh=keys.p256dh, auth=keys.auth)
        return await Push([f"https://{name}:{port}"], resolve=resolve).send(MESSAGE, browser, SENDER, NOW)

    assert tls_service(send).what == what
    assert tls_service.asked == [name]


def test_certificates_are_checked():
    context = httpx.create_ssl_context()

    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
