/** What rows of a result are called on the page, and what is read out of them: the account in people-words, the key figures. */
import { withInterval } from "../charts/look.js";
import { number, yuan } from "../numbers.js";
import { language, pick, say } from "../words.js";

/** Rows of an account in the order in which it is told. */
export const TOLD = ["gross_placements", "deadweight", "net_on_participants", "displacement", "jobs_made", "net_additional_jobs"];
const UNITS = {
  zh: [{ from: 1e8, scale: 1e8, unit: "亿元" }, { from: 1e4, scale: 1e4, unit: "万元" }, { from: 0, scale: 1, unit: "元" }],
  en: [{ from: 1e6, scale: 1e6, unit: "million CNY" }, { from: 1e5, scale: 1e3, unit: "thousand CNY" }, { from: 0, scale: 1, unit: "CNY" }],
};
const LEAST = 0.01;
const UNSIGNED = new Set(["gross_placements", "deadweight", "displacement", "jobs_made"]);

/** Return row → row of an account that the API lists. */
export function byRow(account) {
  return Object.fromEntries((account ?? []).map((row) => [row.row, row]));
}

/** Return the words of a row: what is counted, in the words of a planner; against what decides on "without". */
export function wordsOf(row, against) {
  if (row === "deadweight" && against !== "none") return say("row.deadweight.programme");
  return say(`row.${row}`);
}

/** Write the number of a row with its interval: what is a count without a sign, what is a balance with it. */
export function toldOf(row) {
  return withInterval(row, { sign: !UNSIGNED.has(row.row) });
}

/** Return {value, low, high} of a list [mean, low, high]. */
export function three(list) {
  return list ? { value: list[0], low: list[1], high: list[2] } : { value: null, low: null, high: null };
}

const known = (part) => Object.values(Array.isArray(part) ? three(part) : { value: part?.value, low: part?.low, high: part?.high }).filter((amount) => Number.isFinite(amount));

/** Return the unit of amounts that stand beside each other: that of the largest, or a smaller one where the smallest of them would be hard to read in it. */
export function unitOf(parts) {
  const units = UNITS[language()];
  const found = units.find(({ from }) => Math.max(0, ...parts.flatMap(known).map(Math.abs)) >= from);
  const least = Math.min(...parts.map((part) => Math.abs(known(part)[0])).filter((amount) => amount > 0));
  return found === units[0] && least < LEAST * found.scale ? units[1] : found;
}

/** Write money with its interval, all in one unit: "143 (142 to 145) 万元"; what stands beside other amounts in theirs. */
export function moneyTold(part, { scale, unit } = unitOf([part])) {
  const { value, low, high } = Array.isArray(part) ? three(part) : part;
  if (value === null || value === undefined) return say("number.none");
  const largest = Math.max(...known(part).map(Math.abs)) / scale;
  const digits = scale === 1 || largest === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(largest)));
  const [mean, least, most] = [value, low, high].map((amount) => (Number.isFinite(amount) ? number(amount / scale, digits) : null));
  if (least === null) return say("number.bare", { value: `${mean} ${unit}` });
  return least === most ? `${mean} ${unit}` : say("money.interval", { value: mean, low: least, high: most, unit });
}

/** Write a mark of an axis of money in a unit. */
export function onAxis({ scale, unit }) {
  return (value) => `${number(value / scale, 2)} ${unit}`;
}

/** Write the cost of one more at work, or that it cannot be told. */
export function costTold(cost, unit = unitOf([cost])) {
  if (!cost?.defined) return say("cost.untold");
  return cost.loses ? say("cost.loses") : moneyTold(cost, unit);
}

/** Return how the values of an outcome are written, by its unit: shares as percentages, money in CNY, all else whole. */
export function writerOf(unit) {
  const named = typeof unit === "object" && unit !== null ? unit.en : unit;
  if (named === "share") return (value) => `${number(100 * value, 1)}%`;
  if (named === "CNY") return yuan;
  return number;
}

/** Return the words for what can be told of a difference. */
export function toldWord(told) {
  return { sign: { more: "▲", fewer: "▼", untold: "≈", same: "=", unknown: "?" }[told] ?? "?", words: say(`told.${told}`) };
}

/** Return what a variant of a result is called. */
export function labelOf(result, variant) {
  return pick(result.answer.find((one) => one.variant === variant)?.label) || variant;
}
