"""The digest of a point holds all that its numbers depend on; that of a chunk all that it is asked."""

from itertools import combinations

from experiments.shared.batches.chunks import Block
from experiments.shared.batches.runs import Point, digest_of, name_of


def test_whatever_a_point_is_made_of_changes_its_digest() -> None:
    points = [
        ("base", Point(0, {"days": 3}, 1)), ("another", Point(0, {"days": 3}, 1)), ("base", Point(0, {"days": 4}, 1)),
        ("base", Point(0, {"market.tightness": 3}, 1)), ("base", Point(0, {"days": None}, 1)), ("base", Point(0, {}, 1)),
        ("base", Point(0, {"days": 3}, 2)),
    ]  # fmt: skip
    for one, other in combinations(points, 2):
        assert digest_of(*one) != digest_of(*other), (one, other)
    assert digest_of("base", Point(0, {"a": 1, "b": 2}, 1)) == digest_of("base", Point(5, {"b": 2, "a": 1}, 1))


def test_whatever_a_chunk_is_asked_changes_its_name() -> None:
    digests = {0: "a", 1: "b", 2: "a"}
    asked = [[Block(0, 0, 2)], [Block(1, 0, 2)], [Block(0, 1, 2)], [Block(0, 0, 3)], [Block(0, 0, 2), Block(1, 0, 2)]]
    assert len({name_of(blocks, digests) for blocks in asked}) == len(asked)
    assert name_of([Block(0, 0, 2)], digests) == name_of([Block(2, 0, 2)], digests), "the configuration, not the number of the point"
