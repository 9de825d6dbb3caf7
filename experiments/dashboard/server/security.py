"""Who may ask what, before anything is read: names of this server, origin, token, size and rate of requests; and the headers of every answer."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import socket
import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from experiments.dashboard.options import OWN_HOSTS
from experiments.dashboard.server.answers import ApiError, error_answer, refused
from experiments.dashboard.server.runs import log_fault
from sim.bilingual import Sentence

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from experiments.dashboard.options import DashboardOptions

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
WITH_BODY = ("POST", "PUT", "PATCH", "DELETE")
UPLOADS = ("/api/ledger", "/api/saved/open")
WRONG_TOKENS_A_MINUTE = 10
MOST_ADDRESSES = 10_000
"""Addresses whose requests are counted at a time."""
ENVELOPE = 16_384
"""Bytes around a file that is sent."""


class Bucket:
    """So many requests a minute for each address, and no more at once than in six seconds' worth of waiting.

    Args:
        a_minute: Requests a minute.
        at_once: Requests at once.
    """

    def __init__(self, a_minute: float, at_once: float) -> None:
        self.rate, self.most = a_minute / 60.0, at_once
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, address: str, amount: float = 1.0) -> float:
        """Take from what an address has left. Returns the seconds to wait; 0 where it may go on."""
        now = time.monotonic()
        with self._lock:
            left, then = self._left.pop(address, (self.most, now))
            left = min(self.most, left + (now - then) * self.rate)
            wait = 0.0 if left >= amount else (amount - left) / self.rate
            self._left[address] = (left - amount if not wait else left, now)
            while len(self._left) > MOST_ADDRESSES:
                self._left.popitem(last=False)
        return wait


class Guard:
    """The first that a request meets.

    Args:
        app: What answers it afterwards.
        options: Keys of the command.
    """

    def __init__(self, app: ASGIApp, options: DashboardOptions) -> None:
        self.app, self.options = app, options
        self.requests = Bucket(options.most_requests, max(10.0, options.most_requests / 6.0))
        self.wrong_tokens = Bucket(WRONG_TOKENS_A_MINUTE, WRONG_TOKENS_A_MINUTE)
        self.token = hashlib.sha256(options.token.encode()).digest() if options.token else None
        self.names = {options.host.lower(), socket.gethostname().lower(), *OWN_HOSTS} if options.host not in OWN_HOSTS else set(OWN_HOSTS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                if scope["path"].startswith("/api") or scope["path"] == "/openapi.json":
                    own.append((b"cache-control", b"no-store"))
                message["headers"] = [*message.get("headers", ()), *own]
            await send(message)

        try:
            self._check(scope, headers)
            limit = self._limit(scope["path"])
            if headers.get("content-length", "0").isdigit() and int(headers.get("content-length", "0")[:18]) > limit:
                raise too_large(limit)
            received = await _whole(receive, limit) if scope["method"] in WITH_BODY else receive
        except ApiError as error:
            await error_answer(error, _language_of(scope))(scope, receive, with_headers)
            return
        try:
            await self.app(scope, received, with_headers)
        except Exception as error:  # noqa: BLE001 (it is answered by now; the server would log what somebody sent with it)
            log_fault("request", error)

    def _limit(self, path: str) -> int:
        """Return how many bytes a request may have."""
        return int(1e6 * (self.options.most_upload if path in UPLOADS else self.options.most_body)) + ENVELOPE * (path in UPLOADS)

    def _check(self, scope: Scope, headers: dict[str, str]) -> None:
        """Refuse who may not ask, or asks too often.

        Raises:
            ApiError: With the reason.
        """
        address = (scope.get("client") or ("?", 0))[0]
        wait = self.requests.take(address)
        if wait:
            raise too_often(wait)
        if not self._is_own_name(headers.get("host", "")):
            raise refused(
                403, "this server does not go by the name in the request", "请求所用的主机名不是本服务器的名称",
                "Open the address that the command printed.", "请打开命令所显示的地址。", "Host",
            )  # fmt: skip
        path = scope["path"]
        if not (path.startswith("/api") or path == "/openapi.json"):
            return
        origin = headers.get("origin")
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none") or (origin and urlsplit(origin).netloc != headers.get("host")):
            raise refused(
                403, "another site asks in your name", "请求来自其他网站", "Open this server's own page.", "请在本服务器自己的页面上操作。", "Origin",
            )  # fmt: skip
        if self.token is not None:
            self._check_token(address, headers.get("authorization", ""))

    def _check_token(self, address: str, given: str) -> None:
        scheme, _, token = given.partition(" ")
        if scheme.lower() == "bearer" and hmac.compare_digest(hashlib.sha256(token.encode("latin-1").strip(b" \t")).digest(), self.token or b""):
            return
        if given and (wait := self.wrong_tokens.take(address)):
            raise too_often(wait)
        raise ApiError(
            401, Sentence("a token is needed", "需要口令"), Sentence("this server answers only who has its token", "本服务器只回应持有口令的人"),
            Sentence("Ask who started it; send it as Authorization: Bearer TOKEN.", "请向启动者索取，并以 Authorization: Bearer 口令 发送。"),
            "Authorization",
        )  # fmt: skip

    def _is_own_name(self, host: str) -> bool:
        """Tell whether a request names this server: a site whose name was pointed here (DNS rebinding) does not."""
        name = urlsplit(f"//{host}").hostname if _is_host(host) else None
        if name is None:
            return False
        if name in self.names or self.options.host in OWN_HOSTS:
            return name in self.names
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


def _is_host(host: str) -> bool:
    try:
        return bool(urlsplit(f"//{host}").hostname) and "/" not in host and "@" not in host
    except ValueError:
        return False


def _language_of(scope: Scope) -> str | None:
    found = re.search(rb"(?:^|&)language=(en|zh)(?:&|$)", scope["query_string"])
    return found[1].decode() if found else None


async def _whole(receive: Receive, limit: int) -> Receive:
    """Read the body of a request, and return what hands it on.

    Raises:
        ApiError: It is larger than allowed.
    """
    parts: list[bytes] = []
    read, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        parts.append(message.get("body", b""))
        read, more = read + len(parts[-1]), message.get("more_body", False)
        if read > limit:
            raise too_large(limit)
    body: list[Message] = [{"type": "http.request", "body": b"".join(parts), "more_body": False}]

    async def handed_on() -> Message:
        return body.pop() if body else await receive()

    return handed_on


def too_large(limit: int) -> ApiError:
    """Return the error about a request of too many bytes."""
    error = refused(
        413, "it has more than {limit:,.2f} MB", "请求超过 {limit:,.2f} MB", "Send less.", "请减小后再发送。", "body", limit=limit / 1e6,
    )  # fmt: skip
    error.what = Sentence("the request is too large", "请求过大")
    return error


def too_often(wait: float) -> ApiError:
    """Return the error about requests that come too fast."""
    seconds = max(1, int(wait) + 1)
    return ApiError(
        429, Sentence("too many requests", "请求过于频繁"), Sentence("they come faster than this server allows", "超过本服务器允许的频率"),
        Sentence(f"Wait {seconds} s.", f"请等待 {seconds} 秒。"), seconds=seconds,
    )  # fmt: skip
