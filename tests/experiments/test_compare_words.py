"""Words of a comparison: rows and titles speak of the baseline that there is; money as people say it."""

import pytest

from experiments.compare.words import ACCOUNT, ROWS, names_of
from experiments.shared.money import money
from sim.account import ROWS as OF_THE_ACCOUNT
from sim.bilingual import in_language

LABELS = {"programme": {"en": "the programme", "zh": "这套方案"}, "long": {"en": "14 nights", "zh": "14 晚"}}


def test_every_row_has_a_name() -> None:
    assert list(ROWS) == list(OF_THE_ACCOUNT)


def test_only_against_no_programme_a_row_says_without_it() -> None:
    without, changed = names_of(LABELS, "none", against_none=True), names_of(LABELS, "programme", against_none=False)
    assert without.row("deadweight").zh == "− 没有方案也会在岗"
    assert (changed.row("deadweight"), changed.row("deadweight").zh) == ("− placed anyway under the baseline", "− 对照方案下也会在岗")
    assert changed.row("deadweight", of_jobs=False).zh == "− 对照方案下也会达到"
    for row in set(OF_THE_ACCOUNT) - {"deadweight"}:
        assert without.row(row) == changed.row(row)


def test_a_title_names_variant_and_baseline() -> None:
    title = names_of(LABELS, "none", against_none=True).title(ACCOUNT, "programme")
    assert title == "From gross to net additional jobs: the programme against no programme"
    assert title.zh == "从总数到净增就业：这套方案（对照：没有方案）"
    title = names_of(LABELS, "programme", against_none=False).title(ACCOUNT, "long")
    assert title == "From gross to net additional jobs: 14 nights against the programme as it is"
    assert title.zh == "从总数到净增就业：14 晚（对照：现行方案）"


@pytest.mark.parametrize(
    ("amount", "en", "zh"),
    [
        (69_811, "70,000 CNY", "7 万元"), (72_400, "72,000 CNY", "7.2 万元"), (-8_040, "8,000 CNY", "8,000 元"),
        (9_970, "10,000 CNY", "1 万元"), (0, "0 CNY", "0 元"),
        (88_140_000, "88 million CNY", "8,800 万元"),
        (2_640_000, "2.6 million CNY", "260 万元"), (123_000_000, "120 million CNY", "1.2 亿元"),
    ],
)  # fmt: skip
def test_money(amount: float, en: str, zh: str) -> None:
    assert [in_language(money(amount), language) for language in ("en", "zh")] == [en, zh]
