/** What each lever contributes: asked for by a button, for it needs many more worlds than the answer; told with what it is, and what cannot be told. */
import { BLUE, isTold, withInterval } from "../charts/look.js";
import { signed } from "../numbers.js";
import { button, details, fill, make, mark } from "../parts.js";
import { begin } from "../runs.js";
import { pick, say } from "../words.js";
import { costTold, moneyTold } from "./rows.js";
import { remade } from "./section.js";
import { status } from "./status.js";

const MEASURES = [["jobs", "figure.jobs"], ["stays", "figure.stays"], ["firms", "figure.firms"]];

/** Make the part: the button with what it costs to know, how far it is, and what the parts are. */
export function parts() {
  let now = null;
  const ask = () => (now.result.preliminary ? null : begin("parts", { variant: now.variant }));
  const line = status({ again: ask });
  const press = button(say("parts.ask"), ask, { class: "button", id: "ask-parts" });
  const asking = make("div", { class: "no-print" }, make("p", { class: "quiet" }, say("parts.ask.says")), press);
  const words = remade(({ parts: found }) => (found ? [
    make("p", {}, found.preliminary ? mark("changed", say("preliminary")) : null, found.preliminary ? " " : null, untoldOf(found)),
    make("p", { class: "quiet" }, pick(found.what)),
    details(say("parts.how"), ...found.notes.map((note) => make("p", {}, pick(note)))),
  ] : []));
  const place = make("div");
  return {
    element: make("div", { class: "parts" }, place, line.element, words.element),
    update(shown) {
      now = shown;
      const offered = !shown.parts && !shown.partsRun;
      press.setAttribute("aria-disabled", String(Boolean(shown.result.preliminary)));
      if (offered !== asking.isConnected) fill(place, offered ? asking : null);
      line.update(shown.partsRun);
      words.update(shown);
    },
  };
}

/** Say of which levers a part can be told, and of how many not. */
function untoldOf({ levers }) {
  const told = levers.filter(({ jobs }) => isTold(jobs));
  const rest = levers.length - told.length;
  const named = told.map(({ title, jobs }) => say("parts.one", { lever: pick(title), jobs: withInterval(jobs, { sign: true }) })).join(say("and.so.on"));
  return [named ? say("parts.told", { levers: named }) : say("parts.none"), named && rest ? ` ${say("parts.rest", { n: rest })}` : ""].join("");
}

/** Return the lanes of the parts, in the order of the money. */
export function lanesOf({ levers }) {
  return {
    title: say("parts.jobs"), write: signed,
    lanes: levers.map(({ title, jobs }) => ({ words: pick(title), told: withInterval(jobs, { sign: true }), mark: "dot", end: jobs.value, low: jobs.low, high: jobs.high, colour: BLUE, hollow: !isTold(jobs) })),
  };
}

/** Return the heads of the columns beside the money. */
export const heads = () => [...MEASURES.map(([, key]) => say(key)), say("parts.cost")];

/** Return the cells of a lever, or of all together, under these heads; costs in one unit. */
export function cellsOf(one, unit) {
  if (!one) return ["", "", "", ""];
  return [...MEASURES.map(([name]) => [withInterval(one[name], { sign: true }), untold(one[name])]), one.cost ? cost(one, unit) : ""];
}

const untold = (row) => (isTold(row) || row.low === row.high || row.low === null ? null : make("span", { class: "quiet" }, ` ${say("number.none")}`));

function cost({ cost: each, jobs }, unit) {
  return each.defined && !each.loses && isTold(jobs) ? moneyTold(each, unit) : each.defined && each.loses && isTold(jobs) ? costTold(each) : say("number.none");
}
