"""A server that speaks the Hugging Face hub's protocol, and fails as it is told.

As at the real hub, `GET /{repo}/resolve/main/{file}` redirects to another address, which has the
bytes. That one serves `GET /{name}` for any other download as well. For tests, and for an app in a
process of its own: `HF_ENDPOINT` is `HubServer.url`.
"""

from __future__ import annotations

import hashlib
import re
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMIT = "c0ffee" * 6 + "c0ff"


@dataclass(frozen=True)
class Request:
    """What was asked: method, the file's name, and the first byte wanted."""

    method: str
    name: str
    start: int


class HubServer:
    """Serves files while its context is open.

    Attributes:
        files: `{repo}/{filename}` -> content.
        url, storage: addresses of the hub, and of what has the bytes.
        cuts: after how many bytes the next answers of the storage break off, one each.
        statuses: file name -> status that it is refused with.
        stale: whether the hub refuses every token.
        wrong: whether the hub announces the checksum of something else.
        silent: whether the storage says nothing until the server stops.
        asked: all requests to the hub; fetched: to the storage.
    """

    def __init__(self, files: dict[str, bytes]):
        self.files = files
        self.cuts: list[int] = []
        self.statuses: dict[str, int] = {}
        self.wrong = self.silent = self.stale = False
        self.asked: list[Request] = []
        self.fetched: list[Request] = []
        self.stopping = threading.Event()
        self._servers = [self._serve(_Hub), self._serve(_Storage)]
        hub, storage = (server.server_address[1] for server in self._servers)
        self.url, self.storage = f"http://127.0.0.1:{hub}", f"http://localhost:{storage}"

    def __enter__(self) -> HubServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Refuse every further connection."""
        self.stopping.set()
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def digest(self, name: str) -> str:
        """SHA-256 that the hub announces."""
        return hashlib.sha256(self.files[name] + b"else" * self.wrong).hexdigest()

    def _serve(self, handler: type[_Handler]) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (handler,), {"hub": self}))
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return server


class _Handler(BaseHTTPRequestHandler):
    hub: HubServer

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        raise NotImplementedError

    def refused(self, name: str) -> bool:
        status = self.hub.statuses.get(name) or (None if name in self.hub.files else 404)
        if status:
            self.head(status, {"Content-Length": "0"})
        return status is not None

    def head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def request_for(self, name: str) -> Request:
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        return Request(self.command, name, int(asked[1]) if asked else 0)

    def log_message(self, *_: object) -> None:
        pass


class _Hub(_Handler):
    def answer(self) -> None:
        hub, name = self.hub, self.path[1:].replace("/resolve/main/", "/", 1)
        hub.asked.append(self.request_for(name))
        if hub.stale and self.headers.get("Authorization"):
            why = "Invalid credentials in Authorization header"
            return self.head(401, {"Content-Length": "0", "X-Error-Message": why})
        if self.refused(name):
            return
        headers = {
            "Location": f"{hub.storage}/{name}",
            "X-Repo-Commit": COMMIT,
            "X-Linked-Size": str(len(hub.files[name])),
            "X-Linked-Etag": f'"{hub.digest(name)}"',
            "ETag": '"of the pointer"',
            "Content-Length": "0",
        }
        self.head(302, headers)


class _Storage(_Handler):
    def answer(self) -> None:
        hub, request = self.hub, self.request_for(self.path[1:])
        hub.fetched.append(request)
        if hub.silent:
            hub.stopping.wait()
        elif not self.refused(request.name):
            self.send(hub.files[request.name], request.start)

    def send(self, content: bytes, start: int) -> None:
        if start and start >= len(content):
            return self.head(416, {"Content-Length": "0"})
        headers = {"Content-Length": str(len(content) - start), "Accept-Ranges": "bytes"}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        self.head(206 if start else 200, headers)
        body = content[start:]
        if self.hub.cuts:
            body = body[: self.hub.cuts.pop(0)]
        if self.command == "GET":
            self.wfile.write(body)
