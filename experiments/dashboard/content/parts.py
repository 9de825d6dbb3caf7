"""What each lever of a variant contributes to what the whole of it adds, beside no programme: the attribution of ``yizhan compare``."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.compare.answer import Effect, told_of
from experiments.compare.attribution import OF_ATTRIBUTION, kind_of_whole
from experiments.dashboard.content.asking import Asked, Find, ask
from experiments.dashboard.content.checking import main_of
from experiments.dashboard.content.drafts import Draft, DraftError
from experiments.dashboard.content.texts import Plain, mean_of, text, texts
from experiments.shared.json_numbers import ratio_of
from sim.attribution import Attribution, count_worlds, levers_of
from sim.bilingual import Sentence, joined, sentence, sentence_of
from sim.how_sure import of_which
from sim.levers import LEVER_LABELS
from sim.numbers import write, write_exactly
from sim.statistics import Kind
from sim.wording import unknown

if TYPE_CHECKING:
    from sim.attribution import Values
    from sim.uncertainty import Lived

MEASURES = {"jobs": "jobs", "stays": "stays_6m", "firms": "businesses", "spending": "spending"}
"""What the page calls it → measure of an attribution."""
ORDERS = 1
"""Orders drawn in each replicate where there are too many levers for every world, as in the command."""
WHAT = Sentence(
    "Levers help and hinder one another. The part of a lever is what is added with it beside the same people without it, given those that are there "
    "already, averaged over the orders in which the levers may be added, beginning with none; the parts sum to the whole.",
    "各项措施会互相帮助或妨碍。一项措施的贡献，是在已有其他措施的情况下，同一批人有它与没有它之差，从没有任何措施开始、按各种加入顺序平均；各项贡献相加等于整体。",
)
BESIDE_NONE = Sentence(
    "All these parts are beside no programme, not beside the programme as it is.", "以上贡献都是与没有方案相比，而不是与现行方案相比。",
)  # fmt: skip
NO_LEVERS = Sentence("no lever is switched on, so there is nothing to divide: switch one on", "没有启用任何措施，没有可分解的效果：请启用一项")


@dataclass(frozen=True)
class AskedParts:
    """What is to be divided among levers.

    Attributes:
        whole: What the draft asks.
        asked: The same with the one variant alone, beside no programme.
        variant: Name of the variant in the comparison of the draft.
    """

    whole: Asked
    asked: Asked
    variant: str

    @property
    def command(self) -> str:
        """The same on the command line."""
        return shlex.join(["yizhan", "compare", *self.asked.words, "attribution=true"])

    @property
    def worlds(self) -> int:
        """Worlds of a replicate."""
        return count_worlds(main_of(self.asked), 1, self.asked.options.seed, ORDERS)

    @property
    def about(self) -> Plain:
        """What makes it another run than the comparison of its draft: for a digest."""
        return {"parts": ORDERS}


def ask_parts(draft: Draft, variant: str, find: Find | None = None) -> AskedParts:
    """Check what is asked of a variant.

    Args:
        draft: The draft.
        variant: Name of the variant in the comparison of the draft; empty: the first.
        find: Returns the path of the persons of a ledger by its handle.

    Raises:
        DraftError: No such variant, or one without levers.
    """
    whole = ask(draft, find)
    names = list(whole.worlds.variants)
    chosen = variant or names[0]
    if chosen not in names:
        raise DraftError(unknown("variant", chosen, names), "variant")
    others = dict(zip(names[len(names) - len(draft.variants):], draft.variants, strict=True))
    changes = {**draft.changes, **(others[chosen].changes if chosen in others else {})}
    alone = {"variants": (), "against": "none", "budget": None, "changes": dict(sorted(changes.items()))}
    asked = ask(draft.model_copy(update=alone), find)
    if not levers_of(main_of(asked)):
        raise DraftError(NO_LEVERS, "variant")
    return AskedParts(whole, asked, chosen)


def parts_of(parts: AskedParts, found: Attribution, *, preliminary: bool = False) -> Plain:
    """Return what each lever contributes, in the order of the money: the dearest first.

    Args:
        parts: What was asked.
        found: The contributions, over as many replicates as there are by now.
        preliminary: Whether more will come.
    """
    scenario = main_of(parts.asked)
    levers = sorted(found.levers, key=lambda lever: -float(found.contributions[lever]["spending"].mean()))
    return {
        "preliminary": preliminary, "replicates": found.replicates, "wanted": parts.asked.options.replicates, "variant": parts.variant,
        "worlds": found.worlds, "is_exact": found.orders is None,
        "what": text(WHAT if parts.whole.draft.against == "none" else joined([WHAT, BESIDE_NONE], Sentence(" ", ""))),
        "notes": texts([_method(found), of_which(scenario.behaviour_set, found.lived)]),
        "levers": [
            {"lever": lever, "title": text(sentence_of(LEVER_LABELS[lever])), **_measured(found.contributions[lever], found.lived),
             "cost": {**ratio_of(found.cost_per(lever)), "loses": bool(found.contributions[lever]["jobs"].mean() < 0)}}
            for lever in levers
        ],
        "whole": _measured(found.whole, found.lived, kind_of_whole("spending")), "command": parts.command,
    }  # fmt: skip


def _measured(values: dict[str, Values], lived: Lived | None, of_money: Kind = Kind.FREE) -> Plain:
    """Return everything that is divided, with what can be told of it."""
    found = {}
    for name, measure in MEASURES.items():
        one = mean_of(values[measure], of_money if name == "spending" else Kind.FREE, lived)
        effect = Effect(*(float("nan") if one[part] is None else one[part] for part in ("value", "low", "high")))
        found[name] = {**one, "told": told_of(effect)}
    return found


def _method(found: Attribution) -> Sentence:
    """Say how the orders were averaged over, in the words of the command."""
    name, drawn = ("exact", "") if found.orders is None else ("sampled", write_exactly(found.orders))
    pattern = OF_ATTRIBUTION[name]
    return sentence(pattern, pattern.zh, worlds=write(found.worlds / found.replicates), drawn=drawn)
