/** Stop 4, compare and spend: variants side by side, what one number changes, the best mix for a budget, and how far to believe the model. */
import { status } from "../answer/status.js";
import { columns } from "../compare/columns.js";
import { mix } from "../compare/mix.js";
import { trust } from "../compare/trust.js";
import { variants } from "../compare/variants.js";
import { whatIf } from "../compare/what_if.js";
import { make, notice } from "../parts.js";
import { sentenceOf } from "../problems.js";
import { begin, runOf } from "../runs.js";
import { pick, say } from "../words.js";

/** Fill the stop; a draft with variants is computed at once, and when it changes. */
export function render(root, state) {
  const list = variants(state);
  const line = status({ again: () => begin() });
  const wrong = make("div");
  const side = columns();
  const [one, best] = [whatIf(state), mix(state)];
  side.element.hidden = true;
  root.append(list.element, wrong, line.element, side.element, one.element, best.element, trust());

  function show() {
    const run = runOf();
    const refused = state.check && !state.check.ok && !run;
    wrong.replaceChildren(...(refused ? [notice("error", make("p", {}, say("draft.wrong")), make("ul", {}, ...state.check.errors.map((error) => make("li", {}, sentenceOf(error)))))] : []));
    line.update(run);
    side.element.hidden = !run?.result;
    if (!run?.result) return;
    const { result } = run;
    side.update({ run, result, programme: run.draft.programme, foot: `${say("brand")} Yizhan · ${pick(result.compared)}` });
  }

  const compute = () => {
    if (!runOf() && state.draft.variants.length && state.check?.ok !== false) begin();
    show();
  };
  const changed = () => {
    list.update();
    one.show();
    best.show();
    compute();
  };
  const moved = (run) => {
    show();
    one.update(run);
    best.update(run);
  };
  const ends = [state.on("run", moved), state.on("draft", changed), state.on("check", compute)];
  compute();
  return () => ends.forEach((end) => end());
}
