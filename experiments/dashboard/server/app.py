"""The application: its routes, its page, and what becomes of every error."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

import sim
from experiments.dashboard.options import DashboardOptions
from experiments.dashboard.server import knowing, running, saving
from experiments.dashboard.server.answers import ApiError, error_answer, full, mistake, not_found, refused, unkept
from experiments.dashboard.server.asking import Server
from experiments.dashboard.server.keeping import FullError, Keeping, KeptError
from experiments.dashboard.server.models import ErrorAnswer
from experiments.dashboard.server.runs import Runs, fault
from experiments.dashboard.server.security import Guard
from experiments.shared.errors import MistakeError
from sim.bilingual import Sentence
from sim.errors import ConfigurationError

PAGE = Path(__file__).resolve().parents[1] / "page"
WRONG: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorAnswer, "description": what}
    for status, what in {
        400: "not readable", 401: "a token is needed", 403: "not allowed", 404: "not there", 405: "not that way", 413: "too large",
        415: "of another kind", 422: "not possible", 429: "too much at once", 503: "not installed",
    }.items()
}  # fmt: skip


def make_app(options: DashboardOptions, folder: Path, folders: Sequence[str] = (), begin: Callable[[Server], None] | None = None) -> Any:  # noqa: ANN401
    """Make the application.

    Args:
        options: Keys of the command.
        folder: Folder of what is kept.
        folders: Folders of own configuration.
        begin: Called with what routes share when it answers.
    """
    keeping = Keeping(folder, options.most_kept, options.most_saved, 1e6 * options.most_disk)
    server = Server(options, folders, keeping, Runs(options, keeping))

    @asynccontextmanager
    async def living(_app: FastAPI) -> AsyncIterator[None]:
        server.runs.start()
        if begin is not None:
            begin(server)
        yield
        server.runs.stop()
        server.forget_ledgers()

    app = FastAPI(
        title="Yizhan", version=sim.__version__, docs_url=None, redoc_url=None, lifespan=living, responses=WRONG,
        description="What a youth employment programme adds, at what cost, for whom, how sure.", license_info={"name": "Apache-2.0"},
    )  # fmt: skip
    app.state.server = server
    for routes in (knowing.ROUTES, running.ROUTES, saving.ROUTES):
        app.include_router(routes)
    _add_page(app)
    _add_errors(app)
    return Guard(app, options)


def _add_page(app: FastAPI) -> None:
    """Serve the page: its one document at the root, and what belongs to it."""

    @app.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    def page() -> Response:
        if not (PAGE / "index.html").is_file():
            raise not_found(Sentence("page", "页面"))
        return FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})

    if PAGE.is_dir():
        app.mount("/page", StaticFiles(directory=PAGE))


def _add_errors(app: FastAPI) -> None:
    """Let every error have the one shape."""

    def handler(make: Callable[[Any], ApiError]) -> Callable[[Request, Any], Awaitable[Response]]:
        async def handle(request: Request, error: Any) -> Response:  # noqa: ANN401
            language = request.query_params.get("language")
            return error_answer(make(error), language if language in ("en", "zh") else None)

        return handle

    app.add_exception_handler(ApiError, handler(lambda error: error))
    app.add_exception_handler(KeptError, handler(unkept))
    app.add_exception_handler(FullError, handler(full))
    app.add_exception_handler(MistakeError, handler(mistake))
    app.add_exception_handler(ConfigurationError, handler(mistake))
    app.add_exception_handler(RequestValidationError, handler(_of_validation))
    app.add_exception_handler(HTTPException, handler(_of_http))
    app.add_exception_handler(Exception, handler(lambda _error: fault()))  # the guard logs it


def _of_validation(error: RequestValidationError) -> ApiError:
    """Say of a request that has another form than is asked for where and why."""
    detail = error.errors()[0]
    where = ".".join(str(part)[:80] for part in detail["loc"] if part != "body")[:200]
    said = detail.get("ctx", {}).get("error")
    text = said.args[0] if isinstance(said, Exception) and said.args and isinstance(said.args[0], Sentence) else None
    kind = str(detail["type"])
    why = text or Sentence(str(detail["msg"])[:300], _IN_CHINESE.get(kind, "内容不符合要求"))
    return ApiError(
        422, Sentence("the request has another form than is asked for", "请求的格式不符"), why,
        Sentence("/openapi.json says what is asked for.", "所需格式见 /openapi.json。"), where,
    )  # fmt: skip


_IN_CHINESE = {
    "missing": "缺少此项", "extra_forbidden": "没有这一项", "json_invalid": "不是有效的 JSON", "string_type": "应为文字", "int_type": "应为整数",
    "string_too_long": "文字过长", "string_too_short": "文字过短", "string_pattern_mismatch": "格式不符", "literal_error": "不在允许的取值之中",
    "int_parsing": "应为整数", "dict_type": "应为一组键与值", "list_type": "应为列表", "too_long": "项数过多", "too_short": "项数过少",
    "greater_than_equal": "数值过小", "less_than_equal": "数值过大", "less_than": "数值过大", "finite_number": "应为有限的数",
}  # fmt: skip


def _of_http(error: HTTPException) -> ApiError:
    if error.status_code == 404:
        return not_found(Sentence("address", "这个地址"))
    if error.status_code == 405:
        return refused(
            405, "the address does not take this method", "此地址不支持该方法", "/openapi.json says which.", "可用的方法见 /openapi.json。",
        )  # fmt: skip
    status = error.status_code if 400 <= error.status_code < 500 else 400
    return refused(status, "it cannot be read", "无法读取", "/openapi.json says what is asked for.", "所需格式见 /openapi.json。")

