"""Routes of what there is to know before anything is run: programmes, a county of one's own, levers, what a draft says, the scorecard."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

import sim
from experiments.dashboard.server.answers import LANGUAGES, answer
from experiments.dashboard.server.asking import Language, Plain, Shared
from experiments.dashboard.server.models import About, Checked, County, CountyTold, DraftRequest

ROUTES = APIRouter(prefix="/api")
EXTRAS = {"report": "docx", "ledger": "python_calamine", "optimise": "optuna", "pdf": "typst", "excel": "xlsxwriter"}
"""Extra → a library of it."""


@ROUTES.get("/about", response_model=About)
def about(server: Shared, language: Language) -> Response:
    """Say what this server is, and its limits."""
    limits = {name: value for name, value in server.options.model_dump().items() if name.startswith(("most_", "queue"))}
    extras = {extra: find_spec(library) is not None for extra, library in EXTRAS.items()}
    content = {"version": sim.__version__, "languages": LANGUAGES, "limits": limits, "extras": extras, "server": server.identity}
    return answer(content, language)


@ROUTES.get("/programmes", response_model=list[Plain])
def list_programmes(server: Shared, language: Language) -> Response:
    """List the programmes."""
    return Response(server.tell("programmes", language), media_type="application/json")


@ROUTES.get("/programmes/{name}", response_model=Plain)
def explain_programme(name: Annotated[str, Path(max_length=80)], server: Shared, language: Language) -> Response:
    """Explain a programme, with facts and sources."""
    from experiments.dashboard.content.programmes import programme

    with server.using_own():
        return answer(programme(name), language)


@ROUTES.get("/county", response_model=Plain)
def county_form(server: Shared, language: Language) -> Response:
    """Return the form of a county of one's own."""
    return Response(server.tell("county", language), media_type="application/json")


@ROUTES.post("/county", response_model=CountyTold)
def county(asked: County, server: Shared, language: Language) -> Response:
    """Return what a filled-in form comes to."""
    from experiments.dashboard.content.county import changes_of, picture
    from experiments.dashboard.server.limits import refuse_too_many

    with server.using_own():
        changes, assumed = changes_of(asked.county)
        refuse_too_many(changes, server.options)
        with server.picturing:
            return answer({"changes": changes, "assumed": assumed, "picture": picture(changes)}, language)


@ROUTES.get("/levers", response_model=list[Plain])
def levers(server: Shared, language: Language) -> Response:
    """List the levers with their parameters, those of installed packages, too."""
    return Response(server.tell("levers", language), media_type="application/json")


@ROUTES.post("/check", response_model=Checked)
def check_draft(asked: DraftRequest, server: Shared, language: Language) -> Response:
    """Say whether a draft can be run, and what is to be known before."""
    from experiments.dashboard.content.checking import check

    with server.at_work():
        return answer(check(asked.draft, server.persons_of), language)


@ROUTES.get("/scorecard", response_model=Plain)
def tell_scorecard(server: Shared, language: Language) -> Response:
    """Return how the model fares against every figure that is known."""
    from experiments.dashboard.content.scorecard import scorecard

    with server.using_own():
        return answer(scorecard(), language)


@ROUTES.get("/assumptions", response_model=Plain)
def tell_assumptions(server: Shared, language: Language) -> Response:
    """Return the strongest assumptions."""
    from experiments.dashboard.content.scorecard import assumptions

    with server.using_own():
        return answer(assumptions(), language)
