"""The file of ``market.posts``: posts that are open on the first morning, a row some posts of an employer, as CSV or Parquet.

What a row does not say is drawn (`sim/ledger/known_posts.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.bilingual import Sentence, sentence
from sim.ledger.table_file import UNKNOWN, TableFile, found_at, refuse_another
from sim.states import Education, FieldOfStudy

WORDS: dict[str, dict[str, int]] = {
    "industry": {field.name.lower(): int(field) for field in FieldOfStudy},
    "education": {tier.name.lower(): int(tier) for tier in Education},
    "owner": {"private": 0, "state": 1},
}
"""Column → its words, each with the number that the simulation knows it by."""
COLUMNS = ("employer", *WORDS, "wage", "district", "number", "weight")
"""Every column of a file; any of them may be missing."""
MOST_POSTS, MOST_OF_A_ROW = 5_000_000, 10_000
MAKER = Sentence("yizhan import posts=FILE", "yizhan import posts=文件")
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class KnownPosts:
    """What a file says. An employer with posts of two industries or districts is two, as one of the simulation has one of each.

    Attributes:
        digest: SHA-256 of the file.
        rows: Rows of the file.
        employer: Number of the employer of each post, from 0, shape (posts,).
        education: Tier that each post asks for, `UNKNOWN` where the file does not say, shape (posts,).
        wage: Its pay, CNY a month, alike.
        industry: Industry of each employer, `UNKNOWN` where no row says, shape (employers,).
        owner: Whether it is state-owned, alike.
        district: Name of its district, empty where no row says.
    """

    digest: str
    rows: int
    employer: Integers
    education: Integers
    wage: Integers
    industry: Integers
    owner: Integers
    district: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.employer)


def known_posts(named: str) -> KnownPosts:
    """Read a file of posts; once, as long as it stays as it is.

    Args:
        named: Its path.

    Raises:
        ValueError: A mistake in it, with its row.
    """
    found = found_at(named, MAKER)
    return _read(named, found.path, found.changed, found.size)


@cache
def _read(named: str, path: str, _changed: int, _size: int) -> KnownPosts:
    file = TableFile(named, path, COLUMNS)
    words = {column: file.words(column, known) for column, known in WORDS.items()}
    wage, districts = file.amounts("wage"), file.cells("district")
    rows = file.weights(MOST_POSTS, file.amounts("number", 1, MOST_OF_A_ROW, usual=1))
    called = [name or f"\0{row}" for row, name in enumerate(file.cells("employer"))]  # who is not named stands alone
    employers = _Employers(called, words["industry"], words["owner"], districts)
    return KnownPosts(
        file.digest, file.number, employers.of_rows[rows], words["education"][rows], wage[rows], employers.industry, employers.owner,
        employers.district,
    )  # fmt: skip


class _Employers:
    """The employers of the rows: a row that leaves industry or district out goes with the first one of its employer that tells it."""

    def __init__(self, called: Sequence[str], industry: Integers, owner: Integers, district: Sequence[str]) -> None:
        known: dict[str, tuple[int, str, int]] = {}
        for name, field, place, state in zip(called, industry.tolist(), district, owner.tolist(), strict=True):
            before = known.get(name, (UNKNOWN, "", UNKNOWN))
            known[name] = (before[0] if before[0] >= 0 else field, before[1] or place, before[2] if before[2] >= 0 else state)
        numbers: dict[tuple[str, int, str], int] = {}
        of_rows = []
        for name, field, place in zip(called, industry.tolist(), district, strict=True):
            usual = known[name]
            key = (name, field if field >= 0 else usual[0], place or usual[1])
            of_rows.append(numbers.setdefault(key, len(numbers)))
        self.of_rows = np.array(of_rows, np.int64)
        self.industry = np.array([field for _, field, _ in numbers], np.int64)
        self.district = tuple(place for _, _, place in numbers)
        self.owner = np.array([known[name][2] for name, _, _ in numbers], np.int64)


def check_posts(market: Any) -> KnownPosts | None:  # noqa: ANN401
    """Return the posts that a market names, checked against their digest; None where it names none.

    Raises:
        ValueError: The file has a mistake, or is another by now.
    """
    if not market.posts:
        return None
    known = known_posts(market.posts)
    refuse_another(market.posts, "posts_sha256", market.posts_sha256, known.digest)
    return known


def posts_in_words(market: Any, region: Any) -> Iterator[Sentence]:  # noqa: ANN401
    """Say how many posts of a market are known, and how many of their districts the region does not have."""
    known = check_posts(market)
    if known is None:
        return
    yield sentence(
        "market.posts: the {n:,} posts of {employers:,} employers in {file}; no others are open on the first morning, and tightness says nothing.",
        "market.posts：{file} 中 {employers:,} 家用人单位的 {n:,} 个岗位；期初没有其他岗位，tightness 不起作用。",
        n=len(known), employers=len(known.industry), file=market.posts,
    )  # fmt: skip
    names = {name for district in region.districts for name in (district.name, district.name_zh)}
    if strange := sum(name not in names for name in known.district if name):
        yield sentence("Of {n:,} of these employers the district is not in this region: it is drawn.",
                       "其中 {n:,} 家用人单位的区县不在本地区，由抽取产生。", n=strange)  # fmt: skip
