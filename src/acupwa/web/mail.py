"""Mail, where the operator gave a server for it. Sent beside the request: an answer never waits for it, nor tells of it."""

import smtplib
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from acupwa.logs import log_fault

_SECONDS = 20
_WAITING = 100


class Mail:
    """One thread, as links by mail are few. What waits beyond a hundred is dropped: nobody fills the memory so.

    `url` is `smtp://user:password@host:port` (STARTTLS, asked for when there is a password) or `smtps://…`.
    """

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        self._secure = parts.scheme == "smtps"
        self._host = parts.hostname or ""
        self._port = parts.port or (465 if self._secure else 587)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._sender = sender
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mail")
        self._room = threading.BoundedSemaphore(_WAITING)

    def send(self, to: str, subject: str, text: str) -> None:
        """Comes back at once. A mail that cannot be sent is a fault in the log, without address or text."""
        if not self._room.acquire(blocking=False):
            log_fault("mail not sent", kind="too many wait")
            return
        self._thread.submit(self._send, to, subject, text)

    def close(self) -> None:
        """Waits for what is on its way."""
        self._thread.shutdown(wait=True)

    def _send(self, to: str, subject: str, text: str) -> None:
        try:
            self._deliver(self._message(to, subject, text))
        except (OSError, smtplib.SMTPException, ValueError) as fault:
            # The server's words may repeat the address: only the kind is kept.
            log_fault("mail not sent", kind=type(fault).__name__)
        finally:
            self._room.release()

    def _message(self, to: str, subject: str, text: str) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, to, subject
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        return message

    def _deliver(self, message: EmailMessage) -> None:
        context = ssl.create_default_context()
        if self._secure:
            with smtplib.SMTP_SSL(self._host, self._port, timeout=_SECONDS, context=context) as server:
                self._hand_over(server, message)
            return
        with smtplib.SMTP(self._host, self._port, timeout=_SECONDS) as server:
            server.ehlo()
            if self._password or server.has_extn("starttls"):
                server.starttls(context=context)
            self._hand_over(server, message)

    def _hand_over(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        if self._user:
            server.login(self._user, self._password)
        server.send_message(message)
