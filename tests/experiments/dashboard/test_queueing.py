"""Turns go round between who asks."""

import threading

import pytest

from experiments.dashboard.server.answers import ApiError
from experiments.dashboard.server.queueing import FairQueue, OneAtATime


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


def test_one_at_a_time_and_few_wait() -> None:
    turns_of, inside, most_inside = OneAtATime(3), [], []

    def come() -> None:
        with turns_of:
            inside.append(1)
            most_inside.append(len(inside))
            inside.pop()

    with turns_of:
        waiting = [threading.Thread(target=come) for _ in range(2)]
        for thread in waiting:
            thread.start()
        while turns_of._room._value:
            pass
        with pytest.raises(ApiError) as refused, turns_of:
            pass
        assert (refused.value.status, refused.value.seconds) == (429, 2)
        assert not most_inside
    for thread in waiting:
        thread.join(5)
    assert most_inside == [1, 1]
    with turns_of:
        pass
