"""The levers as cards in five groups, each with its declared parameters; a lever that an installed package brings appears by itself."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, get_args, get_origin

from experiments.dashboard.content.sources import is_assumed, source_of
from experiments.dashboard.content.texts import Plain, text
from experiments.dashboard.content.words import brief, choice_words
from sim.bilingual import Sentence
from sim.lever import Lever
from sim.levers import LEVERS
from sim.parameters import ENTRY, Leaf, declarations, inner_type, without_null
from sim.units import unit_words

GROUPS = {
    "home": Sentence("A place to live", "住"),
    "jobs": Sentence("Meeting employers", "岗"),
    "skills": Sentence("Getting ready", "能"),
    "business": Sentence("Starting a business", "创"),
    "community": Sentence("Belonging", "融"),
    "further": Sentence("Of other packages", "其他"),
}
"""Groups of the cards, in order; the last has the levers of packages that name no other one."""
OF_LEVERS = {
    "lodging": "home", "subsidies": "home",
    "job_fairs": "jobs", "campus_recruitment": "jobs", "internships": "jobs", "hiring_subsidy": "jobs", "labour_export": "jobs",
    "travel_vouchers": "jobs",
    "skills_training": "skills", "guidance": "skills", "casework": "skills", "startup_courses": "skills", "safety_training": "skills",
    "loans": "business", "mentoring": "business", "incubator": "business", "equity": "business", "legal_aid": "business",
    "integration": "community", "outreach": "community", "organisation": "community", "transport_support": "community",
}  # fmt: skip
"""Lever → its group. A lever of another package may say it by an attribute ``group``."""
ALSO = {
    "lodging": ("free_nights", "rooms_per_station"), "loans": ("ceiling", "rate_per_year"), "job_fairs": ("firms_per_fair",),
    "mentoring": ("mentees_per_mentor",), "incubator": ("rent_cut",), "subsidies": ("rent_months",), "casework": ("clients_per_caseworker",),
    "hiring_subsidy": ("amount",), "transport_support": ("share", "ceiling"), "travel_vouchers": ("amount",),
}  # fmt: skip
"""Lever → what matters of it besides what money buys of it."""
FEW = 3
"""Parameters on the face of a card, at most; the others stand under “more”."""
LAST = ("budget", "opening_date", "closing_date")
"""Parameters that every lever has, after its own."""
Shape = Literal["number", "whole", "flag", "date", "choice", "text", "list"]


def cards() -> list[Plain]:
    """Return a card a lever, group by group."""
    order = list(GROUPS)
    return sorted((card_of(lever) for lever in LEVERS), key=lambda card: order.index(card["group"]))


def group_of(lever: type[Lever]) -> str:
    """Return the group of a lever."""
    found = OF_LEVERS.get(lever.name) or str(getattr(lever, "group", ""))
    return found if found in GROUPS else "further"


def card_of(lever: type[Lever]) -> Plain:
    """Return the card of one lever."""
    leaves = [leaf for leaf in declarations(lever) if ENTRY not in leaf.key]
    own, last = ([leaf for leaf in leaves if (leaf.key in LAST) == is_last] for is_last in (False, True))
    face = _face(lever, own)
    group = group_of(lever)
    return {
        "lever": lever.name, "group": group, "group_title": text(GROUPS[group]), "title": text(lever.label), "says": text(lever.summary),
        "is_capital": lever.is_capital, "to_begin": {f"policy.{lever.name}.{key}": value for key, value in _to_begin(lever).items()},
        "parameters": [parameter_of(leaf, f"policy.{lever.name}.{leaf.key}", is_main=leaf.key in face) for leaf in (*own, *last)],
    }  # fmt: skip


def _face(lever: type[Lever], leaves: list[Leaf]) -> list[str]:
    """Return the parameters that matter most: what money buys of it, what else is named, else the first numbers."""
    named = [*(key for key, least in lever.bought.items() if least), *ALSO.get(lever.name, ()), *lever.bought]
    found = list(dict.fromkeys(named)) or [leaf.key for leaf in leaves if leaf.is_number and leaf.key != "enabled"]
    return found[:FEW]


def _to_begin(lever: type[Lever]) -> dict[str, Any]:
    """Return what makes the smallest offer of a lever that is off."""
    return {"enabled": True, **{key: least for key, least in lever.bought.items() if least}}


def parameter_of(leaf: Leaf, key: str, *, is_main: bool = False) -> Plain:
    """Return what a control needs to know of a parameter."""
    inner = inner_type(leaf.annotation)
    choices = [str(one) for one in get_args(inner)] if get_origin(inner) is Literal else []
    return {
        "key": key, "title": text(brief(leaf.meaning) if choices else leaf.meaning), "unit": unit_words(leaf.unit), "type": shape_of(leaf),
        "low": leaf.low, "high": leaf.high, "usual": list(leaf.prior) if leaf.prior else None, "default": plain_of(leaf.default),
        "optional": leaf.is_optional, "choices": choices, "choice_titles": {one: text(choice_words(one)) for one in choices},
        "source": text(source_of(leaf)), "assumption": is_assumed(leaf), "main": is_main,
    }  # fmt: skip


def shape_of(leaf: Leaf) -> Shape:
    """Return what kind of control a parameter needs."""
    inner = inner_type(leaf.annotation)
    if get_origin(without_null(leaf.annotation)) in (tuple, list):
        return "list"
    if get_origin(inner) is Literal:
        return "choice"
    shapes: dict[Any, Shape] = {bool: "flag", int: "whole", float: "number", date: "date"}
    return shapes.get(inner, "text")


def plain_of(value: Any) -> Any:  # noqa: ANN401
    """Return a value as JSON has it."""
    if isinstance(value, (list, tuple)):
        return [plain_of(one) for one in value]
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    return value.isoformat() if isinstance(value, date) else value
