/** The left bar: where, what, how much against how much, what is running. On a phone it folds to a line. */
import { api } from "./api.js";
import { yuan, duration, number, between } from "./numbers.js";
import { announce, button, fill, link, make, mark, progress } from "./parts.js";
import { BUSY, cancel, latest, runOf } from "./runs.js";
import { state } from "./state.js";
import { pick, say } from "./words.js";

let listening = false;
let programmes = [];
const held = {};

/** Build the bar, and keep it true. */
export function renderSide(root) {
  root.setAttribute("aria-label", say("side"));
  for (const name of ["place", "programme", "money", "running", "state"]) held[name] = make("div", { class: `side-${name}` });
  held.line = make("span", { class: "fold-line" });
  const open = (event) => {
    const wide = root.classList.toggle("open");
    event.currentTarget.setAttribute("aria-expanded", String(wide));
  };
  fill(root, make("button", { type: "button", class: "fold", "aria-expanded": String(root.classList.contains("open")), "aria-controls": "side-body", on: { click: open } },
    held.line, make("span", { class: "fold-sign", "aria-hidden": "true" })),
  make("div", { id: "side-body", class: "side-body" }, ...["place", "programme", "money", "state", "running"].map((name) => held[name])));
  show();
  if (listening) return;
  listening = true;
  for (const name of ["draft", "check", "run"]) state.on(name, show);
  api.programmes().then((told) => { programmes = told; show(); }, () => null);
}

function block(title, ...content) {
  return [make("p", { class: "side-title" }, title), ...content];
}

/** Return the place of the draft in one line. */
export function placeLine() {
  const { county, programme } = state.draft;
  if (county) return county.name || say("side.own");
  const known = programmes.find(({ name }) => name === programme);
  return known ? pick(known.place) || pick(known.title) : programme;
}

/** Return the programme of the draft in one line: whose it is, and how many values were changed. */
export function programmeLine() {
  const known = programmes.find(({ name }) => name === state.draft.programme);
  return known ? pick(known.title) : state.draft.programme;
}

function show() {
  const changes = Object.keys(state.draft.changes).length;
  const people = state.check?.people;
  fill(held.place, block(say("side.place"), make("p", { class: "side-line" }, placeLine()), people ? make("p", { class: "quiet" }, say("side.people", { n: number(people) })) : null));
  fill(held.programme, block(say("side.programme"), make("p", { class: "side-line" }, programmeLine()), changes ? mark("changed", say("side.changes", { n: changes })) : null));
  const spent = spending();
  fill(held.money, block(say("side.money"), ...spent.shown));
  fill(held.state, checked());
  const run = runOf();
  const others = [...state.runs.values()].filter((each) => each !== run && BUSY.has(each.state));
  fill(held.running, ...(run && BUSY.has(run.state) ? [run, ...others] : others).map(running));
  held.line.textContent = [placeLine(), programmeLine(), spent.brief].filter(Boolean).join(" · ");
}

function mainMoney(run) {
  const variant = run?.result?.answer?.[0]?.variant;
  return variant === undefined ? null : run.result.money?.[variant] ?? null;
}

/** Return what is spent against the budget, in the bar and in a few words. */
function spending() {
  const run = runOf();
  const mine = mainMoney(run);
  const money = mine ?? mainMoney(latest());
  const { budget } = state.draft;
  const limit = budget === null ? make("p", { class: "quiet" }, say("side.no-budget"), " ", link(say("side.set-budget"), state.address("programme")))
    : make("p", { class: "quiet" }, say("side.budget", { sum: yuan(budget) }));
  if (!money) return { shown: [make("p", { class: "side-line quiet" }, say("side.not-computed")), limit], brief: "" };
  const [mean, low, high] = money.spending;
  const over = mine && budget !== null && mean > budget;
  return {
    brief: over ? say("side.over-brief") : yuan(mean),
    shown: [
      make("p", { class: `side-sum ${over ? "over" : ""}` }, yuan(mean)),
      low === null || low === undefined || low === high ? null : make("p", { class: "quiet" }, between(low, high, yuan)),
      over ? make("p", { class: "over" }, make("span", { class: "over-sign", "aria-hidden": "true" }, "▲"), say("side.over", { sum: yuan(mean - budget) })) : null,
      mine ? null : make("p", { class: "quiet" }, say("side.before-change")),
      limit,
    ],
  };
}

function checked() {
  const { check, checkProblem } = state;
  if (checkProblem) return make("p", { class: "over" }, say(checkProblem.status === 0 ? "problem.away" : "side.unchecked"));
  if (!check) return make("p", { class: "quiet" }, say("side.checking"));
  if (!check.ok) {
    const stop = check.errors.every(({ where }) => where?.startsWith("county")) ? "place" : "programme";
    return make("p", { class: "over" }, make("span", { class: "over-sign", "aria-hidden": "true" }, "!"), link(say("side.wrong", { n: check.errors.length }), state.address(stop)));
  }
  return null;
}

let toldShare = -1;

function running(run) {
  const words = run.ahead ? say("run.ahead", { n: run.ahead }) : run.seconds_left === null ? say("run.begins") : say("run.left", { time: duration(run.seconds_left) });
  const tenth = Math.floor((run.share ?? 0) * 4);
  if (tenth !== toldShare) {
    toldShare = tenth;
    announce(`${say(`run.kind.${run.kind}`)}: ${words}`);
  }
  return make("div", { class: "running" }, make("p", { class: "side-title" }, say(`run.kind.${run.kind}`)), progress(run.share, say(`run.kind.${run.kind}`)),
    make("p", { class: "quiet" }, words), button(say("cancel"), () => cancel(run), { class: "button button-small" }));
}
