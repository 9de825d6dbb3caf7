"""A small stand-in for the server: the page's files as they are, and answers of the API of the shapes that the page relies on."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.trees import ROOT

PAGE = ROOT / "experiments" / "dashboard" / "page"
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
)
"""As strict as the server's own: what breaks it breaks here."""

Answer = tuple[int, Any]


def both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


class Fake:
    """Answers by method and path; `asked` is every question that came, `answers` what a test puts in place of the usual."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, str, Any]] = []
        self.address = ""
        self.token: str | None = None

    def answer(self, method: str, path: str, body: Any) -> Answer:
        found = self.answers.get(f"{method} {path}")
        if found is None:
            return 404, {"error": {"what": "unknown", **both("没有这个地址", "There is nothing here.")}}
        told = found(body) if callable(found) else found
        return told if isinstance(told, tuple) else (200, told)


class Handler(BaseHTTPRequestHandler):
    """One question."""

    fake: Fake

    def log_message(self, *_: Any) -> None:  # type: ignore[override]
        """Say nothing."""

    def _send(self, status: int, kind: str, held: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(held)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        with suppress(BrokenPipeError):  # a page that went on does not listen any more
            self.wfile.write(held)

    def _serve(self) -> None:
        path = urlsplit(self.path).path
        if not path.startswith("/api/"):
            file = PAGE / (path.removeprefix("/page/") if path.startswith("/page/") else "index.html")
            if not file.is_file():
                return self._send(404, "text/plain", b"")
            return self._send(200, KINDS[file.suffix], file.read_bytes())
        held = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = json.loads(held) if held and "json" in self.headers.get("Content-Type", "") else held
        self.fake.asked.append((self.command, path, body))
        if self.fake.token and self.headers.get("Authorization") != f"Bearer {self.fake.token}":
            return self._send(401, "application/json", b'{"error": {"what": "token"}}')
        status, told = self.fake.answer(self.command, path, body)
        if isinstance(told, bytes):
            return self._send(status, "application/octet-stream", told)
        if isinstance(told, list) and told and isinstance(told[0], tuple):  # events
            text = "".join(f"id: {place}\nevent: {name}\ndata: {json.dumps(data)}\n\n" for place, (name, data) in enumerate(told))
            return self._send(200, "text/event-stream", text.encode())
        return self._send(status, "application/json", json.dumps(told, ensure_ascii=False).encode())

    do_GET = do_POST = do_DELETE = do_PATCH = _serve  # noqa: N815


@contextmanager
def served(answers: dict[str, Any]) -> Iterator[Fake]:
    """Serve the page with these answers, on a port that the system gives."""
    fake = Fake(answers)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"fake": fake}))
    fake.address = f"http://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
