/** How far to believe the model: its scorecard, and the assumptions of which the data tell least, each one press away. */
import { api } from "../api.js";
import { withInterval } from "../charts/look.js";
import { writerOf } from "../answer/rows.js";
import { number } from "../numbers.js";
import { button, dialog, make, mark, table } from "../parts.js";
import { shown } from "../problems.js";
import { pick, say } from "../words.js";

/** Make the panel with its two buttons. */
export function trust() {
  return make("section", { class: "panel", id: "section-trust", "aria-labelledby": "trust-title" }, make("h2", { id: "trust-title" }, say("trust.title")), make("p", { class: "quiet" }, say("trust.what")),
    make("div", { class: "row" }, button(say("trust.scorecard"), () => open("trust.scorecard", () => api.scorecard(), scorecard)), button(say("trust.assumptions"), () => open("trust.assumptions", () => api.assumptions(), assumptions))));
}

function open(key, ask, build) {
  const place = make("div");
  dialog({ title: say(key), content: [place] });
  void shown(place, ask, build);
}

function scorecard({ head, rows }) {
  return [make("p", {}, pick(head)), table({
    caption: say("trust.scorecard"), quiet: true, head: [say("known.figure"), say("trust.known"), say("trust.model"), say("known.match")], numeric: [1, 2],
    rows: rows.map((row) => [[pick(row.title) || row.target, row.group ? make("span", { class: "quiet" }, ` ${pick(row.group)}`) : null], withUnit(row, row.value), simulated(row), [mark("quiet", say(row.pass ? "trust.met" : "trust.missed")), row.used_for_calibration ? make("span", { class: "quiet" }, ` ${say("known.chosen")}`) : null]]),
  })];
}

const plain = (value) => number(value, Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);
const SAYS_NOTHING = "ratio";

/** Return how the figures of a row are written: shares and money as everywhere, all else with as many decimals as count. */
const writer = ({ unit }) => (writerOf(unit) === number ? plain : writerOf(unit));
const withUnit = (row, value) => (writer(row) === plain && row.unit?.en !== SAYS_NOTHING ? `${plain(value)} ${pick(row.unit)}`.trim() : writer(row)(value));

function simulated(row) {
  const write = writer(row);
  return withInterval({ value: row.median, low: row.low, high: row.high }, { write });
}

function assumptions(told) {
  const rows = Array.isArray(told) ? told : told.rows;
  return [told.head ? make("p", {}, pick(told.head)) : null, table({
    caption: say("trust.assumptions"), quiet: true, head: [say("carries.assumption"), say("trust.range"), say("carries.source")], numeric: [1],
    rows: rows.map((row) => [pick(row.title), say("number.interval", { value: plain(row.median), low: plain(row.low), high: plain(row.high) }), [row.assumption ? mark("assumed", say("trust.assumed")) : null, " ", row.assumption ? null : pick(row.source)]]),
  })];
}
