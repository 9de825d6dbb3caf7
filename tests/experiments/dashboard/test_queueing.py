"""Turns go round between who asks."""

from experiments.dashboard.server.queueing import FairQueue


def turns(queue: FairQueue[str], count: int) -> str:
    return "".join(str(queue.next()) for _ in range(count))


def test_who_asks_for_much_keeps_nobody_waiting() -> None:
    queue: FairQueue[str] = FairQueue()
    for name in "abc":
        queue.put("greedy", name)
    queue.put("modest", "x")
    assert turns(queue, 4) == "axax"
    assert list(queue) == ["a", "x", "b", "c"]
    assert [queue.ahead(name) for name in ("a", "x", "b", "c")] == [0, 1, 2, 3]
    queue.take_out("a")
    queue.put("third", "z")
    assert turns(queue, 6) == "bxzbxz"


def test_what_is_taken_out_waits_no_more() -> None:
    queue: FairQueue[str] = FairQueue()
    assert queue.next() is None
    queue.put("one", "a")
    queue.hand_over("a", "other")
    assert (queue.count("one"), queue.count("other"), len(queue)) == (0, 1, 1)
    queue.take_out("a")
    assert queue.next() is None
