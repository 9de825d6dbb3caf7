"""``yizhan bench``: what this machine makes of the model, ratios first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from experiments.bench.found import Found, Row
from experiments.bench.options import BenchOptions, Part
from experiments.bench.report import name_of, people_of_parts, print_found
from experiments.bench.words import WORDS
from experiments.shared.application import Plain, is_multirun, launch, read_options
from experiments.shared.drawing import Drawings, draw_into, refuse_undrawn
from experiments.shared.errors import MistakeError
from experiments.shared.progress import announce_compilation
from experiments.shared.provenance import provenance
from experiments.shared.results_folder import ResultFolder
from experiments.shared.words import Language, Speaker
from sim.bilingual import Sentence
from sim.sources import sources_digest

VERB = "bench"


def main(words: Sequence[str]) -> None:
    """Run the command with the words after the verb.

    Raises:
        MistakeError: A multirun.
    """
    if is_multirun(words):
        raise MistakeError(Sentence("bench measures one machine once: leave out -m.", "bench 只测量一次本机，请去掉 -m。"))
    composed: list[Plain] = []
    launch(VERB, composed.append, words, BenchOptions.model_fields)
    if composed:  # neither --help nor --cfg
        bench(read_options(BenchOptions, composed[0]), words)


def bench(options: BenchOptions, words: Sequence[str]) -> None:
    """Measure, print, write and draw."""
    from experiments.bench.timing import SEED, compile_engine, machine

    say = Speaker(options.language, WORDS)
    with ResultFolder(VERB, VERB, options.output, words, awaits_figures=options.figures) as result:
        announce_compilation(options.language)
        compile_engine()
        on = machine()
        found: Found = {}
        for part in options.measured:
            say("measuring", part=say.text(part), what=on)
            found[part] = measured(part, options)
        made = provenance(result.command, result.started, SEED, sources_digest())
        result.write_json("bench.json", {
            "machine": on, "options": options.model_dump(mode="json"), "provenance": made,
            "parts": {part: [row.plain() for row in rows] for part, rows in found.items()},
        })  # fmt: skip
    print_found(found, options, say)
    undrawn = draw_into(result.final, lambda: drawings_of_found(found, options.language), options.language) if options.figures else {}
    say("result", folder=result.final)
    refuse_undrawn(undrawn, result.final)


def measured(part: Part, options: BenchOptions) -> list[Row]:
    """Measure one part."""
    from experiments.bench.growing import grown
    from experiments.bench.parts_of_a_day import levers, phases
    from experiments.bench.side_by_side import side_by_side
    from experiments.bench.starting import starts

    few = people_of_parts(options)
    ways: dict[Part, Callable[[], list[Row]]] = {
        "market": lambda: [side_by_side(people, options.days, options.repeat) for people in options.people],
        "growth": lambda: grown(options.people, options.year, options.repeat),
        "start": lambda: starts(options.repeat),
        "phases": lambda: phases(few, options.year, options.repeat),
        "levers": lambda: levers(few, options.year, options.repeat),
    }
    return ways[part]()


def drawings_of_found(found: Found, language: Language) -> Drawings:
    """Return the figures of what was measured."""
    from experiments.bench.figures import Bars, Lines, drawings_of

    say = Speaker(language, WORDS)

    def points(rows: Sequence[Row], figure: str, scale: float = 1.0, *, named: bool = False) -> Bars:
        every = [(row, row.figures[figure]) for row in rows]
        return [
            (name_of(row.name, say) if named else row.name, scale * times.median, scale * min(times.values), scale * max(times.values))
            for row, times in every
        ]

    lines: dict[str, Lines] = {}
    if market := found.get("market"):
        lines["market"] = {say.text(name): points(market, name) for name in market[0].figures if name.endswith("_over_engine")}
    if growth := found.get("growth"):
        lines["growth"] = {say.text("nanoseconds"): points(growth, "nanoseconds")}
    bars = {}
    if phases := found.get("phases"):
        total = sum(row.figures["nanoseconds"].median for row in phases) or 1.0
        bars["phases"] = points(phases, "nanoseconds", 1.0 / total, named=True)
    if levers := found.get("levers"):
        bars["levers"] = points(levers, "over_alone", named=True)
    return drawings_of(lines, bars, language)
