"""Routes of what is kept: saved results, opened ones, and ledgers, which are kept only as long as the server lives."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from experiments.dashboard.server.answers import answer, not_found
from experiments.dashboard.server.asking import Language, Shared
from experiments.dashboard.server.events import in_language_asked
from experiments.dashboard.server.models import Done, Identity, Name, SavedContent, SavedEntry, SaveRequest
from sim.bilingual import Sentence

ROUTES = APIRouter(prefix="/api")


@ROUTES.get("/saved", response_model=list[SavedEntry])
def saved(server: Shared, language: Language) -> Response:
    """List what is saved, the newest first."""
    return answer(server.keeping.entries(), language)


@ROUTES.post("/saved", status_code=201, response_model=SavedEntry)
def save(asked: SaveRequest, server: Shared, language: Language) -> Response:
    """Save a finished run under a name."""
    entry = server.keeping.save(asked.run, asked.name)
    if entry is None:
        raise not_found(Sentence("finished run", "已完成的任务"))
    return answer(entry, language, 201)


@ROUTES.get("/saved/{identity}", response_model=SavedContent)
def open_saved(identity: Identity, server: Shared, language: Language) -> Response:
    """Return a saved result: its draft and what was found."""
    import json

    entry = server.keeping.entry(identity)
    kept = server.keeping.find(identity=entry["run"]) if entry else None
    if entry is None or kept is None:
        raise not_found(Sentence("saved result", "已保存的结果"))
    draft = (kept.draft or {}).get("draft")
    return answer(entry | {"draft": draft, "result": json.loads(in_language_asked(kept.shown, language))}, None)


@ROUTES.patch("/saved/{identity}", response_model=SavedEntry)
def rename(identity: Identity, asked: Name, server: Shared, language: Language) -> Response:
    """Give a saved result another name."""
    if not server.keeping.rename(identity, asked.name):
        raise not_found(Sentence("saved result", "已保存的结果"))
    return answer(server.keeping.entry(identity), language)


@ROUTES.delete("/saved/{identity}", response_model=Done)
def remove(identity: Identity, server: Shared) -> Response:
    """Take a saved result out of the list."""
    if not server.keeping.remove(identity):
        raise not_found(Sentence("saved result", "已保存的结果"))
    return answer({"done": True})
