"""What people on the page wait for: ``python -m benchmarks.dashboard``.

A server of its own process with its compiled code there: seconds until the page is there and can be used; until the first picture of 10,000
people, and of Zibo at its size, by the clock and of the processor, for a machine may be shared. What a planner asks one after the other, each a
change of the one before, with and without worlds that are kept. The search for the best mix of 10,000 people and of Zibo, and what the page said
it would take. Then twenty people who each ask for another comparison at once: errors, first pictures, ends, answers meanwhile, memory.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.bench.timing import describe, machine

if TYPE_CHECKING:
    from collections.abc import Iterator

ZIBO = 285_000
"""Young people of Zibo at its size: configs/population/zibo.yaml."""
BUDGET = 3_000_000
"""Yuan that are divided."""


class Asker:
    """One person's page.

    Args:
        address: Where the server is.
        name: The page's own number.
    """

    def __init__(self, address: str, name: str) -> None:
        self.address, self.name = address, name

    def ask(self, path: str, body: Any = None) -> Any:  # noqa: ANN401
        """Ask the API."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json", "X-Yizhan-Client": self.name})  # noqa: S310
        with urllib.request.urlopen(request, timeout=1200) as answer:  # noqa: S310 (our own server)
            return json.loads(answer.read())

    def follow(self, draft: dict[str, Any], *, to_the_end: bool, **question: Any) -> tuple[float, float]:  # noqa: ANN401
        """Ask for a run. Returns the seconds to its first picture and to where it was left."""
        begun, first = time.monotonic(), float("nan")
        identity = self.ask("/api/runs", {"draft": draft, **question})["id"]
        request = urllib.request.Request(f"{self.address}/api/runs/{identity}/events", headers={"X-Yizhan-Client": self.name})  # noqa: S310
        with urllib.request.urlopen(request, timeout=1200) as answer:  # noqa: S310
            for line in answer:
                if line.startswith(b"event: result") and math.isnan(first):
                    first = time.monotonic() - begun
                    if not to_the_end:
                        break
                if line.startswith((b"event: failed", b"event: cancelled")):
                    raise RuntimeError(line.decode())
        ended = time.monotonic() - begun
        if not to_the_end:
            request = urllib.request.Request(f"{self.address}/api/runs/{identity}", headers={"X-Yizhan-Client": self.name}, method="DELETE")  # noqa: S310
            urllib.request.urlopen(request, timeout=60).read()  # noqa: S310
        return first, ended


@contextmanager
def server(folder: str, *words: str) -> Iterator[tuple[int, str, float]]:
    """A server. Yields its process, its address, and the seconds until its page was there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.monotonic()
    command = [sys.executable, "-m", "experiments", "dashboard", f"port={port}", f"folder={folder}", *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                urllib.request.urlopen(f"{address}/", timeout=60).read()  # noqa: S310
                break
            except OSError:
                time.sleep(0.01)
        yield process.pid, address, time.monotonic() - begun
    finally:
        process.kill()
        process.wait()


def used(process: int) -> float:
    """Return the processor seconds that a process and its threads have taken."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak(process: int) -> float:
    """Return the most memory that a process has had, in MB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), float("nan"))


def draft_of(people: int, seed: int = 1, replicates: int = 20) -> dict[str, Any]:
    """Return the draft of Zibo's programme with so many people."""
    return {"programme": "zibo", "changes": {"population.graduates": people}, "seed": seed, "replicates": replicates}


def first_picture(asker: Asker, process: int, draft: dict[str, Any]) -> tuple[float, float]:
    """Ask for one pair of worlds. Returns the seconds until its picture by the clock, and those of the processor, on however many cores."""
    before = used(process)
    first, _ = asker.follow(draft, to_the_end=True)
    return first, used(process) - before


NIGHTS = "policy.lodging.free_nights"


def one_after_the_other(people: int) -> list[str]:
    """Ask what a planner does: a programme, a lever changed, a variant more, a curve of that lever, twice the pairs. Returns what each took."""
    zibo = draft_of(people)
    changed = {**zibo, "changes": {**zibo["changes"], NIGHTS: 6}}
    curve = {"kind": "what_if", "what_if": {"key": NIGHTS, "values": [1, 3, 6, 9, 14]}}
    steps: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        ("the programme", zibo, {}), ("one lever changed", changed, {}),
        ("a variant more", {**changed, "variants": [{"label": "A", "changes": {NIGHTS: 9}}]}, {}), ("a curve of five values", changed, curve),
        ("twice the pairs", {**changed, "replicates": 40}, {}),
    ]  # fmt: skip
    taken: dict[str, list[str]] = {name: [] for name, _, _ in steps}
    for title, words in (("kept worlds", ()), ("none kept", ("most_worlds=0",))):
        with tempfile.TemporaryDirectory(prefix="yizhan-page-") as folder, server(folder, *words) as (process, address, _page):
            one = Asker(address, "one-person")
            one.follow(draft_of(500, 99, 1), to_the_end=True)
            for name, draft, question in steps:
                before = used(process)
                _, clock = one.follow(draft, to_the_end=True, **question)
                taken[name].append(f"{clock:.1f} by the clock and {used(process) - before:.1f} of the processor ({title})")
    return [f"{name}, {people:,} people, s: {', '.join(of)}" for name, of in taken.items()]


def search(people: int) -> tuple[float, float, float]:
    """Let the best mix be searched. Returns the seconds that the page said first, by the clock, and of the processor."""
    with tempfile.TemporaryDirectory(prefix="yizhan-page-") as folder, server(folder) as (process, address, _):
        one = Asker(address, "one-person")
        one.follow(draft_of(500, 99, 1), to_the_end=True)
        draft, before, begun = draft_of(people), used(process), time.monotonic()
        identity = one.ask("/api/runs", {"draft": draft, "kind": "mix", "budget": BUDGET})["id"]
        said = one.ask(f"/api/runs/{identity}")["seconds_left"]
        one.follow(draft, to_the_end=True, kind="mix", budget=BUDGET)  # the same run
        return said, time.monotonic() - begun, used(process) - before


def together(address: str, askers: int, people: int, replicates: int) -> dict[str, Any]:
    """Let many people ask at once."""
    found: list[tuple[float, float]] = []
    errors: list[str] = []
    answers: list[float] = []
    ends = threading.Event()

    def one(number: int) -> None:
        try:
            found.append(Asker(address, f"person-{number:04}").follow(draft_of(people, number, replicates), to_the_end=True))
        except Exception as error:  # noqa: BLE001 (it is counted)
            errors.append(repr(error))

    def look() -> None:
        while not ends.wait(0.25):
            begun = time.monotonic()
            Asker(address, "onlooker-1").ask("/api/about")
            answers.append(time.monotonic() - begun)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(1, askers + 1)]
    looker = threading.Thread(target=look)
    looker.start()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ends.set()
    looker.join()
    return {"first": [first for first, _ in found], "ended": [ended for _, ended in found], "errors": errors, "answers": answers}


def main() -> None:
    """Print what people wait for."""
    parser = argparse.ArgumentParser(description="Seconds that people on the page wait for.")
    parser.add_argument("--askers", type=int, default=20, help="people at once")
    parser.add_argument("--people", type=int, default=2000, help="young people of what each of them asks")
    parser.add_argument("--replicates", type=int, default=8, help="pairs of what each of them asks")
    parser.add_argument("--starts", type=int, default=3, help="starts of the server")
    parser.add_argument("--large", type=int, default=ZIBO, help="young people of the large first picture; 0: none")
    parser.add_argument("--only", choices=("again", "mix"), help="one part alone: runs one after the other, or the best mix")
    arguments = parser.parse_args()
    print(machine(), f"load {os.getloadavg()[0]:.1f}")
    if arguments.only in (None, "again"):
        print(*one_after_the_other(10_000), sep="\n")
    if arguments.only in (None, "mix"):
        for people in filter(None, (10_000, arguments.large)):
            said, clock, of_processor = search(people)
            print(f"best mix of {people:,} people, s: {clock:.0f} by the clock, {of_processor:.0f} of the processor; said beforehand: {said:.0f}")
    if arguments.only:
        return
    pages, asked, processor = [], [], []
    for _ in range(arguments.starts):
        with tempfile.TemporaryDirectory(prefix="yizhan-page-") as folder, server(folder) as (process, address, page):
            pages.append(page)
            Asker(address, "one-person").ask("/api/programmes")  # waits until it has been made
            processor.append(used(process))
            begun = time.monotonic()
            for path in ("programmes", "county", "levers"):
                Asker(address, "one-person").ask(f"/api/{path}")
            asked.append(time.monotonic() - begun)
    print(f"first page, s: {describe(pages, 2)}; processor until it can be used, s: {describe(processor, 2)}")
    print(f"what the first page asks, warm, s: {describe(asked, 2)}")
    with tempfile.TemporaryDirectory(prefix="yizhan-page-") as folder, server(folder) as (process, address, _):
        alone = Asker(address, "one-person")
        alone.follow(draft_of(500, 99, 1), to_the_end=True)  # loads the model
        firsts = [first_picture(alone, process, draft_of(10_000, seed, 1)) for seed in (1, 2, 3)]
        print(f"first picture of 10,000 people, s: {describe([clock for clock, _ in firsts], 2)}; processor: {describe([of for _, of in firsts], 2)}")
        if arguments.large:
            clock, of_processor = first_picture(alone, process, draft_of(arguments.large, 1, 1))
            print(f"first picture of {arguments.large:,} people, s: {clock:.2f}; processor: {of_processor:.2f}")
        print(f"memory after that, MB: {peak(process):,.0f}")
    with tempfile.TemporaryDirectory(prefix="yizhan-page-") as folder, server(folder) as (process, address, _):
        Asker(address, "one-person").follow(draft_of(500, 99, 1), to_the_end=True)
        before = peak(process)
        found = together(address, arguments.askers, arguments.people, arguments.replicates)
        asked = f"{arguments.people:,} young people and {arguments.replicates} pairs each"
        print(f"{arguments.askers} people at once, {asked}: {len(found['errors'])} errors")
        for error in found["errors"][:3]:
            print(error)
        print(f"first picture, s: median {statistics.median(found['first']):.1f}, last {max(found['first']):.1f}")
        print(f"whole answer, s: median {statistics.median(found['ended']):.1f}, last {max(found['ended']):.1f}")
        late = sorted(found["answers"])[int(0.95 * len(found["answers"]))] if found["answers"] else float("nan")
        print(f"an answer meanwhile, s: median {statistics.median(found['answers']):.3f}, 95 of 100 below {late:.3f}")
        print(f"memory, MB: {before:,.0f} before, {peak(process):,.0f} at most")


if __name__ == "__main__":
    main()
