"""TLS in front of a served app, with a certificate made for the test: browsers treat a page over https otherwise."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import ssl
from collections.abc import Iterator
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@contextlib.contextmanager
def behind_tls(port: int, app_port: int, folder: Path, loop: asyncio.AbstractEventLoop) -> Iterator[str]:
    """The address; `port` is passed on to `app_port`, byte by byte."""
    server = asyncio.run_coroutine_threadsafe(_listen(port, app_port, context_for("127.0.0.1", folder)), loop).result(
        10
    )
    yield f"https://127.0.0.1:{port}"
    loop.call_soon_threadsafe(server.close)


async def _listen(port: int, app_port: int, context: ssl.SSLContext) -> asyncio.Server:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", app_port)
        await asyncio.gather(_pass(reader, back), _pass(there, writer))

    return await asyncio.start_server(serve, "127.0.0.1", port, ssl=context)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while content := await reader.read(65536):
            writer.write(content)
            await writer.drain()
    writer.close()


def context_for(host: str, folder: Path) -> ssl.SSLContext:
    """With a certificate of this name alone, which is also that of its maker: `tls.pem` in the folder."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "tls.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
