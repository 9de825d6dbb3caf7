/** Stop 3, what it adds: the answer in a sentence, then why, how sure, for whom, when, for how much, and whether it matches what is known. */
import { account } from "../answer/account.js";
import { groups } from "../answer/groups.js";
import { capacity, funnels, known } from "../answer/known.js";
import { money } from "../answer/money.js";
import { time } from "../answer/over_time.js";
import { labelOf } from "../answer/rows.js";
import { sentence } from "../answer/sentence.js";
import { status } from "../answer/status.js";
import { carries, sure } from "../answer/sure.js";
import { fresh, link, make, notice } from "../parts.js";
import { sentenceOf } from "../problems.js";
import { begin, runOf } from "../runs.js";
import { pick, say } from "../words.js";

/** Fill the stop, compute what the draft asks, and follow it. */
export function render(root, state) {
  const line = status({ again: () => begin() });
  const wrong = make("div");
  const choice = make("div", { class: "row variant-choice", hidden: true });
  const sections = [sentence(), account(), sure(), carries(), groups(), time(), money(), capacity(), funnels(), known()];
  const body = make("div", { class: "answer-body", hidden: true }, choice, ...sections.map(({ element }) => element), onward(state));
  root.append(wrong, line.element, body);
  let chosen = null;

  function show() {
    const run = runOf();
    const refused = state.check && !state.check.ok && !run;
    wrong.replaceChildren(...(refused ? [mistakes(state)] : []));
    line.update(run);
    body.hidden = !run?.result;
    if (!run?.result) return;
    const { result } = run;
    const variants = result.answer.map(({ variant }) => variant);
    if (!variants.includes(chosen)) [chosen] = variants;
    offer(variants, result);
    const partsRun = runOf("parts", { variant: chosen });
    const parts = partsRun?.result ?? result.parts?.[chosen] ?? null;
    const shown = { run, result, variant: chosen, parts, partsRun, against: run.draft.against, budget: run.draft.budget, programme: run.draft.programme, foot: footOf(result) };
    for (const each of sections) each.update(shown);
  }

  function offer(variants, result) {
    choice.hidden = variants.length < 2;
    const labels = variants.map((variant) => labelOf(result, variant)).join();
    if (choice.hidden || choice.dataset.labels === labels) return;
    choice.dataset.labels = labels;
    const id = fresh("variant");
    const select = make("select", { id, on: { change: (event) => { chosen = event.target.value; show(); } } }, ...variants.map((variant) => make("option", { value: variant }, labelOf(result, variant))));
    select.value = chosen;
    choice.replaceChildren(make("label", { for: id }, say("variant.choose")), select, link(say("variant.compare"), state.address("compare")));
  }

  const compute = () => {
    if (!runOf() && state.check?.ok !== false) begin();
    show();
  };
  const ends = [state.on("run", show), state.on("draft", compute), state.on("check", compute)];
  compute();
  return () => ends.forEach((end) => end());
}

function footOf(result) {
  return `${say("brand")} Yizhan · ${pick(result.compared)}`;
}

function mistakes(state) {
  return notice("error", make("p", {}, say("draft.wrong")), make("ul", {}, ...state.check.errors.map((error) => make("li", {}, sentenceOf(error)))), link(say("run.mend"), state.address("programme")));
}

function onward(state) {
  return make("nav", { class: "row no-print", "aria-label": say("onward") }, link(say("onward.compare"), state.address("compare"), { class: "button" }), link(say("onward.take"), state.address("take"), { class: "button button-main" }));
}
