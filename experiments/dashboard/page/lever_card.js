/** A lever as a card: a switch, what it is in one sentence, the keys that matter, the rest under "more"; what it spent when it was computed. */
import { control, editable } from "./fields.js";
import { between, yuan } from "./numbers.js";
import { fill, fresh, make, mark } from "./parts.js";
import { sentenceOf } from "./problems.js";
import { runOf } from "./runs.js";
import { pick, say } from "./words.js";

/** Build the card of a lever; returns {element, keys, show(base)}. */
export function leverCard(lever, state) {
  const on = `policy.${lever.lever}.enabled`;
  const id = fresh("lever");
  const parameters = lever.parameters.filter(({ key }) => key !== on);
  const controls = new Map();
  const changed = make("span", { class: "card-changes" });
  const toggle = make("input", { type: "checkbox", role: "switch", id, "aria-describedby": `${id}-says`, on: { change: () => switched(lever, on, toggle.checked, state) } });
  const main = make("div", { class: "card-main" });
  const more = make("details", { class: "more" });
  const more_body = make("div", { class: "more-body" });
  const money = make("div", { class: "card-money" });
  const body = make("div", { class: "card-body" }, main, money, more);
  const element = make("article", { class: "card", "aria-labelledby": `${id}-title` },
    make("div", { class: "card-head" }, make("h3", { id: `${id}-title` }, make("label", { for: id }, pick(lever.title))), changed, toggle),
    make("p", { class: "card-says", id: `${id}-says` }, pick(lever.says), lever.is_capital ? [" ", mark("quiet", say("card.capital"))] : null), body);
  const rest = parameters.filter((told) => !told.main);
  fill(more, make("summary", {}, say("card.more", { n: rest.length })), more_body);
  more.hidden = !rest.length;
  /** Rows under "more" are built when they are first looked at: nine hundred controls would make the page slow. */
  const build = (told, into) => {
    if (!controls.has(told.key)) {
      const made = control(told, { change: (value) => change(told.key, value), reset: () => state.setChange(told.key, undefined) });
      controls.set(told.key, { told, ...made });
      into.append(made.element);
    }
  };
  more.addEventListener("toggle", () => {
    if (more.open) {
      rest.filter((told) => editable(told, valueOf(told, held.base, state))).forEach((told) => build(told, more_body));
      show(held.base);
    }
  });
  const held = { base: {} };
  const change = (key, value) => state.setChange(key, JSON.stringify(value) === JSON.stringify(held.base[key]) ? undefined : value);

  const show = (base) => {
    held.base = base;
    const values = state.check?.values ?? {};
    const enabled = Boolean(state.draft.changes[on] ?? values[on] ?? base[on] ?? false);
    toggle.checked = enabled;
    body.hidden = !enabled;
    element.classList.toggle("off", !enabled);
    if (enabled) parameters.filter((told) => told.main).forEach((told) => build(told, main));
    const mine = Object.keys(state.draft.changes).filter((key) => key.startsWith(`policy.${lever.lever}.`));
    fill(changed, mine.length ? mark("changed", say("card.changes", { n: mine.length })) : null);
    for (const { told, show: update } of controls.values()) {
      const wrong = state.check?.errors.find(({ where }) => where === told.key);
      update({
        value: valueOf(told, base, state), base: base[told.key] ?? told.default, changed: told.key in state.draft.changes, problem: wrong ? sentenceOf(wrong) : null,
      });
    }
    fill(money, spent(lever));
  };
  return { element, keys: lever.parameters.map(({ key }) => key), show };
}

function valueOf(told, base, state) {
  if (told.key in state.draft.changes) return state.draft.changes[told.key];
  return state.check?.values?.[told.key] ?? base[told.key] ?? told.default;
}

/** Switch a lever: on, it begins with the smallest offer where it has none; off, what was changed of it goes. */
function switched(lever, on, wanted, state) {
  const changes = { ...state.draft.changes };
  const values = { ...(state.check?.values ?? {}), ...changes };
  if (wanted) {
    changes[on] = true;
    for (const [key, least] of Object.entries(lever.to_begin ?? {})) if (!values[key]) changes[key] = least;
  } else {
    for (const key of Object.keys(changes)) if (key.startsWith(`policy.${lever.lever}.`)) delete changes[key];
    changes[on] = false;
  }
  state.set({ changes });
}

/** Say what a lever spent, as it was computed, and what was short. */
function spent(lever) {
  const run = runOf();
  const variant = run?.result?.answer?.[0]?.variant;
  const row = run?.result?.money?.[variant]?.by_lever?.find((each) => each.lever === lever.lever);
  const short = (run?.result?.capacity?.[variant] ?? []).filter((each) => each.lever === lever.lever);
  const sum = row?.value;
  return [
    sum === null || sum === undefined ? null : make("p", { class: "spent" }, say("card.spent"), " ", make("strong", {}, yuan(sum)),
      row.low === null || row.low === undefined ? null : make("span", { class: "quiet" }, ` ${between(row.low, row.high, yuan)}`)),
    ...short.map((each) => make("p", { class: each.bound ? "short-of" : "quiet" }, pick(each))),
  ];
}

