"""Posts of the first morning that are known (``market.posts``): as they are, with what is not known drawn given what is known.

Their employers are employers of the region like all others, with room on the boards for each of their posts. Where pay stands in the file, the pay
level of the employer is drawn from what the model leaves plausible given it: posted pay is the employer's own level and the noise of a post, both
normal in logarithms, so that the mean of the file's pay counts the more, the more posts tell it. What education a post with pay asks for, where
that is not said, is drawn by how plausible the pay is in each tier (`sim/established.py`). Industries, districts and ownership that are not known
are drawn as those of all others.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.ledger.posts_file import KnownPosts
from sim.ledger.table_file import UNKNOWN
from sim.luck import draw_by_key
from sim.measures import World

INDUSTRY = "industry of a known employer"
"""Name of the decision."""
LEAST_SPREAD = 1e-9
"""Spread of pay below which there is none."""
Integers = NDArray[np.int64]


class Advertisers(NamedTuple):
    """Employers of known posts, sorted by industry.

    Attributes:
        about: Industry, district, whether state-owned (`UNKNOWN`: drawn), posts, and the row that they are given, shape (employers, 5).
        stands: Mean and spread of where each stands among all in pay, in standard deviations, shape (employers, 2).
        posts: Place among `about` of the employer of each post, tier asked for, and pay, employer by employer, shape (posts, 3).
    """

    about: Integers
    stands: NDArray[np.float64]
    posts: Integers

    def placed(self) -> Integers:
        """Return the posts with the rows of their employers, which are made by now."""
        found = self.posts.copy()
        if len(found):
            found[:, 0] = self.about[found[:, 0], 4]
        return found


def advertisers_of(world: World, known: KnownPosts | None) -> Advertisers:
    """Return the employers of known posts, for the rules that make employers; nobody where nothing is known."""
    if known is None:
        return Advertisers(np.zeros((0, 5), np.int64), np.zeros((0, 2)), np.zeros((0, 3), np.int64))
    region, size = world.scenario.region, len(known.industry)
    shares = np.cumsum(region.jobs_by_field) / np.sum(region.jobs_by_field)
    drawn = np.searchsorted(shares, np.atleast_1d(draw_by_key(world, INDUSTRY, 0, np.arange(size))))
    industry = np.where(known.industry >= 0, known.industry, drawn)
    rows = {name: row for row, one in enumerate(region.districts) for name in (one.name, one.name_zh)}
    district = np.array([rows.get(name, UNKNOWN) for name in known.district], np.int64)
    posts = np.bincount(known.employer, minlength=size)
    order = np.argsort(industry, kind="stable")
    place = np.empty(size, np.int64)
    place[order] = np.arange(size)
    about = np.stack([industry, district, known.owner, posts, np.full(size, UNKNOWN)], axis=1)[order].astype(np.int64)
    table = np.stack([place[known.employer], known.education, known.wage], axis=1)
    return Advertisers(about, _stands(world.scenario, known, size)[order], table[np.argsort(table[:, 0], kind="stable")].astype(np.int64))


def _stands(scenario: Any, known: KnownPosts, size: int) -> NDArray[np.float64]:  # noqa: ANN401
    """Return mean and spread of where each employer stands in pay, given the pay of its posts whose tier is known, shape (employers, 2)."""
    region, between, noise = scenario.region, max(LEAST_SPREAD, scenario.market.wage_spread), max(LEAST_SPREAD, scenario.behaviour.post_wage_noise)
    usual = np.array([region.wage_vocational, region.wage_bachelor, region.wage_master], np.float64)
    told = (known.wage >= 0) & (known.education >= 0)
    above = np.log(known.wage[told] / usual[known.education[told]])
    number, total = np.bincount(known.employer[told], minlength=size), np.bincount(known.employer[told], above, minlength=size)
    precision = 1.0 / between**2 + number / noise**2
    found: NDArray[np.float64] = np.stack([total / noise**2 / precision, 1.0 / np.sqrt(precision)], axis=1) / between
    return found
