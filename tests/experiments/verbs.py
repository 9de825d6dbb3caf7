"""One small command of each verb and of each of its ways, for what has to hold of all of them, and what they read."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.behaviour_set import BehaviourSet
from tests.experiments.ledger.made import ledger, write_csv
from tests.experiments.test_report_analyses import KINDS as ANALYSES
from tests.experiments.test_report_analyses import TARGETS, swept

BARE = "figures=false"
"""Figures are drawn by one way for all: with `run` and `sweep plot=`."""
SMALL = ("population.graduates=80", "days=10", "replicates=2", "workers=1", "behaviour=evidence")
STUDY = ("study=job_fair", "population.graduates=100", "markets=2", "study.followup_days=[20]", "days=60", "replicates=2", "workers=1")
BASELINE = ("population.graduates=80", "days=10", "sample=0", "workers=1", "directory=b")


class Verb(NamedTuple):
    """A command.

    Attributes:
        words: Its words.
        grows: Whether its result grows in its place, and is gone on with by the same command.
        differs: Whether nothing is the same twice but the names of files: it measures time, or draws a key.
    """

    words: tuple[str, ...]
    grows: bool = False
    differs: bool = False


def _of_analysis(kind: str) -> Verb:
    return Verb((*ANALYSES[kind], "workers=1", BARE, "output=out"), grows=True)


COMMANDS: dict[str, Verb] = {
    "run": Verb(("run", "programme=zibo", *SMALL, "save_people=true", "output=out")),
    "run again": Verb(("run", "from=ran", BARE, "output=out")),
    "run traced": Verb(("run", "programme=zibo", *SMALL, "replicates=1", "trace=3", BARE, "output=out")),
    "compare": Verb(("compare", "programme=zibo", *SMALL, BARE, "output=out")),
    "compare to a precision": Verb((
        "compare", "programme=zibo", *SMALL, "precision=1", "most_replicates=6", "precision_outcome=hires", BARE, "output=out",
    )),
    "attribution": Verb(("compare", "programme=dongbeitang", *SMALL, "attribution=true", BARE, "output=out")),
    "trial": Verb(("trial", *STUDY, BARE, "output=out")),
    "sweep": Verb(("sweep", "-m", "programme=zibo", "policy.lodging.free_nights=0,14", *SMALL, BARE, "output=out"), grows=True),
    "sweep drawn again": Verb(("sweep", "plot=grown")),
    "optimise": Verb((
        "optimise", "programme=zibo", "budget=60000", "levers=[lodging,casework]", "graduates=100", "days=20", "evaluations=3", "batch=3",
        "replicates=2", "fresh=2", "finalists=1", "pilot=1", "workers=1", BARE, "output=out",
    ), grows=True),
    "calibrate": Verb((*_of_analysis("calibrate").words, "set=sets/ours.yaml"), grows=True),
    "morris": _of_analysis("morris"),
    "sobol": _of_analysis("sobol"),
    "given": Verb((*ANALYSES["given"], BARE, "output=out"), grows=True),
    "information": _of_analysis("information"),
    "discovery": Verb((*ANALYSES["discovery"], BARE, "output=out"), grows=True),
    "validate": Verb((*ANALYSES["validate"], "workers=1", BARE, "output=out")),
    "import": Verb(("import", "ledger.csv", "place=zibo", "date=2020-11-15", "key=keys/ledger.key", "output=out")),
    "import with a new key": Verb(("import", "ledger.csv", "place=zibo", "date=2020-11-15", "key=keys/new.key", "output=out"), differs=True),
    "import template": Verb(("import", "template=empty.xlsx"), differs=True),
    "report": Verb(("report", "ran", "format=html,docx")),
    "check": Verb(("check", "directory=b", "workers=1", "output=out", "junit=j.xml", "markdown=m.md")),
    "check add": Verb(("check", "add", "programme=dongbeitang", *BASELINE)),
    "check update": Verb(("check", "update=true", "programmes=[none,zibo]", "directory=b", "seed=2", "workers=1")),
    "bench": Verb(("bench", "parts=[market,phases]", "people=[60]", "days=2", "year=3", "repeat=1", BARE, "output=out"), differs=True),
    "new": Verb(("new", "county", "mine")),
    "list": Verb(("list", "write=tables")),
}  # fmt: skip
"""What is called → one small command, in a folder that `furnish` has filled."""


def furnish(folder: Path, carry_out: Callable[[Path, tuple[str, ...]], None]) -> None:
    """Fill a folder with all that the commands read.

    Args:
        folder: The folder.
        carry_out: Carries out a command in a folder.
    """
    keys = ("behaviour.posts_seen", "market.tightness")
    table = np.column_stack([np.linspace(10.0, 40.0, 8), np.tile([0.4, 0.8], 4)])
    BehaviourSet("vectors", "Eight", "八组", keys, table).write(folder / "vectors.yaml")
    (folder / "ours.yaml").write_text(TARGETS, encoding="utf-8")
    write_csv(folder / "ledger.csv", ledger(60)[0])
    for name in ("tables", "keys"):
        (folder / name).mkdir()
    (folder / "keys" / "ledger.key").write_text("0123456789" * 7, encoding="utf-8")
    swept(folder / "swept")
    for words in (
        ("run", "programme=zibo", *SMALL, BARE, "output=ran"),
        ("sweep", "-m", "programme=zibo", "policy.lodging.free_nights=0,14", *SMALL, BARE, "output=grown"),
        (*ANALYSES["morris"], "workers=1", BARE, "output=morris"),
        ("check", "add", "programme=zibo", *BASELINE),
        ("check", "add", "programme=none", *BASELINE),
    ):
        carry_out(folder, words)
