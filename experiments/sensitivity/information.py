"""``method=information``: what is worth finding out before choosing between variants (docs/information.md)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.sensitivity.choice import OfChoice
from experiments.sensitivity.choice_runs import Choice
from experiments.sensitivity.information_found import Information, inform, is_enough, usual_groups
from experiments.sensitivity.information_words import FEW_VECTORS, NOTHING_TOGETHER
from experiments.shared.errors import MistakeError
from sim.bilingual import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from experiments.sensitivity.information_trial import Handed
    from experiments.shared.drawing import Drawings
    from experiments.shared.results_folder import ResultFolder


class OneInquiry(OfChoice[Information]):
    """One inquiry into what is worth finding out."""

    final: Path
    handed: Handed | None

    @property
    def asked(self) -> list[object]:
        """Keys on which the files depend besides the runs."""
        return [self.options.method, self.options.value_per_job, {name: list(keys) for name, keys in self.options.together.items()}]

    def analyse(self, choice: Choice) -> Information:
        """Say what is worth finding out."""
        if not is_enough(choice):
            raise MistakeError(sentence(FEW_VECTORS, FEW_VECTORS.zh, vectors=len(set(choice.vector_of.tolist()))))
        return inform(choice, self.options.value_per_job, groups_of(self.options.together, choice.keys), self.options.seed)

    def write(self, found: Information, folder: ResultFolder) -> None:
        """Write what was found, and a study that would find out more."""
        from experiments.sensitivity.information_files import write_information

        self.handed = write_information(found, folder, self.options, self.arms, self.worlds.names)
        self.final = folder.final

    def show(self, found: Information) -> None:
        """Print what is worth finding out."""
        from experiments.sensitivity.information_report import print_information
        from experiments.sensitivity.information_trial import FILE, command_of

        command = command_of(self.final / FILE, self.arms[-1].place)
        print_information(found, self.worlds.names, self.handed, command, self.options.language)

    def drawings(self, found: Information) -> Drawings:
        """Return the figures."""
        from experiments.sensitivity.figures.information import drawings_of

        return drawings_of(found, self.arms[-1], self.options.seed, self.options.language)


def groups_of(together: Mapping[str, Sequence[str]], keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the groups that were asked for, else the usual ones.

    Args:
        together: Name of a group → keys and patterns; none: the usual ones.
        keys: What varies.

    Raises:
        MistakeError: A group in which nothing varies.
    """
    if not together:
        return usual_groups(keys)
    found = {}
    for name, patterns in together.items():
        found[name] = tuple(key for key in keys if any(fnmatchcase(key, pattern) or key.startswith(f"{pattern}.") for pattern in patterns))
        if not found[name]:
            raise MistakeError(sentence(NOTHING_TOGETHER, NOTHING_TOGETHER.zh, name=name, patterns=", ".join(patterns)))
    return found
