"""The report of a sensitivity analysis, by each of its methods: what moves the answer, what is worth finding out, and where it does not pay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from experiments.report.document import Block, Grid, Lines, blocks_of, section
from experiments.report.rebuilt_analyses import decomposition_of, discovered_of, inquiry_of, reading_of, screening_of
from experiments.report.told import Told, in_words, said
from experiments.report.words import WORDS
from experiments.sensitivity import given_report, shares_report
from experiments.sensitivity import report as screening_report
from experiments.sensitivity.discovery_found import LOW
from experiments.sensitivity.discovery_report import lines_of, print_discovery
from experiments.sensitivity.information_report import answer, best_now, conclusions, print_values, study_in_words
from experiments.sensitivity.information_trial import FILE, command_of
from experiments.shared.tables import kept_instead
from sim.bilingual import Sentence, in_language
from sim.titles import titles_of

if TYPE_CHECKING:
    from experiments.report.saved import Saved
    from experiments.shared.words import Language


def told_of_sensitivity(saved: Saved, language: str) -> Told:
    """Return what the report of a sensitivity analysis says."""
    name = next(name for name in ("information.json", "discovery.json", "sensitivity.json") if (saved.folder / name).is_file())
    return METHODS[saved.json(name)["method"]](saved, "zh" if language == "zh" else "en")


def _of_screening(saved: Saved, language: Language) -> Told:
    found = screening_of(saved)
    with kept_instead() as shown:
        screening_report.print_screening(found, saved.scenario, language)
    concluded = [
        [*screening_report.in_front_of(found, place, language), *screening_report.concluded(found, place, language)]
        for place in range(len(found.outcomes))
    ]
    return _ranked(saved, language, "morris_method", f"tornado_{found.outcomes[0]}", len(found.factors), concluded, blocks_of(shown), found.points)


def _of_decomposition(saved: Saved, language: Language) -> Told:
    found = decomposition_of(saved)
    with kept_instead() as shown:
        shares_report.print_decomposition(found, saved.scenario, language)
    concluded = [list(shares_report.concluded(found, place, language)) for place in range(len(found.outcomes))]
    return _ranked(saved, language, "sobol_method", f"shares_{found.outcomes[0]}", len(found.factors), concluded, blocks_of(shown), found.points)


def _of_reading(saved: Saved, language: Language) -> Told:
    found = reading_of(saved)
    with kept_instead() as shown:
        given_report.print_reading(found, language)
    concluded = [list(given_report.concluded(found, place, language)) for place in range(len(found.indices))]
    points, figure = len(found.sample.factors), f"indices_{found.sample.outcomes[0]}"
    return _ranked(saved, language, "given_method", figure, len(found.sample.keys), concluded, blocks_of(shown), points)


def _ranked(saved: Saved, language: Language, method: str, figure: str, count: int, concluded: Sequence[Iterable[Sentence]], shown: Sequence[Block],
            points: int) -> Told:  # fmt: skip
    """Return the report of a method that ranks factors: the first outcome leads, the others follow.

    Args:
        saved: The result.
        language: Language of the words.
        method: Key of what is particular to the method.
        figure: Its figure of the first outcome.
        count: Factors.
        concluded: What can be told of each outcome.
        shown: What the command showed, as blocks.
        points: Points that were run.
    """
    first, *others = [list(lines) for lines in concluded]
    tables = [block for block in shown if isinstance(block, Grid)]
    how = shown[0].lines[1:] if shown and isinstance(shown[0], Lines) else ()  # its first line is the title

    def heading(key: str) -> str:
        return in_language(WORDS[key], language)

    return Told(
        title=_title(saved, "title_of_ranking"), answer=first, against=[said("baseline_of_ranking", count=count), *how],
        sections=[
            *section(heading("what_moves"), tables[:1]),
            *section(heading("other_outcomes"), blocks_of(in_words([line for lines in others for line in lines], language))),
            *section(heading("sure"), blocks_of(in_words([WORDS[f"sure_of_{method}"]], language))),
        ],
        appendix=section(heading("details"), tables[1:]), method=method, replicates=points, first_figure=figure,
    )  # fmt: skip


def _of_inquiry(saved: Saved, language: Language) -> Told:
    found, names, handed = inquiry_of(saved)
    with kept_instead() as values:
        print_values(found, names, language)
    tables = blocks_of(values)
    study = study_in_words(found, handed, command_of(saved.folder / FILE, saved.scenario.place))

    def heading(key: str) -> str:
        return in_language(WORDS[key], language)

    return Told(
        title=_title(saved, "title_of_inquiry"),
        answer=[*answer(found), best_now(found, names)], against=[said("baseline_is", against=names.against)],
        sections=[
            *section(heading("choices"), tables[:1]),
            *section(heading("sure"), blocks_of(in_words(conclusions(found, names), language))),
            *section(heading("study_after"), blocks_of(in_words(study, language))),
        ],
        appendix=section(heading("worths"), tables[1:]), method="information_method", replicates=len(found.choice.measured), first_figure="worths",
    )  # fmt: skip


def _of_discovery(saved: Saved, language: Language) -> Told:
    found, called = discovered_of(saved)
    with kept_instead() as shown:
        print_discovery(found, called, language)
    grids = [block for block in blocks_of(shown) if isinstance(block, Grid)]
    of_a_sweep = all(one.pays == LOW for one in found.looked)

    def heading(key: str) -> str:
        return in_language(WORDS[key], language)

    return Told(
        title=_title(saved, "title_of_discovery"),
        answer=[line for one in found.looked for line in lines_of(one, called[one.name], found.value_per_job)],
        against=[WORDS["baseline_of_points" if of_a_sweep else "baseline_of_discovery"]],
        sections=[
            *section(heading("boxes"), grids), *section(heading("sure"), blocks_of(in_words([WORDS["sure_of_discovery"]], language))),
        ],
        appendix=[], method="discovery_method", replicates=found.replicates, first_figure="box",
    )  # fmt: skip


def _title(saved: Saved, key: str) -> Sentence:
    titles, own = titles_of(saved.scenario), saved.scenario.programme
    return said(key, name=Sentence(titles["en"] or own, titles["zh"] or own))


METHODS: dict[str, Callable[[Saved, Language], Told]] = {
    "morris": _of_screening, "sobol": _of_decomposition, "given": _of_reading, "information": _of_inquiry, "discovery": _of_discovery,
}  # fmt: skip
"""Method → what the report of its results says."""
