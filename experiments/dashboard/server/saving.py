"""Routes of what is kept: saved results, opened ones, and ledgers, which are kept only as long as the server lives."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile
from starlette.responses import Response

from experiments.dashboard.server.answers import answer, as_json, mistake, not_found, refuse_missing
from experiments.dashboard.server.asking import Language, Plain, Shared
from experiments.dashboard.server.events import in_language_asked
from experiments.dashboard.server.keeping import new_identity
from experiments.dashboard.server.models import Done, Identity, Name, Opened, RoomTaken, RunRequest, SavedContent, SavedEntry, SaveRequest
from experiments.ledger.sheets import SHEETS
from experiments.shared.errors import MistakeError
from sim.bilingual import Sentence

ROUTES = APIRouter(prefix="/api")
SAVED, LEDGER = Sentence("saved result", "已保存的结果"), "ledger"
WORKBOOK = Sentence("a workbook", "读取工作簿")
UNREAD = Sentence("the ledger is not taken", "台账未被接受")
OPENED = "opened"
"""Name of what was opened, until somebody gives it another."""


@ROUTES.get("/saved", response_model=list[SavedEntry])
def saved(server: Shared, language: Language) -> Response:
    """List what is saved, the newest first."""
    return answer(server.keeping.entries(), language)


@ROUTES.get("/room", response_model=RoomTaken)
def room(server: Shared) -> Response:
    """Say how much is saved, and how much may be."""
    return answer(server.keeping.room()._asdict())


@ROUTES.post("/saved", status_code=201, response_model=SavedEntry)
def save(asked: SaveRequest, server: Shared, language: Language) -> Response:
    """Save a finished run under a name."""
    entry = server.keeping.save(asked.run, asked.name, named=asked.named)
    if entry is None:
        raise not_found(Sentence("finished run", "已完成的任务"))
    return answer(entry, language, 201)


@ROUTES.post("/saved/open", status_code=201, response_model=Opened)
def open_file(server: Shared, language: Language, file: Annotated[UploadFile, File()]) -> Response:
    """Open a result that was saved elsewhere."""
    from experiments.dashboard.server.opening import opened

    content = file.file.read()
    with server.at_work():
        draft, result = opened(content)
    request = RunRequest(draft=json.loads(draft.canonical()))
    identity = new_identity()
    server.keeping.keep(identity, OPENED, "compare", request.model_dump(mode="json", exclude_none=True), as_json(result))
    entry = server.keeping.save(identity, draft.programme, named=False)
    return answer({**(entry or {}), "draft": request.draft}, language, 201)


@ROUTES.get("/saved/{identity}", response_model=SavedContent)
def open_saved(identity: Identity, server: Shared, language: Language) -> Response:
    """Return a saved result: its draft and what was found."""
    entry = server.keeping.entry(identity)
    kept = server.keeping.find(identity=entry["run"]) if entry else None
    if entry is None or kept is None:
        raise not_found(SAVED)
    draft = (kept.draft or {}).get("draft")
    return answer(entry | {"draft": draft, "result": json.loads(in_language_asked(kept.shown, language))})


@ROUTES.patch("/saved/{identity}", response_model=SavedEntry)
def rename(identity: Identity, asked: Name, server: Shared, language: Language) -> Response:
    """Give a saved result another name."""
    if not server.keeping.rename(identity, asked.name):
        raise not_found(SAVED)
    return answer(server.keeping.entry(identity), language)


@ROUTES.delete("/saved/{identity}", response_model=Done)
def remove(identity: Identity, server: Shared) -> Response:
    """Take a saved result out of the list."""
    if not server.keeping.remove(identity):
        raise not_found(SAVED)
    return answer({"done": True})


@ROUTES.post("/ledger", status_code=201, response_model=Plain)
def ledger(
    server: Shared, language: Language, file: Annotated[UploadFile, File()], place: Annotated[str, Query(max_length=80)] = "default",
) -> Response:  # fmt: skip
    """Read a ledger: its persons become a population, and nothing that says who they are is kept."""
    from experiments.dashboard.content.ledger import read_upload

    called = file.filename or ""
    if called.lower().endswith(SHEETS):
        refuse_missing(WORKBOOK, "python_calamine", LEDGER)
    with server.using_own():
        try:
            return answer(read_upload(file.file.read(), called, server.populations, place), language, 201)
        except MistakeError as error:
            raise mistake(error, UNREAD) from None


@ROUTES.get("/ledger/template.xlsx", response_class=Response, responses={200: {"content": {"application/octet-stream": {}}}})
def template(language: Language) -> Response:
    """Return an empty ledger to fill in."""
    from experiments.dashboard.content.ledger import template_of

    refuse_missing("template.xlsx", "xlsxwriter", LEDGER)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(template_of(language or "zh"), media_type=kind, headers={"Content-Disposition": 'attachment; filename="ledger.xlsx"'})
