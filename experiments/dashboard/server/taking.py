"""Files to take along: a finished run as a workbook, a table, a report, a programme file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from experiments.dashboard.server.answers import ApiError, not_found, refuse_missing, refused
from experiments.dashboard.server.runs import DONE
from sim.bilingual import Sentence

if TYPE_CHECKING:
    from experiments.dashboard.content.asking import Asked
    from experiments.dashboard.server.asking import Server
    from experiments.dashboard.server.runs import Run

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
    refuse_missing(name, library, extra)
    run = server.runs.find(identity)
    if run.state != DONE:
        raise refused(
            409, "the run has not ended", "任务尚未完成", "Wait until it has, or ask for it again.", "请等待完成，或重新提交。", "state",
        )  # fmt: skip
    return _written(server, run, name, language), NAMES[name]


def _written(server: Server, run: Run, name: str, language: str) -> bytes:
    from experiments.dashboard.content.exports import as_csv, as_json, as_programme, as_report, as_xlsx

    if name.startswith("report."):
        folder = server.keeping.path(run.id)
        if not folder.is_dir():
            raise _none_of_it(name)
        with server.using_own():
            return as_report(folder, name.partition(".")[2], language)
    if run.kind != "compare":
        raise _none_of_it(name)
    asked, result = asked_again(server, run.id), json.loads(run.result)
    if name == "programme.yaml":
        return as_programme(asked)
    if name == "result.json":
        return as_json(asked, result)
    return (as_csv if name == "result.csv" else as_xlsx)(asked, result, language)


def _none_of_it(name: str) -> ApiError:
    return refused(
        404, "there is no {name} of this", "此结果没有 {name}", "Run its draft here, or take another file.", "请在此重新运行其草稿，或选择其他文件。",
        name, name=name,
    )  # fmt: skip


def asked_again(server: Server, identity: str) -> Asked:
    """Return what the draft of a run asks for."""
    from experiments.dashboard.server.models import RunRequest
    from experiments.dashboard.server.tasks import asked_of

    run = server.runs.find(identity)
    with server.at_work():
        return asked_of(RunRequest.model_validate(run.draft), server.persons_of)
