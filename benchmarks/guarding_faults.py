"""Which faults ``yizhan check`` finds, and whether refactorings without effect stay silent. A part of `benchmarks.guarding`.

The faults are those of ``tests/mutants``: one operator, one column, one line each, the smallest there are. All are compiled at once into a copy of
the project, each behind a switch, beside refactorings that change no number (`tests.mutants.refactorings`). Which are tried is drawn by lot. What is
found is kept under ``YIZHAN_MUTANTS``, else in ``tests/mutants/.results``; a command that was interrupted goes on.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from tests.mutants.mutant import ROOT, Mutant, read_table
from tests.mutants.refactorings import draw_refactorings
from tests.mutants.run import digest_of, prepare, results_folder, sources

REFACTORINGS = 20
DRAWN = 1
"""Seed of the refactorings."""
BASELINES = "results/baselines"
OWN, OTHER = ("own",), ("own", "other")
"""Lucks with which what moved is tested: the baseline's own, as a check does; and other luck, too (``fresh_seed=``), which costs as much again."""


def drawn_by_lot(number: int, seed: int) -> list[Mutant]:
    """Draw faults from those that are declared, but for those that change nothing."""
    faults = [mutant for mutant in read_table() if not mutant.equivalent]
    random.Random(seed).shuffle(faults)
    return faults[:number]


def checked_of(asked: list[Mutant], lucks: tuple[str, ...] = OWN) -> Iterator[tuple[Mutant, dict[str, Any]]]:
    """Check faults or refactorings of which nothing is known yet; yield all that were asked for with what was found."""
    every = [*read_table(), *draw_refactorings(REFACTORINGS, DRAWN)]
    state = digest_of([*sources(), *(ROOT / "experiments/check").glob("*.py"), *(ROOT / BASELINES).glob("*.json")])
    kept = results_folder() / "checked.jsonl"
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    known = {line["name"]: line for line in map(json.loads, lines) if line["state"] == state and (line["broke_down"] or set(lucks) <= line.keys())}
    numbers = {every.index(mutant): mutant for mutant in asked if mutant.name not in known}
    if numbers:
        folder = prepare(every)
        for name in ("benchmarks", "experiments", BASELINES):  # the copy is kept while the model is the same
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".parts"), dirs_exist_ok=True)
        environment = os.environ | {"YIZHAN_CACHE": str(folder / "cache"), "PYTHONPATH": str(folder)}
        command = [sys.executable, "-m", "benchmarks.guarding_worker", ",".join(lucks), *map(str, numbers)]
        worker = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
        with kept.open("a", encoding="utf-8") as file, worker as run:
            for written in run.stdout or ():
                found = json.loads(written)
                mutant = numbers[found.pop("number")]
                known[mutant.name] = {"name": mutant.name, "state": state, **found}
                file.write(json.dumps(known[mutant.name], ensure_ascii=False) + "\n")
                file.flush()
                print(f"  {said_of(known[mutant.name])}: {mutant.name}", file=sys.stderr, flush=True)
        if run.returncode:
            raise subprocess.CalledProcessError(run.returncode, command)
    yield from ((mutant, known[mutant.name]) for mutant in asked)


def said_of(found: dict[str, Any]) -> str:
    """Say what was found of one fault, in a few words."""
    if found["broke_down"]:
        return "breaks down"
    if not found["moved"]:
        return "same"
    return ", ".join([f"moved in {len(found['moved'])}", *(f"{luck} luck {found[luck]['verdict']}" for luck in OTHER if luck in found)])


def loud_refactorings() -> list[str]:
    """Return the refactorings without effect that a check does not pass over."""
    return [mutant.name for mutant, one in checked_of(draw_refactorings(REFACTORINGS, DRAWN)) if one["broke_down"] or one["moved"]]


def is_found(one: dict[str, Any], mode: str) -> bool:
    """Tell whether a fault is found: ``exact``, or as different with ``own`` or ``other`` luck; what breaks down is found in any mode."""
    return bool(one["broke_down"] or (one["moved"] if mode == "exact" else one[mode]["verdict"] == "different"))


def show_refactorings() -> None:
    """Print how many refactorings stay silent."""
    loud = loud_refactorings()
    print(f"refactorings without effect: {REFACTORINGS - len(loud)} of {REFACTORINGS} silent {loud or ''}")


def show_faults(number: int, seed: int, lucks: tuple[str, ...] = OWN) -> None:
    """Print how many faults are found: by the bits, and by tests with each luck."""
    found, modes = list(checked_of(drawn_by_lot(number, seed), lucks)), ("exact", *lucks)
    print(f"{len(found)} faults by lot (seed {seed}): " + ", ".join(f"{mode} {sum(is_found(one, mode) for _, one in found)}" for mode in modes))
    for luck in lucks:
        untold = sum(not one["broke_down"] and one[luck]["verdict"] == "cannot_tell" for _, one in found)
        print(f"  {luck} luck: {untold} more cannot be told, which ends a check with 1, too")
    for mutant, one in found:
        if not all(is_found(one, mode) for mode in modes):
            print(f"  {said_of(one)}: {mutant.name}")
