/** What if one number were smaller or larger: its curve with a band, the part named where nothing more can be told, and a slider along it. */
import { api } from "../api.js";
import { ofFile } from "../answer/section.js";
import { moneyTold, unitOf } from "../answer/rows.js";
import { status } from "../answer/status.js";
import { figure } from "../charts/draw.js";
import { withInterval } from "../charts/look.js";
import { answerCurve } from "../charts/one_lever.js";
import { written } from "../fields.js";
import { readNumber, number } from "../numbers.js";
import { button, fill, fresh, make, table } from "../parts.js";
import { shown } from "../problems.js";
import { begin } from "../runs.js";
import { canonical } from "../state.js";
import { pick, say } from "../words.js";
import { byKey, isNumeric, keyChoice } from "./keys.js";
import { inForce, isOn } from "./variants.js";

const MOST = 9;
const FEWEST = 2;
const PROPOSED = 5;

/** Make the panel; `update(run)` is told of every run that moves. */
export function whatIf(state) {
  const form = make("div", { class: "what-if-form" });
  const line = status({ again: () => ask() });
  const found = make("div", { hidden: true });
  const flat = make("p", { class: "what-if-flat" });
  const stale = make("p", { class: "quiet", hidden: true }, say("stale"));
  const slider = sliderOf(state);
  const drawn = figure({ title: say("what_if.curve"), note: () => say("what_if.note"), paint: (result, width) => curveOf(result, width), tabled, name: ({ key }) => `yizhan-${key.replaceAll(".", "-")}`, foot: footOf });
  found.append(stale, flat, drawn.element, slider.element);
  const element = make("section", { class: "panel", id: "section-what-if", "aria-labelledby": "what-if-title" }, make("h2", { id: "what-if-title" }, say("what_if.title")), make("p", { class: "quiet" }, say("what_if.what")), form, line.element, found);
  let run = null;
  let ask = () => null;

  void shown(form, () => api.levers(), (levers) => {
    const known = byKey(levers);
    const [id, valuesId] = [fresh("key"), fresh("values")];
    const choice = keyChoice(levers, { id, on: isOn(state), wanted: isNumeric });
    const values = make("input", { id: valuesId, type: "text", autocomplete: "off", "aria-describedby": `${valuesId}-help` });
    const wrong = make("p", { class: "wrong", hidden: true, role: "alert" });
    const toldOf = () => known.get(choice.value)?.told;
    const propose = () => { values.value = choice.value ? proposal(toldOf(), inForce(state, toldOf())).map((value) => shownAs(toldOf(), value)).join(say("list.join")) : ""; };
    choice.addEventListener("change", propose);
    if (choice.options.length > 1) [, { value: choice.value }] = choice.options;
    propose();
    ask = () => {
      const told = toldOf();
      const read = told ? readValues(told, values.value) : { wrong: say("what_if.choose") };
      wrong.hidden = !read.wrong;
      wrong.textContent = read.wrong ?? "";
      if (read.wrong) return;
      run = begin("what_if", { what_if: { key: told.key, values: read.values } });
      show();
    };
    return make("div", { class: "fields" }, make("p", { class: "field-pair" }, make("label", { for: id }, say("what_if.key")), choice),
      make("p", { class: "field-pair" }, make("label", { for: valuesId }, say("what_if.values")), values, make("span", { class: "help", id: `${valuesId}-help` }, say("what_if.values.help"))), wrong, button(say("what_if.compute"), () => ask(), { class: "button button-main" }));
  });

  function show() {
    line.update(run);
    found.hidden = !run?.result;
    if (!run?.result) return;
    stale.hidden = canonical(run.draft) === canonical(state.draft);
    const { result } = run;
    fill(flat, result.preliminary ? `${say("preliminary")}：` : null, result.flat ? pick(result.flat) : say("what_if.no-flat"));
    drawn.update(result);
    slider.update(result);
  }
  return { element, update(moved) { if (moved === run) show(); }, show };
}

const isShare = ({ unit }) => unit?.en === "share";
const shownAs = (told, value) => (isShare(told) ? `${Number((100 * value).toPrecision(6))}%` : String(value));

/** Return values worth trying: the usual range in equal steps, and the one in force. */
export function proposal(told, now) {
  const [low, high] = told.usual ?? [told.low ?? 0, now ? 2 * now : Math.min(told.high ?? 10, (told.low ?? 0) + 10)];
  const whole = told.type !== "number";
  const steps = Array.from({ length: PROPOSED }, (_, step) => low + (step * (high - low)) / (PROPOSED - 1)).map((value) => (whole ? Math.round(value) : Number(value.toPrecision(2))));
  return [...new Set([...steps, ...(typeof now === "number" ? [now] : [])])].sort((one, other) => one - other);
}

/** Read the values that were typed; {values} or {wrong}. */
export function readValues(told, text) {
  const parts = text.split(/[,，、;；\s]+/).filter(Boolean);
  const values = [...new Set(parts.map((part) => (isShare(told) && !/[%％]/.test(part) && readNumber(part) > 1 ? readNumber(part) / 100 : readNumber(part))))];
  if (values.some((value) => value === null || Number.isNaN(value))) return { wrong: say("what_if.wrong.number") };
  if (values.length < FEWEST || values.length > MOST) return { wrong: say("what_if.wrong.count", { least: FEWEST, most: MOST }) };
  const beyond = values.find((value) => (told.low !== null && value < told.low) || (told.high !== null && value > told.high));
  if (beyond !== undefined) return { wrong: say("what_if.wrong.range", { value: written(told, beyond), low: written(told, told.low), high: told.high === null ? "∞" : written(told, told.high) }) };
  return { values: values.sort((one, other) => one - other) };
}

function curveOf(result, width) {
  const flat = result.flat && result.flat.place !== undefined ? { from: result.points[result.flat.place].value } : null;
  return answerCurve({ points: result.points, unit: pick(result.unit), title: pick(result.title), flat, now: placeOfNow(result), ylabel: say("figure.jobs") }, width);
}

/** Return the place of the value in force among the points; -1 where it is none of them. */
const placeOfNow = ({ points, now }) => points.findIndex(({ name, value }) => name === now || String(value) === String(now));

const footOf = (result) => `${say("brand")} Yizhan · ${pick(result.title)} · ${say("run.done", { n: number(result.replicates) })}`;

function tabled(result) {
  const unit = unitOf(result.points.map(({ spending }) => spending));
  return table({
    caption: pick(result.title), head: [pick(result.unit), say("figure.jobs"), say("figure.stays"), say("columns.spending")], numeric: [1, 2, 3],
    rows: result.points.map((point, at) => [at === placeOfNow(result) ? `${number(point.value, 4)} (${say("what_if.now")})` : number(point.value, 4), withInterval(jobsOf(point), { sign: true }), withInterval(listed(point.stays), { sign: true }), moneyTold(point.spending, unit)]),
  });
}

const jobsOf = ({ mean, low, high }) => ({ value: mean, low, high });
const listed = (list) => ({ value: list?.[0] ?? null, low: list?.[1] ?? null, high: list?.[2] ?? null });

/** Make a slider along the values that were computed: what each brings, in words, and a button that takes it. */
function sliderOf(state) {
  const id = fresh("slider");
  const input = make("input", { id, type: "range", min: "0", step: "1", on: { input: () => tell() } });
  const words = make("output", { for: id, class: "slider-words" });
  let result = null;
  const tell = () => {
    const point = result.points[Number(input.value)];
    const said = say("what_if.at", { value: `${number(point.value, 4)} ${pick(result.unit)}`, jobs: withInterval(jobsOf(point), { sign: true }), sum: moneyTold(point.spending) });
    words.textContent = said;
    input.setAttribute("aria-valuetext", said);
  };
  const take = () => state.setChange(result.key, result.points[Number(input.value)].value);
  const element = make("div", { class: "slider no-print" }, make("label", { for: id }, say("what_if.slider")), input, words, button(say("what_if.take"), take, { class: "button" }));
  return {
    element,
    update(given) {
      const first = result === null || result.key !== given.key;
      result = given;
      input.max = String(result.points.length - 1);
      if (first) input.value = String(Math.max(0, placeOfNow(result)));
      tell();
    },
  };
}
