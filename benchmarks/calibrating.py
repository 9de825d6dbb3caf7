"""Methods of calibration on known truths: ``python -m benchmarks.calibrating RUNS.parquet [--methods emulator …] [--truths N]``.

A stand-in of the model (a small neural network fitted to kept runs of ``yizhan calibrate``, with what it misses as luck) answers at once, so that
methods which ask for runs one after another can be tried, too. Truths are drawn from the prior; each is measured once, with errors as the targets
have, and every method says what is plausible. Printed: how often its 90 % ranges hold the truth, how narrow they are, what it costs. Needs
scikit-learn, and what a method needs: pyabc, sbi, optuna.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.shared.calibrated_runs import read_runs
from sim.calibration.emulator import fit_emulator
from sim.calibration.posterior import Runs, Wanted, condition
from sim.calibration.space import Space, to_normal, to_unit
from sim.targets.loading import load_targets

Values = NDArray[np.float64]
Method = Callable[["StandIn", Runs, Values, int], Values]
"""Takes the stand-in, runs of it, what was measured of the truth, and a seed; returns draws in the unit cube."""
EDGE = 0.05
NEAREST = 0.1
"""Share of the runs that methods by acceptance keep."""
BEST = 100


@dataclass
class StandIn:
    """A stand-in of the model.

    Attributes:
        space: The parameters.
        names: The statistics.
        errors: Standard errors of the targets.
        scale: Spread of each statistic over the prior.
        asked: Runs asked for by methods that ask one after another.
    """

    space: Space
    names: tuple[str, ...]
    errors: Values
    network: object
    level: Values
    scale: Values
    misses: Values
    asked: int = 0

    @classmethod
    def of(cls, space: Space, runs: Runs, errors: Values, seed: int) -> StandIn:
        """Fit the stand-in to runs of the model."""
        from sklearn.neural_network import MLPRegressor

        level, scale = runs.statistics.mean(axis=0), runs.statistics.std(axis=0)
        network = MLPRegressor(hidden_layer_sizes=(48,), activation="tanh", alpha=3.0, max_iter=300, early_stopping=True, random_state=seed)
        unit = 2.0 * space.unit(runs.values) - 1.0
        network.fit(unit, (runs.statistics - level) / scale)
        misses = runs.statistics - level - scale * network.predict(unit)
        return cls(space, runs.names, errors, network, level, scale, misses)

    def run(self, unit: Values, rng: np.random.Generator) -> Values:
        """Return what runs at places of the unit cube measure."""
        self.asked += len(unit)
        mean = self.level + self.scale * self.network.predict(2.0 * unit - 1.0)  # type: ignore[attr-defined]
        return np.asarray(mean + self.misses[rng.integers(0, len(self.misses), len(unit))])

    def measured(self, unit: Values, rng: np.random.Generator) -> Values:
        """Return the same, with errors as the targets have."""
        return np.asarray(self.run(unit, rng) + self.errors * rng.standard_normal((len(unit), len(self.errors))))


def emulator(model: StandIn, runs: Runs, seen: Values, seed: int) -> Values:
    """Quadratic emulator, sequential Monte Carlo: what ``yizhan calibrate`` does."""
    fitted = _once(runs, "emulator", lambda: fit_emulator(model.space.unit(runs.values), runs.statistics))
    aims = {name: Wanted(float(value), float(error)) for name, value, error in zip(model.names, seen, model.errors, strict=True)}
    return condition(model.space, model.names, fitted, aims, seed, 500).unit


def rejection(model: StandIn, runs: Runs, seen: Values, seed: int) -> Values:
    """Keep the runs nearest to what was measured."""
    return model.space.unit(runs.values)[_nearest(model, _noisy(model, runs, seed), seen)]


def adjusted(model: StandIn, runs: Runs, seen: Values, seed: int) -> Values:
    """Keep the nearest, and move them by a local regression on the statistics (Beaumont 2002; heteroscedastic, Blum and François 2010)."""
    noisy = _noisy(model, runs, seed)
    summary = _once(runs, f"summaries{seed}", lambda: _summaries(model, runs, noisy))
    found, mine = summary(noisy), summary(seen[None])
    distance = np.sqrt((((found - mine) / found.std(axis=0)) ** 2).sum(axis=1))
    kept = np.argsort(distance)[: int(4 * NEAREST * len(distance))]
    weight = 1.0 - (distance[kept] / distance[kept].max()) ** 2
    normal = to_normal(model.space.unit(runs.values[kept]))
    design = np.column_stack([np.ones(len(kept)), found[kept] - mine])
    root = np.sqrt(weight)[:, None]
    penalty = 1e-3 * np.eye(design.shape[1])
    slopes = np.linalg.solve((design * root).T @ (design * root) + penalty, (design * root).T @ (normal * root))
    missed = normal - design @ slopes
    spread = np.linalg.solve((design * root).T @ (design * root) + penalty, (design * root).T @ (np.log(missed**2 + 1e-9) * root))
    there, here = np.exp(0.5 * design @ spread), np.exp(0.5 * spread[0])
    draws = slopes[0] + missed * np.clip(here / there, 0.3, 3.0)
    return to_unit(draws[np.random.default_rng(seed).choice(len(draws), 1000, p=weight / weight.sum())])


def network(model: StandIn, runs: Runs, seen: Values, seed: int) -> Values:
    """Neural posterior estimation (sbi)."""
    import torch
    from sbi.inference import NPE
    from sbi.utils import BoxUniform

    def train() -> object:
        torch.manual_seed(seed)
        inference = NPE(BoxUniform(torch.zeros(len(model.space.keys)), torch.ones(len(model.space.keys))), show_progress_bars=False)
        unit = torch.tensor(model.space.unit(runs.values), dtype=torch.float32)
        inference.append_simulations(unit, torch.tensor(_noisy(model, runs, seed) / model.scale, dtype=torch.float32)).train()
        return inference.build_posterior()

    posterior = _once(runs, "network", train)
    found = posterior.sample((500,), x=torch.tensor(seen / model.scale, dtype=torch.float32), show_progress_bars=False)  # type: ignore[attr-defined]
    return np.asarray(found.numpy(), dtype=np.float64)


def populations(model: StandIn, runs: Runs, seen: Values, seed: int) -> Values:
    """Acceptance in populations that come nearer and nearer (pyabc), with as many runs as the others have in all, for this truth alone."""
    import logging
    import tempfile

    import pyabc

    logging.getLogger("ABC").setLevel(logging.ERROR)
    rng = np.random.default_rng(seed)
    keys = [f"p{place}" for place in range(len(model.space.keys))]

    def run(at: dict[str, float]) -> dict[str, Values]:
        return {"seen": model.measured(np.array([[at[key] for key in keys]]), rng)[0] / model.scale}

    prior = pyabc.Distribution(**{key: pyabc.RV("uniform", 0.0, 1.0) for key in keys})
    search = pyabc.ABCSMC(run, prior, pyabc.PNormDistance(p=2), population_size=200, sampler=pyabc.SingleCoreSampler())
    with tempfile.TemporaryDirectory() as folder:
        search.new(f"sqlite:///{folder}/abc.db", {"seen": seen / model.scale})
        history = search.run(max_total_nr_simulations=len(runs.values), min_acceptance_rate=0.02)
        frame, weight = history.get_distribution(0)
    return frame[keys].to_numpy()[rng.choice(len(frame), 500, p=weight / weight.sum())]


def search(model: StandIn, runs: Runs, seen: Values, seed: int) -> Values:
    """The best hundred points of a search (Optuna), with as many runs as the others have in all, for this truth alone: a floor."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    rng = np.random.default_rng(seed)
    keys = [f"p{place}" for place in range(len(model.space.keys))]
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))

    def miss(trial: optuna.Trial) -> float:
        at = np.array([[trial.suggest_float(key, 0.0, 1.0) for key in keys]])
        apart = (model.run(at, rng)[0] - seen) / np.hypot(model.errors, model.misses.std(axis=0))
        return float((apart**2).sum())

    study.optimize(miss, n_trials=min(len(runs.values), 1000))
    best = sorted(study.trials, key=lambda trial: trial.value)[:BEST]
    return np.array([[trial.params[key] for key in keys] for trial in best])


METHODS: dict[str, tuple[Method, str, int]] = {
    "emulator": (emulator, "none", 1), "rejection": (rejection, "none", 1), "adjusted": (adjusted, "none", 1),
    "network": (network, "sbi, torch", 1), "populations": (populations, "pyabc", 10), "search": (search, "optuna", 10),
}  # fmt: skip
"""Name → the method, what it needs, and of how many truths one is tried."""
_KEPT: dict[tuple[int, str], object] = {}


def _once(runs: Runs, name: str, make: Callable[[], object]):  # noqa: ANN202 (whatever is made)
    """Return what is made once for all truths."""
    if (id(runs), name) not in _KEPT:
        _KEPT[id(runs), name] = make()
    return _KEPT[id(runs), name]


def _noisy(model: StandIn, runs: Runs, seed: int) -> Values:
    """Return what runs measured, with errors as the targets have."""
    rng = np.random.default_rng([seed, 1])
    return runs.statistics + model.errors * rng.standard_normal(runs.statistics.shape)


def _summaries(model: StandIn, runs: Runs, noisy: Values) -> Callable[[Values], Values]:
    """Return a regression of the parameters on the statistics: what a run tells of each parameter (Fearnhead and Prangle 2012)."""
    level, scale = noisy.mean(axis=0), noisy.std(axis=0)
    design = np.column_stack([np.ones(len(noisy)), (noisy - level) / scale])
    slopes = np.linalg.solve(design.T @ design + np.eye(design.shape[1]), design.T @ to_normal(model.space.unit(runs.values)))
    return lambda seen: np.column_stack([np.ones(len(seen)), (seen - level) / scale]) @ slopes


def _nearest(model: StandIn, noisy: Values, seen: Values) -> NDArray[np.intp]:
    distance = (((noisy - seen) / model.scale) ** 2).sum(axis=1)
    return np.argsort(distance)[: int(NEAREST * len(distance))]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", help="runs.parquet of a calibration")
    parser.add_argument("--methods", nargs="*", default=list(METHODS), choices=list(METHODS))
    parser.add_argument("--truths", type=int, default=100)
    parser.add_argument("--budget", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    space, kept = read_runs(words.runs)
    wanted = {target.name: target.error for target in load_targets().of_calibration}
    kept = kept.of(kept.defined(list(wanted)))
    model = StandIn.of(space, kept, np.array([wanted[name] for name in kept.names]), words.seed)
    rng = np.random.default_rng(words.seed)
    unit = rng.random((words.budget, len(space.keys)))
    runs = Runs(space.bounds[:, 0] + unit * np.ptp(space.bounds, axis=1), kept.names, model.run(unit, rng))
    truths = rng.random((words.truths, len(space.keys)))
    seen = model.measured(truths, rng)
    told: NDArray[np.bool_] | None = None
    print("| method | needs | truths | runs a truth | 90 % ranges hold the truth | width of these, of the plausible range | seconds a truth |")
    print("|---|---|---|---|---|---|---|")
    for name in sorted(words.methods, key=list(METHODS).index):
        method, needs, each = METHODS[name]
        chosen = range(0, words.truths, each)
        started, model.asked = time.process_time(), 0
        draws = [method(model, runs, seen[place], words.seed) for place in chosen]
        seconds = (time.process_time() - started) / len(chosen)
        low, high = np.array([np.quantile(one, (EDGE, 1.0 - EDGE), axis=0) for one in draws]).transpose(1, 0, 2)
        if told is None:
            told = 1.0 - np.array([one.std(axis=0) for one in draws]).mean(axis=0) * np.sqrt(12.0) >= 0.1
        held = ((truths[chosen] >= low) & (truths[chosen] <= high))[:, told].mean()
        asked = model.asked / len(chosen) or f"{words.budget}, once"
        print(f"| {name} | {needs} | {len(chosen)} | {asked} | {held:.1%} | {(high - low)[:, told].mean():.2f} | {seconds:.2f} |", flush=True)


if __name__ == "__main__":
    main()
