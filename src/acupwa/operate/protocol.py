"""How uvicorn answers what is no HTTP at all: with a page of ours and the headers of every answer.

It never becomes a request, so no app could see it.
"""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class Protocol(HttpToolsProtocol):
    def send_400_response(self, msg: str) -> None:
        headers, page = self.config.loaded_app.refusal(400)
        lines = [b"HTTP/1.1 400 Bad Request", *(name + b": " + value for name, value in headers), b"connection: close"]
        self.transport.write(b"\r\n".join(lines) + b"\r\n\r\n" + page)
        self.transport.close()
