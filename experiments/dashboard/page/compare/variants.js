/** The variants of a draft: beside the programme at most three more, each with what is changed in it; added, copied, renamed, changed, removed. */
import { api } from "../api.js";
import { VARIANTS } from "../charts/look.js";
import { control, written } from "../fields.js";
import { announce, button, dialog, fill, fresh, link, make, notice } from "../parts.js";
import { shown } from "../problems.js";
import { say } from "../words.js";
import { byKey, keyChoice, keyTitle } from "./keys.js";

const MOST = 3;

/** Make the list of variants; `update()` brings it up to date. */
export function variants(state) {
  const list = make("ul", { class: "variants" });
  const add = make("div", { class: "row" });
  const element = make("section", { class: "panel", "aria-labelledby": "variants-title" }, make("h2", { id: "variants-title" }, say("variants.title")), make("p", { class: "quiet" }, say("variants.what")), list, add);
  let known = new Map();
  api.levers().then((levers) => { known = byKey(levers); update(); }, () => null);

  const held = () => state.draft.variants;
  const set = (variants_) => state.set({ variants: variants_ });
  const free = () => held().length < MOST;
  const label = () => [..."ABCDEFGH"].map((letter) => say("variants.label", { letter })).find((name) => !held().some((one) => one.label === name));

  function update() {
    fill(list, main(), held().map((variant, place) => row(variant, place)));
    fill(add, free() ? button(say("variants.add"), () => edit(state, { label: label(), changes: {} }, (made) => set([...held(), made])), { class: "button" }) : make("p", { class: "quiet" }, say("variants.most")));
  }

  function main() {
    return make("li", { class: "variant" }, sign(0), make("div", { class: "variant-body" }, make("p", { class: "variant-name" }, say("variants.main")),
      make("p", { class: "quiet" }, link(say("run.mend"), state.address("programme")))));
  }

  function row(variant, place) {
    const id = fresh("variant");
    const name = make("input", { id, type: "text", value: variant.label, maxlength: "40", on: { change: () => rename(place, name.value) } });
    const act = (key, does) => button(say(`variants.${key}`), does, { class: "button button-small", "aria-label": say("variants.act", { act: say(`variants.${key}`), name: variant.label }) });
    return make("li", { class: "variant" }, sign(place + 1), make("div", { class: "variant-body" },
      make("label", { for: id, class: "visually-hidden" }, say("variants.name")), name,
      make("ul", { class: "variant-changes" }, ...Object.entries(variant.changes).map(([key, value]) => make("li", {}, `${keyTitle(known, key)}: ${valueOf(known, key, value)}`))),
      make("div", { class: "row" }, act("change", () => edit(state, variant, (made) => set(held().map((one, at) => (at === place ? made : one))))),
        free() ? act("copy", () => set([...held(), { label: label(), changes: { ...variant.changes } }])) : null,
        act("remove", () => remove(place)))));
  }

  function rename(place, text) {
    const given = text.trim();
    const taken = held().some((one, at) => at !== place && one.label === given);
    if (!given || taken) {
      announce(say("variants.taken"));
      update();
    } else set(held().map((one, at) => (at === place ? { ...one, label: given } : one)));
  }

  function remove(place) {
    announce(say("variants.removed", { name: held()[place].label }));
    set(held().filter((_, at) => at !== place));
  }

  update();
  return { element, update };
}

/** Return the mark of a variant: its colour, and its number for who does not see the colour. */
export function sign(place) {
  const mark = make("span", { class: "variant-sign", "aria-hidden": "true" }, String(place + 1));
  mark.style.setProperty("background", VARIANTS[place]);
  return mark;
}

function valueOf(known, key, value) {
  const found = known.get(key);
  return found ? written(found.told, value) : JSON.stringify(value);
}

/** Ask what is changed in a variant, and hand it over when something is. */
function edit(state, variant, done) {
  const changes = { ...variant.changes };
  const rows = make("div", { class: "stack" });
  const wrong = make("p", { class: "wrong", hidden: true });
  const id = fresh("key");
  const place = make("div", { class: "stack" });
  const finish = () => {
    wrong.hidden = Object.keys(changes).length > 0;
    wrong.textContent = say("variants.nothing");
    if (!wrong.hidden) return;
    done({ ...variant, changes });
    box.close();
  };
  const box = dialog({ title: say("variants.edit", { name: variant.label }), content: [place, wrong, make("div", { class: "row" }, button(say("variants.done"), finish, { class: "button button-main" }))] });
  void shown(place, () => api.levers(), (levers) => {
    const known = byKey(levers);
    const choice = keyChoice(levers, { id, on: isOn(state), wanted: ({ key }) => !(key in changes) });
    choice.addEventListener("change", () => {
      if (!choice.value) return;
      changes[choice.value] = proposed(state, known.get(choice.value).told);
      rows.append(controlOf(choice.value));
      choice.querySelector(`option[value="${choice.value}"]`).remove();
      choice.value = "";
    });
    const controlOf = (key) => {
      const found = known.get(key);
      if (!found) return notice("note", make("p", {}, `${key}: ${JSON.stringify(changes[key])}`));
      const made = control({ ...found.told, title: titled(found) }, { change: (value) => { changes[key] = value; }, reset: () => { delete changes[key]; made.element.remove(); } });
      made.show({ value: changes[key], base: inForce(state, found.told), changed: true });
      return made.element;
    };
    fill(rows, Object.keys(changes).map(controlOf));
    return [rows, make("div", { class: "row" }, make("label", { for: id }, say("variants.key")), choice)];
  });
}

const titled = ({ lever, told }) => ({ zh: `${lever.title.zh}：${told.title.zh}`, en: `${lever.title.en}: ${told.title.en}` });

/** Return the value that the programme has. */
export function inForce(state, told) {
  return state.draft.changes[told.key] ?? state.check?.values?.[told.key] ?? told.default;
}

/** Tell whether a lever is on in the programme. */
export function isOn(state) {
  return (lever) => Boolean(state.draft.changes[`policy.${lever}.enabled`] ?? state.check?.values?.[`policy.${lever}.enabled`]);
}

/** Return a value to begin with: another one than the programme has. */
function proposed(state, told) {
  const now = inForce(state, told);
  if (typeof now === "boolean") return !now;
  if (told.type === "choice") return told.choices.find((one) => one !== now) ?? now;
  return now ?? told.usual?.[0] ?? told.low ?? 0;
}
