"""What a result is called: its programme and, where that is not the programme's home, the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.composing import known_names, read_yaml
from sim.errors import ConfigurationError
from sim.own_files import current_own

if TYPE_CHECKING:
    from sim.scenario import Scenario

NOBODYS = "default"
"""Place of a programme whose file names none."""


def home_of(programme: str) -> str:
    """Return the place that a programme's file names; an empty text where there is no such file."""
    try:
        own = current_own()
        if programme not in known_names("programme", own):
            return ""
        mine = own.take("programme", programme) if own else None
        if mine is not None:
            return mine.choices.get("place", NOBODYS)
        choices = read_yaml("programme", programme).get("defaults") or ()
    except (ConfigurationError, OSError):  # whoever shows a result is not told of a mistake in somebody's file
        return ""
    found = (choice.get("override /place", choice.get("/place")) for choice in choices if isinstance(choice, dict))
    return next((str(place) for place in found if place), NOBODYS)


def is_away(scenario: Scenario) -> bool:
    """Tell whether a programme stands in a place that is not its home."""
    return home_of(scenario.programme) not in ("", scenario.place)


def titles_of(scenario: Scenario) -> dict[str, str]:
    """Return language → title of the programme, with the place where it is not the programme's home."""
    if not is_away(scenario):
        return {"en": scenario.title, "zh": scenario.title_zh}
    region, place = scenario.region, scenario.place
    is_own = region.name == place or region.name not in known_names("place", current_own())  # not inherited from another place
    place, place_zh = (region.name, region.name_zh) if is_own else (place, place)
    return {
        "en": f"{scenario.title or scenario.programme} in {place}",
        "zh": f"{scenario.title_zh or scenario.programme}（地方：{place_zh}）",
    }


def short_name_of(scenario: Scenario) -> str:
    """Return the name of the programme, with that of the place where it is not the programme's home: for the name of a folder."""
    return f"{scenario.programme}_in_{scenario.place}" if is_away(scenario) else scenario.programme
