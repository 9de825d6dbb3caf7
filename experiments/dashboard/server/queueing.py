"""Whose turn it is: one after the other by who asks, so that nobody who asks for much keeps the others waiting."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from typing import Generic, TypeVar

from experiments.dashboard.server.answers import refused

One = TypeVar("One")


class OneAtATime:
    """Something that one request does at a time, for which a few wait: the threads that answer are for everybody.

    Args:
        most: Requests that do it or wait.
    """

    def __init__(self, most: int) -> None:
        self._room, self._turn = threading.BoundedSemaphore(most), threading.Lock()

    def __enter__(self) -> None:
        """Wait for a turn.

        Raises:
            ApiError: As many wait as may.
        """
        if not self._room.acquire(blocking=False):
            error = refused(
                429, "as many small pictures and stories wait as this server takes on", "等待中的小图与个案已达上限", "Ask again in some seconds.",
                "请几秒后重试。",
            )  # fmt: skip
            error.seconds = 2
            raise error
        self._turn.acquire()

    def __exit__(self, *_: object) -> None:
        """Let the next have a turn."""
        self._turn.release()
        self._room.release()


class FairQueue(Generic[One]):
    """Things that wait, by who asked for them. A turn is given and the thing waits again at the end of its owner's turn, until it is taken out.

    Of each owner the first thing that was asked for comes first; between owners turns go round.
    """

    def __init__(self) -> None:
        self._of: OrderedDict[str, list[One]] = OrderedDict()

    def __len__(self) -> int:
        return sum(len(things) for things in self._of.values())

    def __iter__(self) -> Iterator[One]:
        """Yield everything in the order of the next turns, each as often as once."""
        longest = max((len(things) for things in self._of.values()), default=0)
        for place in range(longest):
            yield from (things[place] for things in self._of.values() if place < len(things))

    def count(self, owner: str) -> int:
        """Return how many things of an owner wait."""
        return len(self._of.get(owner, ()))

    def put(self, owner: str, thing: One) -> None:
        """Let a thing wait."""
        self._of.setdefault(owner, []).append(thing)

    def next(self) -> One | None:
        """Return whose turn it is, and let its owner wait for the next round; None where nothing waits."""
        if not self._of:
            return None
        owner = next(iter(self._of))
        self._of.move_to_end(owner)
        return self._of[owner][0]

    def take_out(self, thing: One) -> None:
        """Let a thing wait no more."""
        for owner, things in list(self._of.items()):
            if thing in things:
                things.remove(thing)
                if not things:
                    del self._of[owner]

    def hand_over(self, thing: One, owner: str) -> None:
        """Let a thing wait in another owner's name."""
        self.take_out(thing)
        self.put(owner, thing)

    def ahead(self, thing: One) -> int:
        """Return how many things have their next turn before a thing."""
        return next((place for place, other in enumerate(self) if other == thing), 0)
