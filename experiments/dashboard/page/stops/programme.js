/** ② My programme: the levers in groups, each a card with the few keys that matter; budget and what it is compared with above. */
import { api } from "../api.js";
import { control, sentenceCase } from "../fields.js";
import { leverCard } from "../lever_card.js";
import { button, details, fill, link, make, notice } from "../parts.js";
import { sentenceOf, shown } from "../problems.js";
import { DEFAULTS } from "../state.js";
import { pick, say } from "../words.js";

const NUMBER = { type: "whole", low: null, high: null, usual: null, source: "", help: "", optional: false };

export function render(root, state) {
  const ends = [];
  const head = make("section", { class: "panel" });
  const notes = make("div", {});
  const groups = make("div", {});
  const onward = make("p", { class: "onward" }, link(say("programme.onward"), state.address("adds"), { class: "button button-main" }));
  fill(root, head, notes, groups, onward);
  let base = {};
  let cards = [];
  let count = () => {};
  const known = async () => {
    base = (await api.programme(state.draft.programme)).values;
    show();
  };
  let programme = state.draft.programme;
  const show = () => {
    onward.querySelector("a").setAttribute("href", state.address("adds"));
    fill(notes, problemsElsewhere(state, cards));
    cards.forEach((card) => card.show(base));
    count();
    if (programme !== state.draft.programme) {
      programme = state.draft.programme;
      void known();
    }
  };
  void shown(head, api.programmes, (programmes) => headOf(programmes, state, ends));
  void shown(groups, () => Promise.all([api.levers(), known()]), ([levers]) => {
    cards = levers.map((lever) => leverCard(lever, state));
    const all = grouped(levers, cards);
    count = all.count;
    show();
    return all.content;
  });
  for (const name of ["draft", "check", "run"]) ends.push(state.on(name, show));
  return () => ends.forEach((end) => end());
}

/** Return the groups in the order in which they come, each a section of cards. */
function grouped(levers, cards) {
  const sections = new Map();
  levers.forEach((lever, place) => {
    if (!sections.has(lever.group)) sections.set(lever.group, { title: pick(lever.group_title), cards: [] });
    sections.get(lever.group).cards.push(cards[place].element);
  });
  const made = [...sections.values()].map(({ title, cards: held }) => {
    const head = make("h2", { tabindex: "-1" }, title);
    return { title, held, head, element: make("section", { class: "group" }, head, make("div", { class: "card-grid" }, ...held)) };
  });
  const jump = ({ head }) => {
    head.scrollIntoView({ block: "start" });
    head.focus({ preventScroll: true });
  };
  const buttons = made.map((group) => button("", () => jump(group), { class: "button button-small button-quiet" }));
  const count = () => made.forEach(({ title, held }, place) => {
    buttons[place].textContent = say("programme.group", { title, on: held.filter((card) => !card.classList.contains("off")).length, all: held.length });
  });
  return { count, content: [make("div", { class: "row jumps", role: "group", "aria-label": say("programme.groups") }, ...buttons), ...made.map(({ element }) => element)] };
}

/** Build what stands above the cards: where it begins, the budget, what it is compared with, and how it is computed. */
function headOf(programmes, state, ends) {
  const template = choice("programme", say("programme.template"), say("programme.template.says"), programmes.map(({ name, title }) => [name, pick(title)]));
  const against = choice("against", say("programme.against"), say("programme.against.says"), [["none", say("programme.against.none")], ["programme", say("programme.against.programme")]]);
  const behaviour = choice("behaviour", say("programme.behaviour"), say("programme.behaviour.says"), [["calibrated", say("programme.behaviour.calibrated")], ["evidence", say("programme.behaviour.evidence")]]);
  const budget = asNumber("budget", { title: say("programme.budget"), unit: { zh: "元", en: "CNY" }, low: 0, high: 1e13, optional: true, help: say("programme.budget.says") });
  const replicates = asNumber("replicates", { title: say("programme.replicates"), unit: "", low: 1, high: 200, help: say("programme.replicates.says") });
  const seed = asNumber("seed", { title: say("programme.seed"), unit: "", low: 0, high: 2 ** 32 - 1, help: say("programme.seed.says") });
  const all = [template, against, behaviour, budget, replicates, seed];
  const back = button(say("programme.reset-all"), () => state.set({ changes: {} }), { class: "button button-quiet" });
  const show = () => {
    all.forEach((each) => each.show());
    back.hidden = !Object.keys(state.draft.changes).length;
  };
  ends.push(state.on("draft", show));
  show();
  return [make("div", { class: "head-grid" }, template.element, budget.element, against.element), details(say("programme.how"), make("div", { class: "head-grid" }, behaviour.element, replicates.element, seed.element)), back];

  function choice(name, title, help, options) {
    const words = Object.fromEntries(options);
    const made = control({ key: name, title, unit: "", type: "choice", choices: options.map(([value]) => value), choice_titles: words, source: "", help },
      { change: (value) => state.set({ [name]: value }), reset: () => state.set({ [name]: DEFAULTS[name] }) });
    return { element: made.element, show: () => made.show({ value: state.draft[name], base: DEFAULTS[name], changed: name !== "programme" && state.draft[name] !== DEFAULTS[name] }) };
  }

  function asNumber(name, told) {
    const made = control({ ...NUMBER, ...told, key: name }, { change: (value) => state.set({ [name]: value }), reset: () => state.set({ [name]: DEFAULTS[name] }) });
    return { element: made.element, show: () => made.show({ value: state.draft[name], base: DEFAULTS[name], changed: name !== "budget" && state.draft[name] !== DEFAULTS[name] }) };
  }
}

/** Say what is wrong with the draft that no card shows, and what is to be known beforehand. */
function problemsElsewhere(state, cards) {
  const { check } = state;
  if (!check) return [];
  const keys = new Set(cards.flatMap((card) => card.keys));
  const wrong = check.errors.filter(({ where }) => !keys.has(where));
  return [
    ...wrong.map((error) => notice("error", make("p", {}, sentenceOf(error)), error.where in state.draft.changes
      ? button(say("programme.drop", { key: error.where }), () => state.setChange(error.where, undefined), { class: "button button-quiet" }) : null)),
    check.notes.length ? make("div", { class: "panel notes" }, make("h2", {}, say("programme.notes")), make("ul", {}, ...check.notes.map((note) => make("li", {}, sentenceCase(pick(note)))))) : null,
  ];
}
