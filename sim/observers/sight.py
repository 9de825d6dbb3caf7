"""What can be seen of one person at the end of a day, and the change from one evening to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from sim.compiled import NEVER, Row, Rows
from sim.states import Activity, Channel, FieldOfStudy, PostState, Stage
from sim.world import World

Details = dict[str, Any]
"""What is known of a moment: plain numbers, texts, and tables of them."""


@dataclass(frozen=True)
class Kept:
    """An application on an employer's pile."""

    stage: Stage
    score: float
    channel: Channel
    is_open: bool
    """The post is not filled yet."""


class TakenDown(dict[str, Any]):
    """A row as it was: the values of its columns by name, read as those of a row are, and a hundred times as fast as a record's."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return self[name]


def take_down(rows: Rows, row: int) -> TakenDown:
    """Take down a row of a table."""
    return TakenDown(zip(rows.dtype.names, np.ndarray.__getitem__(rows, row).item(), strict=True))


@dataclass(frozen=True)
class Sight:
    """What can be seen of a person at the end of a day.

    Attributes:
        person: The person's row, as it was.
        pile: Post → the person's application.
        firm_row: The firm that the person runs, or ran until this day; NEVER: none.
        firm: Its row, as it was.
        loan: The row of its loan, as it was, if it has or had one until this day.
    """

    person: Row
    pile: dict[int, Kept]
    firm_row: int = NEVER
    firm: Row = None
    loan: Row = None


@dataclass(frozen=True)
class Change:
    """One day in the life of a person: the evening before, and this evening."""

    world: World
    identity: int
    day: int
    before: Sight
    after: Sight

    @property
    def was(self) -> Row:
        """The person's row on the evening before."""
        return self.before.person

    @property
    def now(self) -> Row:
        """The person's row this evening."""
        return self.after.person

    def rise(self, column: str) -> int:
        """Return by how much a whole number has risen; negative where it fell."""
        return int(self.now[column]) - int(self.was[column])

    def begins(self, activity: Activity) -> bool:
        """Tell whether the person does something that was not done the evening before."""
        return bool(self.now.activity == activity and self.was.activity != activity)

    def ends(self, activity: Activity) -> bool:
        """Tell whether the person has stopped doing something."""
        return bool(self.was.activity == activity and self.now.activity != activity)

    def date_of(self, day: int) -> date:
        """Return the date of a day."""
        return self.world.scenario.start + timedelta(days=int(day))


Found = Iterator[tuple[str, Details]]
Observer = Callable[[Change], Found]
"""Yields the kinds and details of what happened in a day."""


def look(world: World, identity: int, earlier: Sight | None = None) -> Sight:
    """Look at one person.

    Args:
        world: The world as it stands.
        identity: Row of the person.
        earlier: What was seen the evening before.
    """
    person = take_down(world.tables["people"].rows, identity)
    firm_row, firm, loan = NEVER, None, None
    if person.activity == Activity.FOUNDER:
        firm_row = int(person.employer)
    elif earlier is not None and earlier.person.activity == Activity.FOUNDER:
        firm_row = earlier.firm_row
    if firm_row >= 0:
        firm = take_down(world.tables["employers"].rows, firm_row)
        number = int(firm.loan)
        if number < 0 and earlier is not None and earlier.firm is not None and earlier.firm_row == firm_row:
            number = int(earlier.firm.loan)
        loan = take_down(world.tables["loans"].rows, number) if number >= 0 else None
    return Sight(person, _pile_of(world, identity), firm_row, firm, loan)


def _pile_of(world: World, identity: int) -> dict[int, Kept]:
    """Find the applications of a person on the piles of all posts that were not closed before today."""
    first, posts = int(world.rows_in_use["first_open_post"][0]), world.tables["posts"]
    piles = world.applications_of(np.arange(first, posts.count))
    found = {}
    for post, place in np.argwhere(piles["person"] == identity):
        application = piles[post, place]
        number = first + int(post)
        is_open = bool(posts.rows["state"][number] < PostState.FILLED)
        found[number] = Kept(Stage(int(application["stage"])), float(application["score"]), Channel(int(application["channel"])), is_open)
    return found


def district_of(world: World, row: int) -> str:
    """Return the name of a district."""
    return world.scenario.region.districts[int(row)].name


def employer_of(world: World, row: int) -> Details:
    """Describe an employer."""
    employer = world.tables["employers"].rows[int(row)]
    return {
        "row": int(row),
        "industry": FieldOfStudy(int(employer.industry)).name.lower(),
        "district": district_of(world, employer.district),
        "state_owned": bool(employer.state_owned),
        "startup": bool(employer.founder >= 0),
    }


def post_of(world: World, number: int) -> Details:
    """Describe a post: its row, its employer, its pay."""
    post = world.tables["posts"].rows[number]
    return {"post": number, "employer": employer_of(world, post.employer), "wage": int(post.wage)}
