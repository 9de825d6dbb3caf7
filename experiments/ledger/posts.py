"""A list of employers' posts: each as it is, for ``market.posts``, and the market that they tell of, as a place of one's own.

Posts of a first morning are filled or lapse within two months, and what is advertised from then on follows from the market: how many, of which
industries and tiers, at what pay. A few posts say little of that, so each share is one of them and of some posts of the place before.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from experiments.ledger.files import safe
from experiments.ledger.found import GUESSED, REFUSED, SKIPPED, TAKEN, Entry, Found, SheetRead
from experiments.ledger.headings import POSTS, Headings
from experiments.ledger.identity import Keeper
from experiments.ledger.reading import Mapped, Row, about_nobody, columns_of
from experiments.ledger.sheets import Sheet, text_of
from experiments.ledger.values import CLOSED, EDUCATION, FIELD, INDUSTRY, STATE, Value, by_rules, named_in, read_pay, read_whole
from sim.ledger.people_file import WORDS
from sim.scenario import Scenario

MOST_POSTS = 10_000
"""Posts of one row that are believed."""
BELIEVED_BEFORE = 10
"""Posts that what was known of a place counts for, beside those of the list (assumption)."""
FEWEST_FOR_PAY = 5
"""Posts of a tier with pay from which their middle is taken for usual pay."""
TIERS = tuple(WORDS["education"])
MOST_TIGHTNESS = 20.0


def read_posts(sheets: Sequence[tuple[Sheet, Headings | None]], scenario: Scenario, mapped: Mapped, keeper: Keeper) -> Found:
    """Read every row of a list of posts; of its employer the keyed hash of its name is kept."""
    districts = [(district.name, (district.name, district.name_zh)) for district in scenario.region.districts]
    rows: list[dict[str, str]] = []
    entries = [entry for sheet, headings in sheets if headings for entry in _entries(sheet, headings, mapped, districts, keeper, rows)]
    about = [SheetRead(sheet.number, headings.row if headings else 0, columns_of(headings)) for sheet, headings in sheets]
    return Found(rows, entries, about, date.min, "given")


def _entries(
    sheet: Sheet, headings: Headings, mapped: Mapped, districts: Sequence[tuple[str, tuple[str, str]]], keeper: Keeper,
    kept: list[dict[str, str]],
) -> Iterable[Entry]:  # fmt: skip
    """Yield what becomes of each row, and keep the posts."""
    places = {name: place for name in POSTS if (place := headings.place_of(name)) is not None}
    last = max((number for number, cells in enumerate(sheet.rows, 1) if any(text_of(cell) for cell in cells)), default=0)
    for number, cells in enumerate(sheet.rows[headings.row : last], headings.row + 1):
        if why := about_nobody(cells, headings):
            yield Entry(sheet.number, number, SKIPPED, why=why)
            continue
        row = Row({name: cells[place] for name, place in places.items() if place < len(cells)})
        why = _understand(row, mapped, districts)
        name = text_of(row.cells.get("employer"))
        employer = keeper.hashed_name(name) if name else ""
        if not why:
            kept.append({"employer": employer, **row.read})
        yield Entry(sheet.number, number, REFUSED if why else GUESSED if row.guesses else TAKEN, employer, row.read, row.guesses, row.missed, why)


def _understand(row: Row, mapped: Mapped, districts: Sequence[tuple[str, tuple[str, str]]]) -> str:
    """Understand one row. Returns the key of the reason for refusing it; empty: it is taken."""
    cells = row.cells
    industry = by_rules(cells.get("industry"), INDUSTRY, mapped.get("industry"))
    for source in ("major", "post"):
        guess = by_rules(cells.get(source), FIELD, mapped.get("major")) if industry is None else None
        industry = guess._replace(is_guess=True) if guess else industry
    row.take("industry", industry, "industry")
    asked = text_of(cells.get("education"))
    any_tier = Value("vocational", is_guess=True) if asked and ("不限" in asked or "any" in asked.lower()) else None
    row.take("education", any_tier or by_rules(cells.get("education"), EDUCATION, mapped.get("education")), "education", "nearest_tier")
    row.take("wage", read_pay(cells.get("wage")), "wage", "range")
    row.take("district", named_in(cells.get("district"), districts), "district")
    row.take("owner", by_rules(cells.get("owner"), STATE), "owner")
    number = read_whole(cells.get("number"), MOST_POSTS)
    row.take("number", Value(str(number or 1), is_guess=number is None), "number", "number_not_understood")
    if by_rules(cells.get("filled"), CLOSED) is not None:
        return "filled"
    return "" if any(name in row.read for name in ("industry", "education", "wage")) else "nothing_known_of_post"


def settings_of(posts: Found, scenario: Scenario, ledger: Found | None) -> dict[str, dict[str, Any]]:
    """Return what a list of posts says of region and market: group → key → value.

    Args:
        posts: The posts.
        scenario: A scenario in the place as it was.
        ledger: The persons of the place, where they are known.
    """
    region, market = scenario.region, scenario.market
    before = [weight / sum(region.jobs_by_field) for weight in region.jobs_by_field]
    industries = _shares(posts, "industry", list(WORDS["field"]), before)
    asked = [market.vocational_posts, 1 - market.vocational_posts - market.master_posts, market.master_posts]
    tiers = _shares(posts, "education", list(TIERS), asked)
    state, _ = _shares(posts, "owner", ["state", "private"], [market.state_owned_share, 1 - market.state_owned_share])
    of_region: dict[str, Any] = {"jobs_by_field": [round(share, 4) for share in industries]}
    for tier in TIERS:
        pay = [float(row["wage"]) for row in posts.persons if row.get("education") == tier and row.get("wage") for _ in range(int(row["number"]))]
        if len(pay) >= FEWEST_FOR_PAY:
            of_region[f"wage_{tier}"] = round(statistics.median(pay))
    of_market = {"vocational_posts": round(tiers[0], 4), "master_posts": round(tiers[2], 4), "state_owned_share": round(state, 4)}
    persons = ledger.persons if ledger else ()
    seekers = sum(float(one.get("weight", 1)) for one in persons if one.get("status") == "searching" and one.get("place") != "away")
    if seekers:
        of_market["tightness"] = round(min(MOST_TIGHTNESS, sum(int(row["number"]) for row in posts.persons) / seekers), 4)
    return {"region": of_region, "market": of_market}


def _shares(posts: Found, name: str, words: Sequence[str], before: Sequence[float]) -> list[float]:
    """Return the shares of some words among the posts that say one of them, and `BELIEVED_BEFORE` posts of the place as it was."""
    number = {word: sum(int(row["number"]) for row in posts.persons if row.get(name) == word) for word in words}
    total = sum(number.values()) + BELIEVED_BEFORE
    return [(number[word] + BELIEVED_BEFORE * share) / total for word, share in zip(words, before, strict=True)]


def place_of(posts: Found, scenario: Scenario, ledger: Found | None) -> Mapping[str, Any]:
    """Return a place with the market that a list of posts tells of: every key of region, population and market."""
    found: dict[str, Any] = {"place_name": safe(f"{scenario.place}_with_posts"), "start": scenario.start, "days": scenario.days}
    settings = settings_of(posts, scenario, ledger)
    for group in ("region", "population", "market"):
        found[group] = {**getattr(scenario, group).model_dump(mode="json"), **settings.get(group, {})}
    for group, key in (("population", "people"), ("market", "posts")):
        del found[group][key], found[group][f"{key}_sha256"]
    return found
