"""Routes of runs: to ask for one, to follow it, to cancel it, to take its files along, to look at the persons behind a number."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Path, Query
from starlette.responses import Response, StreamingResponse

from experiments.dashboard.server.answers import answer, as_json
from experiments.dashboard.server.asking import Client, Language, Plain, Server, Shared
from experiments.dashboard.server.events import events_of, in_language_asked
from experiments.dashboard.server.models import Accepted, Identity, Progress, RunRequest
from experiments.dashboard.server.runs import Run
from experiments.dashboard.server.taking import asked_again, file_of

ROUTES = APIRouter(prefix="/api/runs")


@ROUTES.post("", status_code=202, response_model=Accepted)
def ask(asked: RunRequest, server: Shared, client: Client, language: Language) -> Response:
    """Ask for a run; what is the same is computed once."""
    run = take_on(server, asked, client)
    return answer({"id": run.id, "digest": run.digest, "state": run.state}, language, 202)


def take_on(server: Server, asked: RunRequest, client: str) -> Run:
    """Take on a run in somebody's name.

    Raises:
        ApiError: It is too large, or too many wait.
    """
    from experiments.dashboard.server.limits import refuse_too_much
    from experiments.dashboard.server.tasks import task_of

    with server.at_work():
        task = task_of(asked, server.persons_of, server.worlds)
    refuse_too_much(task, server.options)
    return server.runs.ask(task, asked.kind, asked.model_dump(mode="json", exclude_none=True), client)


@ROUTES.get("/{identity}", response_model=Progress)
def follow(identity: Identity, server: Shared, language: Language) -> Response:
    """Say how far a run is, and what is found so far."""
    run = server.runs.find(identity)
    head = as_json(server.runs.progress(run), language)
    result = in_language_asked(run.result, language) if run.result else b"null"
    return Response(head[:-1] + b',"result":' + result + b"}", media_type="application/json")


@ROUTES.delete("/{identity}", response_model=Progress)
def cancel(identity: Identity, server: Shared, client: Client, language: Language) -> Response:
    """Cancel a run; for others who asked for the same it goes on."""
    return answer(server.runs.progress(server.runs.cancel(identity, client)), language)


@ROUTES.get("/{identity}/events", response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": {}}}})
async def events(
    identity: Identity, server: Shared, language: Language, last_event_id: Annotated[str | None, Header(max_length=40)] = None,
) -> StreamingResponse:  # fmt: skip
    """Follow a run as it goes: `progress`, `result`, and how it ended."""
    run = server.runs.find(identity)
    seen = int(last_event_id) if last_event_id and last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < 16 else 0
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(events_of(server.runs, run, seen, language), media_type="text/event-stream", headers=headers)


@ROUTES.get("/{identity}/files/{name}", response_class=Response, responses={200: {"content": {"application/octet-stream": {}}}})
def take(identity: Identity, name: Annotated[str, Path(max_length=40)], server: Shared, language: Language) -> Response:
    """Return a file to take along."""
    content, kind = file_of(server, identity, name, language or "en")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


@ROUTES.get("/{identity}/persons", response_model=Plain)
def persons(
    identity: Identity, server: Shared, language: Language, variant: Annotated[str, Query(max_length=80)] = "",
    row: Annotated[str, Query(max_length=80)] = "net_additional_jobs", kind: Annotated[str, Query(max_length=80)] = "jobs",
    replicate: Annotated[int, Query(ge=0, le=10**6)] = 0,
) -> Response:  # fmt: skip
    """Return some persons behind a number."""
    from experiments.dashboard.content.stories import persons_behind

    asked = asked_again(server, identity)
    with server.using_own(), server.picturing:
        return answer(persons_behind(asked, variant or next(iter(asked.worlds.variants)), row, kind, replicate), language)


@ROUTES.get("/{identity}/persons/{person}", response_model=Plain)
def person(
    identity: Identity, person: Annotated[int, Path(ge=0, le=10**8)], server: Shared, language: Language,
    replicate: Annotated[int, Query(ge=0, le=10**6)] = 0, variant: Annotated[str, Query(max_length=80)] = "",
) -> Response:  # fmt: skip
    """Tell one person's story."""
    from experiments.dashboard.content.stories import story

    asked = asked_again(server, identity)
    with server.using_own(), server.picturing:
        return answer(story(asked, variant or next(iter(asked.worlds.variants)), person, replicate), language)
