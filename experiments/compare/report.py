"""What a comparison says on the terminal: the answer first, then the account and the money; every further table on request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from rich.table import Table

from experiments.compare.answer import answer, compared, few_pairs
from experiments.compare.carried import carried_line, carried_lines
from experiments.compare.details import print_details
from experiments.compare.unspent import unspent_of
from experiments.compare.words import ACCOUNT, COLUMNS, WORDS, Names
from experiments.shared.money import money_within
from experiments.shared.sureness import halves_of, spans_of
from experiments.shared.tables import make_table, show, show_fitting, show_lines
from experiments.shared.words import Speaker
from sim.account import ROW_KINDS, ROWS
from sim.bilingual import Sentence, in_language, sentence
from sim.comparison import KINDS
from sim.how_sure import how_sure, of_which, sureness
from sim.numbers import DASH, PLAIN, Form, form_of_sum, mark_of_zero, money_form, write_estimate
from sim.statistics import Kind
from sim.uncertainty import Estimate

if TYPE_CHECKING:
    from sim.compared import Comparison, Values, Variant

MONEY = {
    "spending": Sentence("Spent more", "多支出"),
    "cost": Sentence("= per additional job", "= 每净增就业"),
    "lent": Sentence("Lent, not in the cost", "放贷（未计入成本）"),
    "invested": Sentence("Invested, not in the cost", "股权投资（未计入成本）"),
    "lost_on_loans": Sentence("lost of it: loans in default", "其中损失：贷款违约"),
    "lost_on_equity": Sentence("lost of it: equity in closed firms", "其中损失：关闭企业的股权"),
}
"""Rows of the table of money."""
UNTOLD, LOST = Sentence("cannot be told", "无法确定"), Sentence("jobs are lost", "就业减少")
MORE = Sentence(
    "Differences, all accounts, groups, spending by lever: detail=true. Everything is in the folder of the result.",
    "差异、各类收支账、分群体、分工具支出：加 detail=true。全部数据在结果目录中。",
)


def print_comparison(
    comparison: Comparison, title: Sentence, names: Names, outcomes: Sequence[str], language: str, *,
    detail: bool = False, notes: Sequence[object] = (),
) -> None:  # fmt: skip
    """Print the answer, a sentence a variant; what was compared; the account and the money, or the variants side by side; details if asked for.

    Args:
        comparison: The comparison.
        title: What it is called.
        names: What the worlds are called.
        outcomes: Outcomes of the details.
        language: Language of the words.
        detail: Whether to print every table.
        notes: Lines about the changes.
    """
    show_lines([answer(comparison, name, names) for name in comparison.variants], language)
    show("")
    baseline = comparison.baseline
    which = of_which(baseline.scenario.behaviour_set, baseline.lived)
    show_lines([compared(comparison, title, names), *notes, which, few_pairs(baseline.replicates)], language)
    if len(comparison.variants) == 1:
        name = next(iter(comparison.variants))
        print_account(comparison, name, names, language)
        print_money(comparison, name, names, language)
        show_lines([besides(comparison, name), *sure(comparison, name), carried_line(comparison, name)], language)
    else:
        print_overview(comparison, names, language)
        show_lines([*sure_of_all(comparison), *carried_lines(comparison, names)], language)
    if detail:
        print_details(comparison, names, outcomes, language)
    else:
        show_lines([MORE], language)


def print_account(comparison: Comparison, name: str, names: Names, language: str) -> None:
    """Print the account of jobs."""
    account = comparison.variants[name].accounts["jobs"]
    rows = [row for row in ROWS if row != "residual" or account[row].any()]
    if not any(account[row].any() for row in rows):
        nothing = sentence("{title}: everybody is placed as without it.", "{title}：各项均为零。", title=names.title(ACCOUNT, name))
        show_lines([nothing], language)
        return
    speaker = Speaker(language, WORDS)
    form = form_of_sum(comparison.over(account["net_additional_jobs"]))
    cells = [[speaker.of(names.row(row)), write_estimate(comparison.over(account[row], ROW_KINDS[row]), form)] for row in rows]
    show(make_table(speaker.of(names.title(ACCOUNT, name)), [speaker.text("persons"), speaker.of(COLUMNS["jobs"])], cells))


def print_money(comparison: Comparison, name: str, names: Names, language: str) -> None:
    """Print what is spent more, the cost of an additional job, and the capital that is in neither, with what is lost of it."""
    variant = comparison.variants[name]
    spent = variant.results.outcomes["spending"] - comparison.baseline.outcomes["spending"]
    cost = comparison.cost_per(name)
    if not spent.any() and not any(values.any() for values in variant.capital.values()):
        return
    of_a_job = UNTOLD if not cost.defined else LOST if _loses_jobs(variant) else money_within(cost[:3])
    found = {"spending": money_within(comparison.over(spent, comparison.kind_of_money)), "cost": of_a_job}
    capital = {part: values for part, values in variant.capital.items() if part in MONEY and values.any()}
    found |= {part: money_within(comparison.over(values, comparison.kind_of_money)) for part, values in capital.items()}
    rows = [(in_language(MONEY[part], language), in_language(shown, language)) for part, shown in found.items()]
    heads = [Speaker(language, WORDS).text("money"), ""]
    note = in_language(untold(comparison, name), language) if not cost.defined and comparison.baseline.replicates > 1 else ""
    show(make_table("", heads, [list(row) for row in rows], note))
    show_lines([capital_line(comparison, name, names)], language)


def _loses_jobs(variant: Variant) -> bool:
    return bool(variant.accounts["jobs"]["net_additional_jobs"].mean() < 0)


def untold(comparison: Comparison, name: str) -> Sentence:
    """Say why there is no cost per job."""
    if not comparison.variants[name].accounts["jobs"]["net_additional_jobs"].any():
        return Sentence("No job is added.", "没有净增就业。")
    return Sentence(
        "The additional jobs cannot be told from zero, so neither can the cost of one.", "看不出净增就业与零有差别，因此无法确定每人成本。",
    )  # fmt: skip


def capital_line(comparison: Comparison, name: str, names: Names) -> Sentence | None:
    """Say which capital is not in the cost, and what is lost of it by the end, each with its interval; None where there is none."""
    capital = comparison.variants[name].capital
    if not (capital["lent"].any() or capital["invested"].any()):
        return None
    total, kind = capital["lent"] + capital["invested"], comparison.kind_of_money
    lost_of_it = Sentence("none of it is lost by the end", "期末尚无损失") if not capital["lost"].any() else sentence(
        "{lost} of it are lost by the end", "期末损失 {lost}", lost=money_within(comparison.over(capital["lost"], kind)),
    )  # fmt: skip
    what = Sentence("equity", "股权") if not capital["lent"].any() else Sentence("loans", "贷款")
    what = Sentence("loans and equity", "贷款与股权") if capital["lent"].any() and capital["invested"].any() else what
    against = Sentence("", "") if names.against_none else sentence(" more than under {against}", "（与{against}之差）", against=names.against)
    if total.mean() < 0:
        return sentence("{total} less of {what} than under {against}, not in the cost.", "{what}比{against}少 {total}，未计入成本。",
                        total=money_within(comparison.over(-total, kind)), against=names.against, what=what)  # fmt: skip
    return sentence(
        "{total} of {what}{against} are not in the cost; {lost_of_it}.", "另有{what} {total}{against}，未计入成本；{lost_of_it}。",
        what=what, total=money_within(comparison.over(total, kind)), against=against, lost_of_it=lost_of_it,
    )  # fmt: skip


def besides(comparison: Comparison, name: str) -> Sentence | None:
    """Say what else is added: newcomers who stay, people who run a firm; None where there is nothing."""
    accounts = comparison.variants[name].accounts
    net = {kind: accounts[kind]["net_additional_jobs"] for kind in KINDS[1:]}
    found = [(COLUMNS[kind], write_estimate(comparison.over(values))) for kind, values in net.items() if values.any()]
    if not found:
        return None
    return Sentence(
        "Besides, net: " + "; ".join(f"{label.lower()} {shown}" for label, shown in found) + ".",
        "此外（净增）：" + "；".join(f"{label.zh} {shown}" for label, shown in found) + "。",
    )


def sure(comparison: Comparison, name: str) -> list[Sentence]:
    """Say in three lines how sure the additional jobs are; nothing where there is no set of behaviours, or no job is added in any pair."""
    jobs, lived = comparison.variants[name].accounts["jobs"]["net_additional_jobs"], comparison.baseline.lived
    estimate = comparison.baseline.estimate(jobs)
    if estimate is None or lived is None or not jobs.any():
        return []
    return how_sure(Sentence("net additional jobs", "净增就业，人"), estimate, lived)


def sure_of_all(comparison: Comparison) -> list[Sentence]:
    """Say the same of the additional jobs of several variants, from the surest to the least sure."""
    lived = comparison.baseline.lived
    found = [comparison.baseline.estimate(variant.accounts["jobs"]["net_additional_jobs"]) for variant in comparison.variants.values()]
    known = [one for one in found if one is not None]
    halves = halves_of(Estimate(*map(np.array, zip(*known, strict=True)))) if known else None
    if halves is None or lived is None:
        return []
    return sureness(Sentence("net additional jobs of the variants", "各方案的净增就业，人"), spans_of(halves, (PLAIN, PLAIN)), lived)


def print_overview(comparison: Comparison, names: Names, language: str) -> None:
    """Print the variants side by side: additional jobs, money, cost of an additional job, capital that is in neither."""
    forms = _forms(comparison, language)
    with_capital = any(variant.capital[part].any() for variant in comparison.variants.values() for part in ("lent", "invested"))
    text = Speaker(language, WORDS).text
    with_budget = any(unspent_of(variant) for variant in comparison.variants.values())
    columns = ["jobs", "spending", *(["unspent"] if with_budget else []), "cost", *(["capital"] if with_capital else [])]
    heads = {column: text(f"{column}_column", unit=forms[column].unit if column in forms else "") for column in columns}

    def table(shown: Sequence[str], between: str) -> Table:
        rows = [[in_language(names[name], language), *(_overview_cell(comparison, name, column, between, forms, language) for column in shown)]
                for name in comparison.variants]  # fmt: skip
        return make_table(text("side_by_side", against=names.against), [text("variant_mean"), *(heads[column] for column in shown)], rows)

    show_fitting(columns, table, ((len(columns), " "), (len(columns), "\n"), (2, "\n"), (1, "\n")))
    show_lines([text("ended", sentence=WORDS["no_cost"]) + (text("no_capital") if with_capital else "")], language)


def _forms(comparison: Comparison, language: str) -> dict[str, Form]:
    """Return the units of the columns of money: in which the largest amount, and the smallest cost, is short."""
    spent = [abs(float(comparison.difference(name, "spending").difference)) for name in comparison.variants]
    capital = [abs(float(_capital(variant).mean())) for variant in comparison.variants.values()]
    costs = [abs(cost.value) for name in comparison.variants if (cost := comparison.cost_per(name)).defined]
    return {
        "spending": money_form(max(spent), language),
        "unspent": money_form(max(spent), language),
        "capital": money_form(max(capital), language),
        "cost": money_form(min(costs, default=0.0), language),
    }


def _overview_cell(comparison: Comparison, name: str, column: str, between: str, forms: dict[str, Form], language: str) -> str:
    variant = comparison.variants[name]
    if column == "jobs":
        jobs = comparison.over(variant.accounts["jobs"]["net_additional_jobs"])
        return f"{write_estimate(jobs, between=between)} {mark_of_zero(float(jobs.low), float(jobs.high))}".strip()
    if column == "cost":
        cost = comparison.cost_per(name)
        return DASH if not cost.defined else in_language(LOST, language) if _loses_jobs(variant) else write_estimate(cost[:3], forms[column], between)
    if column == "unspent":
        left = unspent_of(variant)
        return DASH if left is None else write_estimate(comparison.over(left.left, Kind.AMOUNT), forms[column], between)
    spent = variant.results.outcomes["spending"] - comparison.baseline.outcomes["spending"]
    money = comparison.over(_capital(variant) if column == "capital" else spent, comparison.kind_of_money)
    return write_estimate(money, forms[column], between)


def _capital(variant: Variant) -> Values:
    return variant.capital["lent"] + variant.capital["invested"]
