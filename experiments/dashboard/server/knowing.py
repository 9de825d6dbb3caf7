"""Routes of what there is to know before anything is run: programmes, a county of one's own, levers, what a draft says, the scorecard."""

from __future__ import annotations

from importlib.util import find_spec

from fastapi import APIRouter
from starlette.responses import Response

import sim
from experiments.dashboard.server.answers import LANGUAGES, answer
from experiments.dashboard.server.asking import Language, Plain, Shared
from experiments.dashboard.server.content import call
from experiments.dashboard.server.models import About, Checked, County, DraftRequest

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
def programmes(server: Shared, language: Language) -> Response:
    """List the programmes."""
    with server.at_work():
        return answer(call("programmes", "programmes"), language)


@ROUTES.get("/programmes/{name}", response_model=Plain)
def programme(name: str, server: Shared, language: Language) -> Response:
    """Explain a programme, with facts and sources."""
    with server.at_work():
        return answer(call("programmes", "programme", name), language)


@ROUTES.get("/county", response_model=Plain)
def county_form(server: Shared, language: Language) -> Response:
    """Return the form of a county of one's own."""
    with server.at_work():
        return answer(call("county", "form"), language)


@ROUTES.post("/county", response_model=Plain)
def county(asked: County, server: Shared, language: Language) -> Response:
    """Return what a filled-in form comes to."""
    with server.at_work():
        changes, assumed = call("county", "changes_of", asked.county)
        return answer({"changes": changes, "assumed": assumed, "picture": None}, language)


@ROUTES.get("/levers", response_model=list[Plain])
def levers(server: Shared, language: Language) -> Response:
    """List the levers with their parameters, those of installed packages, too."""
    with server.at_work():
        return answer(call("levers", "cards"), language)


@ROUTES.post("/check", response_model=Checked)
def check(asked: DraftRequest, server: Shared, language: Language) -> Response:
    """Say whether a draft can be run, and what is to be known before."""
    with server.at_work():
        return answer(call("checking", "check", asked.draft, server.persons_of), language)


@ROUTES.get("/scorecard", response_model=Plain)
def scorecard(server: Shared, language: Language) -> Response:
    """Return how the model fares against every figure that is known."""
    with server.at_work():
        return answer(call("scorecard", "scorecard"), language)


@ROUTES.get("/assumptions", response_model=Plain)
def assumptions(server: Shared, language: Language) -> Response:
    """Return the strongest assumptions."""
    with server.at_work():
        return answer(call("scorecard", "assumptions"), language)
