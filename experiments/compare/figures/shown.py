"""What all figures of a comparison need: the comparison, its names, colours and titles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from experiments.shared.figures.naming import foot_of, origin_of, title_of
from experiments.shared.figures.style import PALETTE
from experiments.shared.figures.text import say
from sim.bilingual import in_language
from sim.how_sure import of_which_in_figure

if TYPE_CHECKING:
    from experiments.compare.words import Names
    from experiments.shared.words import Language
    from sim.compared import Comparison
    from sim.uncertainty import Lived


@dataclass(frozen=True)
class Shown:
    """A comparison as its figures show it.

    Attributes:
        comparison: A baseline and its variants.
        names: What they are called.
        language: "zh" or "en".
        order: All of their file, the baseline too, which gives each its colour whatever the baseline; empty: the variants.
    """

    comparison: Comparison
    names: Names
    language: Language
    order: Sequence[str] = ()

    @cached_property
    def called(self) -> dict[str, str]:
        """Name of a variant → what it is called."""
        return {name: in_language(self.names[name], self.language) for name in self.comparison.variants}

    @cached_property
    def colours(self) -> Mapping[str, str]:
        """Name of a variant → its colour."""
        return colours_of(list(dict.fromkeys((*self.order, *self.called))))

    @property
    def replicates(self) -> int:
        """Pairs of worlds."""
        return self.comparison.baseline.replicates

    @property
    def lived(self) -> Lived | None:
        """With which vectors of a set of behaviours the pairs lived; None where there is no set."""
        return self.comparison.baseline.lived

    def says_interval(self, key: str) -> str:
        """Return the words for an interval: those of a set of behaviours, where there is one."""
        return say(key if self.lived is None else f"{key}_of_set", self.language)

    @property
    def foot(self) -> str:
        """Where the figure comes from."""
        first = next(iter(self.comparison.variants.values())).results
        origin, which = origin_of(first.name, first.scenario.place, self.language), of_which_in_figure(self.lived)
        return foot_of(origin, first.seed, self.replicates, self.language, "pairs", which)

    def title(self, what: str, name: str = "") -> str:
        """Say of which programme and variant something is shown, and against which baseline.

        Args:
            what: Key of what is shown.
            name: Name of the variant; empty: of all of them.
        """
        results = self.comparison.variants[name or next(iter(self.called))].results
        title = title_of(results.title, results.name, self.language)
        if name and len(self.called) > 1:
            title = say("of_whom", self.language, label=title, what=self.called[name])
        return say("against", self.language, title=title, what=say(what, self.language), against=in_language(self.names.against, self.language))


def colours_of(names: Sequence[str]) -> dict[str, str]:
    """Return a colour for each variant: of the palette, or for more than it has, along a scale."""
    if len(names) <= len(PALETTE):
        return dict(zip(names, PALETTE, strict=False))
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    places = np.linspace(0.0, 0.85, len(names))
    return {name: to_hex(colormaps["viridis"](float(place))) for name, place in zip(names, places, strict=True)}
