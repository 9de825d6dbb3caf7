/** Variants side by side: the answer of each on top, then the figures; by default as differences to the first, paired. */
import { byRow, costTold, moneyTold, toldWord, unitOf } from "../answer/rows.js";
import { said } from "../answer/sentence.js";
import { ofFile } from "../answer/section.js";
import { figure } from "../charts/draw.js";
import { lanes } from "../charts/lanes.js";
import { SYMBOLS, VARIANTS, isTold, withInterval } from "../charts/look.js";
import { signed } from "../numbers.js";
import { fill, fresh, make, mark, table } from "../parts.js";
import { pick, say } from "../words.js";
import { sign } from "./variants.js";

const COUNTS = [["figure.jobs", "account", "jobs"], ["figure.stays", "stays", "stays"], ["figure.firms", "firms", "firms"]];

/** Make the columns of a result. */
export function columns() {
  const name = fresh("against");
  let toFirst = true;
  let now = null;
  let told = null;
  const option = (value, key) => make("label", { class: "choice" }, make("input", { type: "radio", name, value: String(value), checked: value === toFirst, on: { change: () => { toFirst = value; update(now); } } }), say(key));
  const choice = make("fieldset", { class: "row columns-choice no-print" }, make("legend", { class: "visually-hidden" }, say("columns.choice")), option(true, "columns.first"), option(false, "columns.baseline"));
  const cards = make("div", { class: "columns" });
  const held = make("div", { class: "columns-table" });
  const drawn = figure({ title: say("columns.drawn"), note: () => say("columns.note"), paint, tabled: (shown) => tabled(shown), ...ofFile("compare") });
  const element = make("section", { class: "panel", id: "section-columns", "aria-labelledby": "columns-title" }, make("h2", { id: "columns-title" }, say("columns.title")), choice, cards, held, drawn.element);

  function update(shown) {
    if (shown.result === now?.result && toFirst === told) return;
    [now, told] = [shown, toFirst];
    const { result } = shown;
    const several = result.answer.length > 1;
    choice.hidden = !several || !result.beside;
    fill(cards, result.answer.map((one, place) => make("article", { class: "column" }, make("h3", {}, sign(place), ` ${pick(one.label)}`), answerOf({ ...shown, toFirst }, one.variant, place))));
    fill(held, tabled({ ...shown, toFirst }));
    drawn.update({ ...shown, toFirst });
  }
  return { element, update };
}

const besideOf = ({ result, toFirst }, variant) => (toFirst ? result.beside?.[variant] ?? null : null);

function answerOf(shown, variant, place) {
  const beside = place > 0 ? besideOf(shown, variant) : null;
  if (!beside) return said(shown.result, variant, "p");
  const { sign: glyph, words } = toldWord(beside.told);
  return make("div", { class: "answer-said" }, make("span", { class: `answer-sign told-${beside.told}`, role: "img", "aria-label": words, title: words }, glyph),
    make("p", { class: "answer-sentence" }, shown.result.preliminary ? mark("changed", say("preliminary")) : null, " ", pick(beside.sentence)));
}

/** Return the table: a row a figure, a column a variant; the first in full, the others as differences to it where that is wanted. */
function tabled(shown) {
  const { result } = shown;
  const names = result.answer.map(({ variant }) => variant);
  const cell = (variant, place, of, beside) => {
    const row = place > 0 ? besideOf(shown, variant)?.[beside] : null;
    return row ? [withInterval(row, { sign: true }), untold(row)] : of(variant);
  };
  const counts = COUNTS.map(([key, account, beside]) => [say(key), ...names.map((variant, place) => cell(variant, place, () => {
    const row = byRow(result[account][variant]).net_additional_jobs;
    return [withInterval(row, { sign: true }), untold(row)];
  }, beside))]);
  const differences = names.map((variant, place) => (place > 0 ? besideOf(shown, variant)?.spending : null));
  const unit = unitOf([...names.flatMap((variant) => ["spending", "lent", "invested"].map((part) => result.money[variant][part])), ...differences.filter(Boolean)]);
  const unitOfCosts = unitOf(names.map((variant) => result.cost[variant]).filter(({ defined }) => defined));
  const money = (part) => names.map((variant) => moneyTold(result.money[variant][part], unit));
  const spending = names.map((variant, place) => {
    const row = differences[place];
    return row ? [say("columns.more", { sum: moneyTold(row, unit) }), untold(row)] : moneyTold(result.money[variant].spending, unit);
  });
  return table({
    caption: say(shown.toFirst && result.beside ? "columns.caption.first" : "columns.caption"), head: ["", ...result.answer.map(({ label }) => pick(label))], numeric: names.map((_, place) => place + 1),
    rows: [...counts, [say("columns.spending"), ...spending], [say("figure.cost"), ...names.map((variant) => (result.cost[variant].defined ? costTold(result.cost[variant], unitOfCosts) : say("number.none")))], [say("money.lent"), ...money("lent")], [say("money.invested"), ...money("invested")]],
  });
}

const untold = (row) => (isTold(row) || row.low === row.high || row.low === null ? null : make("span", { class: "quiet" }, ` ${say("untold.mark")}`));

function paint(shown, width) {
  const { result } = shown;
  const lane = (variant, place, row) => ({
    words: pick(result.answer[place].label), told: withInterval(row, { sign: true }), mark: "dot", symbol: SYMBOLS[place], end: row.value, low: row.low, high: row.high, colour: VARIANTS[place], hollow: !isTold(row),
  });
  const groups = [{ title: say("columns.group.baseline", { against: pick(result.against) }), write: signed, lanes: result.answer.map(({ variant }, place) => lane(variant, place, byRow(result.account[variant]).net_additional_jobs)) }];
  const others = result.answer.map(({ variant }, place) => [variant, place]).filter(([variant]) => result.beside?.[variant]);
  if (others.length) groups.push({ title: say("columns.group.first", { first: pick(result.answer[0].label) }), write: signed, lanes: others.map(([variant, place]) => lane(variant, place, result.beside[variant].jobs)) });
  return { ...lanes(groups, width), says: groups.map((group) => `${group.title}: ${group.lanes.map(({ words, told }) => `${words} ${told}`).join(", ")}`).join("; ") };
}
