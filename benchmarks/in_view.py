"""Which published effects of services were used to set which parameters, and which were not and come out: ``python -m benchmarks.in_view``.

Nothing is written here by hand but the list of effects: the figure is the row of ``docs/evidence.md``, the parameters are those whose declared source
names the row, and how it was used is said by the words of that source. ``write=docs/effects.md`` writes the page anew; a test says when it is stale.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from sim.parameters import Leaf, declarations
from sim.scenario import load_scenario

EVIDENCE = Path(__file__).parents[1] / "docs" / "evidence.md"


class Use(IntEnum):
    """How a figure was used for a parameter, the strongest use last."""

    CHECK = 0
    """Named as a check: the parameter was not chosen with it."""
    SIGN = 1
    """Its sign, or a bound that the parameter stays below."""
    ORDER = 2
    """Its order of magnitude."""
    SIZE = 3
    """The parameter was chosen so that the effect comes out near the figure."""
    INPUT = 4
    """The figure is the parameter."""


WORDS = (
    (r"^evidence [\d, and]*\b{row}\b", Use.INPUT),
    (r"\b(so that|for) [^;:]*evidence [\d, and]*\b{row}\b", Use.SIZE),
    (r"\border of evidence [\d, and]*\b{row}\b", Use.ORDER),
    (r"\b(sign of|below|within) evidence [\d, and]*\b{row}\b", Use.SIGN),
    (r"\bevidence [\d, and]*\b{row}\b[\d, and]* (is a check|are checks)\b", Use.CHECK),
)
"""Words of a source about a row → how the row was used."""
VERDICTS = {
    None: ("not used: what comes out is a test", "未使用：自行得出，可作检验"),
    Use.CHECK: ("not used: what comes out is a test", "未使用：自行得出，可作检验"),
    Use.SIGN: ("sign or bound used: the size comes out", "仅用其方向或上限：大小自行得出"),
    Use.ORDER: ("order of magnitude used: a weak test", "用其量级：检验力弱"),
    Use.SIZE: ("set with it in view: no test", "参照其数值设定：不是检验"),
    Use.INPUT: ("is an input: no test", "直接作为输入：不是检验"),
}
"""Strongest use → what nearness to the figure is worth."""


@dataclass(frozen=True)
class Effect:
    """A published effect of a service.

    Attributes:
        row: Row of ``docs/evidence.md``.
        lever: Lever whose services have such an effect; empty: several.
        measured: Module that measures it in the model, or the command; empty: nothing does yet.
    """

    row: int
    lever: str
    measured: str = ""


EFFECTS = (
    Effect(27, "transport_support"), Effect(28, "lodging"), Effect(29, "travel_vouchers"), Effect(30, ""),
    Effect(37, "job_fairs"), Effect(38, "guidance", "benchmarks.effects"), Effect(39, "guidance", "benchmarks.effects"),
    Effect(40, "casework", "benchmarks.effects"), Effect(41, "casework"), Effect(42, "skills_training"),
    Effect(43, "mentoring", "benchmarks.effects"), Effect(44, "outreach"), Effect(46, "skills_training"),
    Effect(47, "skills_training", "benchmarks.effects"), Effect(48, "skills_training", "benchmarks.effects"),
    Effect(49, "internships"), Effect(50, "internships"), Effect(51, "internships"),
    Effect(55, "loans", "benchmarks.loans"), Effect(56, "loans", "benchmarks.loans"), Effect(57, "loans", "benchmarks.loans"),
    Effect(58, "loans", "benchmarks.loans"), Effect(59, "mentoring"), Effect(62, "subsidies"), Effect(63, "integration"), Effect(64, "legal_aid"),
    Effect(92, "loans"), Effect(98, "hiring_subsidy"), Effect(99, "hiring_subsidy", "yizhan compare"),
    Effect(100, "hiring_subsidy", "yizhan compare"),
    Effect(111, "transport_support"), Effect(112, "transport_support"),
)  # fmt: skip
"""Effects of services that evaluations found, or that are judged for want of one."""


def rows_named(source: str) -> set[int]:
    """Return the rows of the evidence that a source names."""
    return {int(number) for found in re.findall(r"evidence ((?:\d+(?:, | and )?)+)", source) for number in re.findall(r"\d+", found)}


def use_of(row: int, source: str) -> Use | None:
    """Return how a source uses a row; None where it does not name it.

    Raises:
        ValueError: It names the row in words that do not say how.
    """
    if row not in rows_named(source):
        return None
    for pattern, use in WORDS:
        if re.search(pattern.format(row=row), source):
            return use
    message = f"the source {source!r} does not say how evidence {row} was used; known words: so that, order of, sign of, below, within, is a check"
    raise ValueError(message)


def uses(row: int, leaves: Iterable[Leaf] | None = None) -> dict[str, Use]:
    """Return key → how a row was used, of every parameter whose source names it, the strongest use first."""
    leaves = declarations(load_scenario("none", {})) if leaves is None else leaves
    found = {leaf.key: use for leaf in leaves if (use := use_of(row, leaf.source)) is not None}
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def verdict(found: Iterable[Use]) -> tuple[str, str]:
    """Return what nearness to a figure is worth that was used in some ways, in English and in Chinese."""
    return VERDICTS[max(found, default=None)]


def figures() -> dict[int, str]:
    """Return row of the evidence → effect and figure, as they stand there.

    Raises:
        ValueError: Two rows have one number.
    """
    found: dict[int, str] = {}
    for line in EVIDENCE.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"\| (\d+) \| (.*?) \| (.*?) \| (.*?) \| (.*?) \|", line):
            number, what, value, span, unit = match.groups()
            if int(number) in found:
                message = f"{EVIDENCE.name} has two rows {number}"
                raise ValueError(message)
            within = "" if span == "-" else f" ({span})"
            found[int(number)] = f"{what.removesuffix(' (check)')}: {value}{within}{'' if unit in ('-', 'sign') else f' {unit}'}"
    return found


def table() -> Iterator[str]:
    """Yield the lines of the table."""
    known, leaves = figures(), list(declarations(load_scenario("none", {})))
    yield "| evidence | effect | lever | parameters that name it | what nearness is worth | 接近该值说明什么 | measured by |"
    yield "|---|---|---|---|---|---|---|"
    for effect in EFFECTS:
        found = uses(effect.row, leaves)
        named = ", ".join(f"`{key}` ({use.name.lower()})" for key, use in found.items()) or "none"
        english, chinese = verdict(found.values())
        command = f"python -m {effect.measured}" if effect.measured.startswith("benchmarks.") else effect.measured
        measured = f"`{command}`" if command else "–"
        lever = f"`{effect.lever}`" if effect.lever else "all services to seekers"
        yield f"| {effect.row} | {known[effect.row]} | {lever} | {named} | {english} | {chinese} | {measured} |"


PAGE = """# Effects of single services: which figures were used, which come out

Written by `python -m benchmarks.in_view write=docs/effects.md` from declarations: the figure is the row of the [evidence](evidence.md), the
parameters are those whose source names the row, and how it was used is what the source says. No lever multiplies an outcome; an effect comes
out of news, hours, skill, money and places.

- **input**: the figure is the parameter. **size**: the parameter was chosen so that the effect comes out near the figure. In both cases
  nearness is no test.
- **order**: the parameter has the figure's order of magnitude. **sign**: its sign, or a bound. **check**: named as a check alone.
- Where no parameter names a row, nothing was set with it in view, and what comes out beside it is a test. What came out is in the
  [calibration](calibration.md); where no command is named it has not been measured.

{table}

## 中文摘要
本页由命令生成：哪些已发表的效果曾用于设定哪些参数（input 直接作为输入、size 参照其数值设定、order 用其量级、sign 仅用其方向或上限、check 仅作检验），
哪些没有用过、由模型自行得出。只有后者（以及仅用方向者的大小）与证据接近才算检验；未列命令者尚未测量。
"""


def page() -> str:
    """Return the page."""
    return PAGE.format(table="\n".join(table()))


def main() -> None:
    """Print the table, or write the page."""
    parser = argparse.ArgumentParser(description="Which published effects were used to set which parameters.")
    parser.add_argument("write", nargs="?", default="", help="write=FILE: write the page there")
    file = parser.parse_args().write.removeprefix("write=")
    if file:
        Path(file).write_text(page(), encoding="utf-8")
    else:
        print("\n".join(table()))


if __name__ == "__main__":
    main()
