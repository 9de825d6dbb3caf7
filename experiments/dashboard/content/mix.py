"""The best mix for a budget: three proposals of a small search, each with what it brings, what it costs, and what we would regret."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.compare.words import COLUMNS
from experiments.dashboard.content.asking import Asked, Find, ask, composed_for
from experiments.dashboard.content.drafts import Draft, DraftError
from experiments.dashboard.content.levers import plain_of
from experiments.dashboard.content.texts import Plain, mean_of, text, texts, triple
from experiments.optimise.command import OneOptimisation
from experiments.optimise.found import Optimised
from experiments.optimise.options import OptimiseOptions
from experiments.optimise.report import against_today, answer, capital, flattered, how, limits, size_in_words, sure
from experiments.shared.beforehand import seconds_of_a_day
from experiments.shared.errors import MistakeError
from experiments.shared.reading import read_options
from sim.bilingual import Sentence, message_of, sentence, sentence_of
from sim.how_sure import of_which
from sim.levers import LEVER_LABELS
from sim.optimising.measuring import SPENDING
from sim.own_files import current_own, using
from sim.statistics import Kind

if TYPE_CHECKING:
    from experiments.shared.batches.watching import Watch

SMALL = {"evaluations": 32, "batch": 8, "replicates": 4, "finalists": 5, "fresh": 24, "pilot": 2, "graduates": 1500}
"""A search that a page can wait for, a few minutes; the command that is told beside it searches longer."""
MOST = 3
"""Times what the programme offers that a lever may become: of more, nobody has seen there what it does (`experiments.optimise.report.FAR`)."""
STAYS = "stays_6m"
TITLES = {
    "jobs": Sentence("Most jobs", "就业最多"),
    "stays": Sentence("Most newcomers who stay", "留下的新来青年最多"),
    "robust": Sentence("Most robust", "最稳妥"),
}  # fmt: skip
"""Kind of a proposal → what it is called."""


class _OnPage(OneOptimisation):
    """The same search, which tells the page how far it is."""

    tell: Callable[[int, int], None] | None = None
    learned: int | None = None
    """Runs of the first stage, in which it is learned what levers spend; None before it begins."""

    @contextmanager
    def watching(self, total: int, before: int) -> Iterator[Watch]:
        """Tell how far a stage is, as a part of both: first what levers spend, then the search, whose runs are known beforehand."""
        first, done = self.learned, before
        if first is None:
            self.learned = total
        whole = total + (self.runs_of_search if first is None else first)
        before_it = first or 0

        def watch(more: int, failed: int) -> None:
            nonlocal done
            done += more + failed
            if self.tell is not None:
                self.tell(before_it + done, whole)

        yield watch


@dataclass(frozen=True)
class AskedMix:
    """A budget that is to be divided.

    Attributes:
        asked: What the draft asks.
        work: The search.
        words: The words after ``yizhan optimise``.
    """

    asked: Asked
    work: _OnPage
    words: tuple[str, ...]

    @property
    def command(self) -> str:
        """The command that searches longer."""
        small = tuple(f"{key}=" for key in SMALL)
        return shlex.join(["yizhan", "optimise", *(word for word in self.words if not word.startswith(small))])

    @property
    def seconds(self) -> float:
        """About how long it takes, on the one thread that it has."""
        scenario = self.work.scenario
        return (self.work.runs_of_learning + self.work.runs_of_search) * seconds_of_a_day(scenario) * scenario.days

    @property
    def about(self) -> Plain:
        """What makes it another run than the comparison of its draft: for a digest."""
        return {"mix": {"budget": self.work.options.budget}}


def ask_mix(draft: Draft, budget: object, find: Find | None = None) -> AskedMix:
    """Check what is asked.

    Args:
        draft: The draft; its levers are those among which the budget is divided.
        budget: Money, CNY.
        find: Returns the path of the persons of a ledger by its handle.

    Raises:
        DraftError: No budget, or nothing that it could buy.
    """
    if isinstance(budget, bool) or not isinstance(budget, int) or budget < 1:
        raise DraftError(Sentence("write the budget in whole CNY, such as 3000000", "请以整数元写预算，如 3000000"), "budget")
    asked = ask(draft.model_copy(update={"variants": (), "against": "none", "budget": None}), find)
    small = {**SMALL, "graduates": min(SMALL["graduates"], asked.people)}
    own = [word for word in asked.words if not word.startswith("replicates=")]
    words = [*own, f"budget={budget}", f"most={MOST}", *(f"{key}={value}" for key, value in small.items())]
    try:
        with using(current_own()):
            of_command = {**small, "budget": budget, "most": float(MOST), "workers": 1, "figures": False}
            plain = {**composed_for("optimise", OptimiseOptions, asked.draft, asked.common), **of_command}
            work = _OnPage(read_options(OptimiseOptions, plain), asked.scenario, plain, words)
    except MistakeError as error:
        raise DraftError(message_of(error), "budget") from None
    return AskedMix(asked, work, tuple(words))


def carry_out(mix: AskedMix, folder: Path, tell: Callable[[int, int], None] | None = None) -> Optimised:
    """Search, and keep the result as ``yizhan optimise`` keeps it.

    Args:
        mix: What was asked.
        folder: The folder of the result, which must not be there yet.
        tell: Called with the runs that are done and those that there will be; what it raises ends the search.
    """
    work = mix.work
    work.options = work.options.model_copy(update={"output": str(folder)})
    work.tell = tell
    with work.folder() as made:
        found = work.find(made, _nobody)
        work.write(found, made)
    return found


def _nobody(_days: int) -> None:
    """Stand for the progress by days, of which a search tells nothing."""


def mix_of(mix: AskedMix, found: Optimised) -> Plain:
    """Return the proposals."""
    kinds: dict[str, Optimised] = {"jobs": replace(found, goal="jobs", rule="mean")}
    if STAYS in found.objectives:
        kinds["stays"] = replace(found, goal=STAYS, rule="mean")
    kinds["robust"] = replace(found, goal="jobs", rule="regret")
    scenario = found.mixes.scenario
    return {
        "budget": mix.work.options.budget, "people": scenario.population.graduates, "command": mix.command,
        "notes": texts([how(found), of_which(scenario.behaviour_set, found.lived), flattered(found)]),
        "proposals": [_proposal(kind, one) for kind, one in kinds.items()],
        "today": _figures(found, found.references[1]), "equal": _figures(found, found.references[0]),
    }  # fmt: skip


def _proposal(kind: str, found: Optimised) -> Plain:
    chosen, over = found.chosen, found.over
    row = found.fitting.index(chosen)
    candidate = found.candidates[chosen]
    return {
        "kind": kind, "title": text(TITLES[kind]), "name": candidate.name, "sentence": text(answer(found)),
        "changes": {key: plain_of(value) for key, value in candidate.changes.items()}, **_figures(found, chosen),
        "levers": [
            {"lever": offer.lever, "title": text(sentence_of(LEVER_LABELS[offer.lever])),
             "size": text(size_in_words(found, offer.lever, candidate.changes)),
             "spending": triple(mean_of(found.net(chosen, f"{SPENDING}.{offer.lever}"), Kind.FREE, found.lived))}
            for offer in found.mixes.bought
        ],
        "regret": {
            "mean": float(over.regret[row]), "largest": float(over.largest[row]), "best_share": float(over.share[row]), "vectors": over.vectors,
            **text(_regret(found, row)),
        },
        "notes": texts([*limits(found), capital(found), against_today(found), *sure(found)]),
    }  # fmt: skip


def _regret(found: Optimised, row: int) -> Sentence:
    """Say what would be missed if behaviour is otherwise than with most vectors."""
    over = found.over
    return sentence(
        "With one of the {vectors} vectors of behaviour it is the best in {share} of 100; on average {mean} fewer than the best would be missed, "
        "{largest} at most ({what}).",
        "在 {vectors} 组行为参数中，有 {share}% 它最好；平均比最好的少 {mean} 人，最多少 {largest} 人（{what}）。",
        vectors=over.vectors, share=f"{100 * float(over.share[row]):.0f}", mean=f"{float(over.regret[row]):,.0f}",
        largest=f"{float(over.largest[row]):,.0f}", what=Sentence(COLUMNS[found.goal].lower(), COLUMNS[found.goal].zh),
    )  # fmt: skip


def _figures(found: Optimised, candidate: int) -> dict[str, Any]:
    """Return what a mix brings and spends, net of no programme."""
    def of(name: str, kind: Kind = Kind.FREE) -> list[float | None]:
        return triple(mean_of(found.net(candidate, name), kind, found.lived))

    return {"jobs": of("jobs"), "stays": of(STAYS), "firms": of("businesses"), "spending": of(SPENDING, Kind.AMOUNT), "lent": of("lent"),
            "invested": of("invested")}  # fmt: skip
