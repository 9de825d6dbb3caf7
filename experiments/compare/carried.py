"""Which assumption carries the answer: what a city should find out first, in a sentence, as a table and as data (`sim.carrying`)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.table import Table

from experiments.compare.words import COLUMNS, OF_CARRYING, Names
from experiments.shared.json_numbers import number
from experiments.shared.tables import make_table, show
from experiments.shared.words import Speaker
from sim.bilingual import Sentence, in_language, joined, sentence, sentence_of
from sim.carrying import FEWEST_VECTORS, Carrier, Carrying
from sim.numbers import PLAIN, Form, write, write_parts
from sim.parameters import Leaf, declarations

if TYPE_CHECKING:
    from sim.compared import Comparison

JOBS = "jobs"
CARRIED = (JOBS, "stays_6m", "stays_12m", "businesses", "employed_in_region", "spending")
"""Differences of which it is kept what carries them: kinds of the account, net, and outcomes."""
IN_A_LINE = 3
"""Parameters that are named in the sentence, at most."""
HALF, FIFTH = 0.5, 0.2
"""Shares for which it is said how many replicates tell them."""
UNKNOWN = Sentence("assumption, no local evidence", "假定（无本地依据）")
SHARE = Form("%", 100.0, fixed=True)


def carried_line(comparison: Comparison, name: str) -> Sentence | None:
    """Say what should be found out first of the additional jobs, or that it cannot be told; None without a behaviour set or a difference."""
    found = comparison.carried_by(name, JOBS)
    if found is None or (not found.carriers and found.vectors >= FEWEST_VECTORS):
        return None
    if not found.told:
        return _cannot_be_told(found)
    leaves = leaves_of(comparison)
    parts = [_part(carrier, leaves[carrier.key]) for carrier in found.told[:IN_A_LINE]]
    told = sentence(
        "To be found out first (share of what is not known of the additional jobs): {parts}.",
        "最该先查清（占净增就业未知部分的比例）：{parts}。", parts=joined(parts, Sentence("; ", "；")),
    )  # fmt: skip
    if len(found.told) > 1 and not found.leads:
        told = joined([told, Sentence(" Which of these carries most cannot be told.", "其中哪项占得最多，尚看不出。")], "")
    return told


def carried_lines(comparison: Comparison, names: Names) -> list[Sentence]:
    """Say the same of several variants: a line each, one line for those of which the same is to be said.

    Args:
        comparison: The comparison.
        names: What the variants are called.
    """
    said: dict[Sentence, list[Sentence]] = {}
    for name in comparison.variants:
        line = carried_line(comparison, name)
        if line is not None:
            said.setdefault(line, []).append(names[name])
    return [
        sentence("{names}: {line}", "{names}：{line}", names=joined(of, Sentence(", ", "、")), line=Sentence(_small(line), line.zh))
        for line, of in said.items()
    ]  # fmt: skip


def _small(line: Sentence) -> str:
    return line[:1].lower() + line[1:]


def _part(carrier: Carrier, leaf: Leaf) -> Sentence:
    return sentence(
        "{meaning} ({key}) {share}, {source}", "{meaning}（{key}）{share}，{source}",
        meaning=sentence_of(leaf.meaning), key=carrier.key, share=_share(carrier), source=source_in_words(leaf),
    )  # fmt: skip


def _share(carrier: Carrier) -> Sentence:
    value, bounds = write_parts((carrier.share, math.ceil(100.0 * carrier.low) / 100.0, carrier.high), SHARE)
    return Sentence(f"{value} % {bounds}".strip(), f"{value}% {bounds}".strip())


def source_in_words(leaf: Leaf) -> Sentence:
    """Say where a value comes from, in a few words."""
    if leaf.source.startswith("assumption"):
        return UNKNOWN
    words = re.match(r"[^,:;]*", leaf.source)
    source = words[0] if words else leaf.source
    return Sentence(source, source.replace("evidence", "证据"))


def _cannot_be_told(found: Carrying) -> Sentence:
    if found.vectors < FEWEST_VECTORS:
        return sentence(
            "Which assumption carries the answer cannot be told from {count} vectors of behaviour: use replicates=20 or more.",
            "仅凭 {count} 组行为参数，看不出哪项假定最要紧：请用 replicates=20 或更多。", count=found.vectors,
        )  # fmt: skip
    half, fifth = (found.replicates_to_tell(share) for share in (HALF, FIFTH))
    what = sentence(
        "Which assumption carries the answer cannot be told from {count} vectors of behaviour", "凭 {count} 组行为参数，看不出哪项假定最要紧",
        count=found.vectors,
    )  # fmt: skip
    if half is None:
        return sentence("{what}: luck hides what is not known.", "{what}：运气的影响掩盖了对行为的了解不足。", what=what)
    if not found.is_ignorance:
        what = sentence("{what}, nor can what is not known be told from luck yet", "{what}，对行为的了解不足也还分不出于运气", what=what)
    if fifth is None:
        return sentence(
            "{what}: one that carries half of what is not known would show with about {half} replicates, one that carries a fifth not with this set.",
            "{what}：占未知部分一半的约需 {half} 次模拟才看得出，占五分之一的用此参数集看不出。", what=what, half=_about(half),
        )  # fmt: skip
    return sentence(
        "{what}: one that carries half of what is not known would show with about {half} replicates, one that carries a fifth with about {fifth}.",
        "{what}：占未知部分一半的约需 {half} 次模拟才看得出，占五分之一的约需 {fifth} 次。", what=what, half=_about(half), fifth=_about(fifth),
    )  # fmt: skip


def _about(count: int) -> str:
    """Write a number of replicates with two figures, rounded up."""
    step = 10 ** max(0, math.floor(math.log10(count)) - 1)
    return f"{math.ceil(count / step) * step:,}"


def print_carried(comparison: Comparison, name: str, names: Names, language: str) -> None:
    """Print the parameters that carry something for certain, a table a kind of the account; none where none does: their order would say nothing."""
    for kind, label in COLUMNS.items():
        found = comparison.carried_by(name, kind)
        if found is not None and found.told:
            speaker = Speaker(language, OF_CARRYING)
            title = speaker.text("carried", what=Sentence(label.lower(), label.zh), name=names[name], count=found.vectors)
            show(_table(found, title, leaves_of(comparison), speaker, language))


def _table(found: Carrying, title: str, leaves: Mapping[str, Leaf], speaker: Speaker, language: str) -> Table:
    rows = [
        [f"{in_language(sentence_of(leaves[one.key].meaning), language)}\n{one.key}", in_language(_share(one), language),
         write(one.slope, PLAIN, signed=True), in_language(source_in_words(leaves[one.key]), language)]
        for one in found.told
    ]  # fmt: skip
    left = len(found.carriers) - len(found.told)
    notes = [speaker.text("shares"), *([speaker.text("further", count=left)] if left else [])]
    heads = [speaker.text(word) for word in ("parameter", "share", "per_sd", "source")]
    return make_table(title, heads, rows, "".join(notes))


def carried_json(comparison: Comparison, name: str) -> dict[str, Any] | None:
    """Return ``carried_by`` of a variant in ``comparison.json``; None without a behaviour set."""
    found = {what: comparison.carried_by(name, what) for what in CARRIED}
    leaves = leaves_of(comparison)
    return {what: _json_of(carrying, leaves) for what, carrying in found.items() if carrying is not None} or None


def _json_of(found: Carrying, leaves: Mapping[str, Leaf]) -> dict[str, Any]:
    return {
        "vectors": found.vectors,
        "ignorance_sd": number(math.sqrt(found.ignorance)),
        "luck_sd": number(math.sqrt(found.luck)),
        "first_is_told": found.leads,
        "replicates_to_tell": {"half": found.replicates_to_tell(HALF), "a_fifth": found.replicates_to_tell(FIFTH)},
        "parameters": [
            {
                "key": one.key, "share": number(one.share) if found.ignorance > 0.0 else None,
                "low": number(one.low), "high": number(one.high), "told": one.is_told,
                "per_sd": number(one.slope), "source": leaves[one.key].source,
            }
            for one in found.carriers
        ],
    }  # fmt: skip


def leaves_of(comparison: Comparison) -> dict[str, Leaf]:
    """Return key → declaration of every parameter of a comparison."""
    return {leaf.key: leaf for leaf in declarations(comparison.baseline.scenario)}
