/** The best mix for a budget: three proposals, what each brings and costs, and what would be missed were behaviour otherwise. */
import { moneyTold, three, unitOf } from "../answer/rows.js";
import { status } from "../answer/status.js";
import { isTold, withInterval } from "../charts/look.js";
import { readNumber } from "../numbers.js";
import { announce, button, details, fill, fresh, link, make } from "../parts.js";
import { begin } from "../runs.js";
import { canonical } from "../state.js";
import { pick, say } from "../words.js";

/** Make the panel; `update(run)` is told of every run that moves. */
export function mix(state) {
  const id = fresh("budget");
  const budget = make("input", { id, type: "text", inputmode: "numeric", autocomplete: "off", value: state.draft.budget === null ? "" : String(state.draft.budget), "aria-describedby": `${id}-help`, on: { keydown: (event) => event.key === "Enter" && ask() } });
  const wrong = make("p", { class: "wrong", hidden: true, role: "alert" });
  const line = status({ again: () => ask() });
  const stale = make("p", { class: "quiet", hidden: true }, say("stale"));
  const cards = make("div", { class: "columns" });
  const notes = make("div");
  const element = make("section", { class: "panel", id: "section-mix", "aria-labelledby": "mix-title" }, make("h2", { id: "mix-title" }, say("mix.title")), make("p", { class: "quiet" }, say("mix.what")),
    make("div", { class: "fields" }, make("p", { class: "field-pair" }, make("label", { for: id }, say("mix.budget")), budget, make("span", { class: "help", id: `${id}-help` }, say("mix.help"))), wrong, button(say("mix.compute"), () => ask(), { class: "button button-main" })), line.element, stale, cards, notes);
  let run = null;
  let told = null;

  function ask() {
    const value = readNumber(budget.value);
    wrong.hidden = Number.isInteger(value) && value > 0;
    wrong.textContent = say("mix.wrong");
    if (!wrong.hidden) return;
    run = begin("mix", { budget: value });
    show();
  }

  function show() {
    line.update(run);
    const result = run?.result;
    stale.hidden = !result || canonical(run.draft) === canonical(state.draft);
    if (!result) return;
    for (const each of cards.querySelectorAll("a")) each.href = state.address("adds");
    if (result === told) return;
    told = result;
    fill(cards, result.proposals.map((proposal, place) => card(proposal, result.proposals.slice(0, place).find(({ name }) => name === proposal.name), run, state)));
    fill(notes, result.notes?.length ? details(say("mix.how"), ...result.notes.map((note) => make("p", {}, pick(note)))) : null);
  }
  return { element, update(moved) { if (moved === run) show(); }, show };
}

/** Make the card of a proposal; `same` is an earlier one that is the very same mix, whose money is not listed again. */
function card(proposal, same, run, state) {
  const take = () => {
    state.set({ changes: { ...run.draft.changes, ...proposal.changes }, budget: run.result.budget });
    announce(say("mix.taken", { title: pick(proposal.title) }));
  };
  const unit = unitOf([proposal.spending, ...(proposal.levers ?? []).map(({ spending }) => spending)]);
  const figures = [["figure.jobs", proposal.jobs], ["figure.stays", proposal.stays], ["figure.firms", proposal.firms]].filter(([, row]) => row);
  return make("article", { class: "column" }, make("h3", {}, pick(proposal.title)), make("p", {}, pick(proposal.sentence)),
    make("dl", { class: "figures-small" }, ...figures.map(([key, row]) => [make("dt", {}, say(key)), make("dd", {}, withInterval(three(row), { sign: true }), isTold(three(row)) ? null : make("span", { class: "quiet" }, ` ${say("untold.mark")}`))]),
      make("dt", {}, say("columns.spending")), make("dd", {}, moneyTold(proposal.spending, unit))),
    make("p", {}, make("strong", {}, say("mix.regret")), " ", pick(proposal.regret)),
    same ? make("p", { class: "quiet" }, say("mix.same", { title: pick(same.title) })) : null,
    proposal.levers?.length && !same ? details(say("mix.levers"), make("ul", { class: "mix-levers" }, ...proposal.levers.map((one) => make("li", {}, make("strong", {}, pick(one.title)), " ", moneyTold(one.spending, unit), make("div", { class: "quiet" }, pick(one.size)))))) : null,
    proposal.notes?.length ? details(say("mix.more"), ...proposal.notes.map((note) => make("p", {}, pick(note)))) : null,
    make("div", { class: "row no-print" }, button(say("mix.take"), take, { class: "button button-main", "aria-label": say("mix.take.of", { title: pick(proposal.title) }) }), link(say("mix.see"), state.address("adds"))));
}

