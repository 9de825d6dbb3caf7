"""Files to take along: a finished run as a workbook, a table, a report, a programme file."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING

from experiments.dashboard.server.answers import not_found, refused
from experiments.dashboard.server.content import call
from experiments.dashboard.server.runs import DONE
from sim.bilingual import Sentence

if TYPE_CHECKING:
    from experiments.dashboard.server.asking import Server

NAMES = {
    "result.json": "application/json",
    "result.csv": "text/csv; charset=utf-8",
    "result.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "report.html": "text/html; charset=utf-8",
    "report.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "report.pdf": "application/pdf",
    "programme.yaml": "application/yaml",
}
"""Name of a file → what it is."""
LIBRARIES = {
    "result.xlsx": ("xlsxwriter", "excel"), "report.html": ("jinja2", "report"), "report.docx": ("docx", "report"),
    "report.pdf": ("typst", "report"),
}  # fmt: skip
"""Name of a file → library that writes it, and the extra that brings it."""


def file_of(server: Server, identity: str, name: str, language: str) -> tuple[bytes, str]:
    """Return a file of a finished run, and what kind it is.

    Raises:
        ApiError: There is no such file, the run has not ended, or a library is missing.
    """
    if name not in NAMES:
        raise not_found(Sentence("file", "这个文件"))
    library, extra = LIBRARIES.get(name, ("json", ""))
    if find_spec(library) is None:
        raise refused(
            503, "{name} needs a library that is not installed here: pip install 'yizhan[{extra}]'",
            "{name} 所需的程序库未安装：pip install 'yizhan[{extra}]'", "Ask who runs the server, or take another file.",
            "请联系服务器管理者，或选择其他文件。", name, name=name, extra=extra,
        )  # fmt: skip
    run = server.runs.find(identity)
    if run.state != DONE:
        raise refused(
            409, "the run has not ended", "任务尚未完成", "Wait until it has, or ask for it again.", "请等待完成，或重新提交。", "state",
        )  # fmt: skip
    if name == "result.json":
        content = {"yizhan": 1, "request": run.draft, "result": json.loads(run.result)}
        return json.dumps(content, ensure_ascii=False, indent=1).encode(), NAMES[name]
    folder = server.keeping.path(identity)
    with server.at_work():
        if name.startswith("report."):
            return _report(str(folder), name.partition(".")[2], language), NAMES[name]
        content = call("exports", name.replace(".", "_"), folder, language)
    return content if isinstance(content, bytes) else str(content).encode(), NAMES[name]


def _report(folder: str, form: str, language: str) -> bytes:
    from experiments.report.assembling import report_of
    from experiments.report.command import writer_of
    from experiments.report.saved import opened

    with opened(folder) as saved:
        written = writer_of(form)(report_of(saved, language))
    return written if isinstance(written, bytes) else written.encode()
