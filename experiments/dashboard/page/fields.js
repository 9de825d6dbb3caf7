/** A control made of a declaration: its unit, range, meaning and source beside it; what is changed is marked and can be given back; a wrong value says why. */
import { number, readNumber } from "./numbers.js";
import { button, fill, fresh, make, mark } from "./parts.js";
import { language, pick, say } from "./words.js";

const HUGE = 1e12;
const GROUPED = 10_000;
const NUMBERS = new Set(["number", "whole"]);

const PERCENT = { share: () => "%", "1/year": () => say("unit.percent-a-year") };
const isShare = (told) => told.unit?.en in PERCENT;
const listed = (value) => Array.isArray(value) && value.every((one) => typeof one === "number");

/** Return a value as the reader writes it. */
export function written(told, value) {
  if (value === null || value === undefined) return say("field.none");
  if (told.type === "flag" || typeof value === "boolean") return say(value ? "field.yes" : "field.no");
  if (Array.isArray(value)) return value.map((one) => (typeof one === "object" ? "…" : written(told, one))).join(", ");
  if (typeof value === "number") return isShare(told) ? `${number(100 * value, 2)}%` : number(value, 4);
  return choiceWord(told, value);
}

/** Return what is shown of one of several choices: the words of the declaration where it has some, else its name. */
function choiceWord(told, value) {
  return told.choice_titles?.[value] ? pick(told.choice_titles[value]) : String(value).replaceAll("_", " ");
}

function typed(told, value) {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map((one) => typed(told, one)).join(", ");
  if (typeof value !== "number") return String(value);
  const plain = isShare(told) ? Number((100 * value).toPrecision(12)) : value;
  return told.type === "whole" && Math.abs(plain) >= GROUPED ? number(plain) : String(plain);
}

/** Return the range of a declaration in words, and the usual one. */
export function rangeWords(told) {
  const { low, high, usual } = told;
  const has = (value) => value !== null && value !== undefined && Math.abs(value) < HUGE;
  const range = has(low) && has(high) ? say("field.range", { low: written(told, low), high: written(told, high) })
    : has(low) && low !== 0 ? say("field.least", { low: written(told, low) }) : has(high) ? say("field.most", { high: written(told, high) }) : "";
  const often = usual ? say("field.usual", { low: written(told, usual[0]), high: written(told, usual[1]) }) : "";
  return [range, often].filter(Boolean).join(say("field.join"));
}

function unitWords(told) {
  if (isShare(told)) return PERCENT[told.unit.en]();
  const unit = pick(told.unit);
  return unit === "-" || told.type === "date" ? "" : unit;
}

const WITHOUT = { zh: /[，；,;]\s*null\s*(?:为|：|:)?\s*(.+)$/, en: /[;,]\s*null:?\s+(?:is |means )?(.+)$/ };
const ASSUMED = /^(?:assumption|假定)(?:[（(，,:：\s]*(?:no local evidence|无本地依据)[）)]?)?[，,；;:：\s]*/;

/** Return a meaning as a title, and what it means that the field is empty: files say "null", a page has an empty field. */
function titleOf(told) {
  const text = pick(told.title);
  const found = WITHOUT[language()].exec(text);
  return found ? [text.slice(0, found.index), say("field.empty", { what: found[1] })] : [text, ""];
}

/** Read what was typed: {value} or {wrong}. */
function read(told, text) {
  const plain = text.trim();
  if (plain === "") return told.optional ? { value: null } : { wrong: say("field.wrong.empty") };
  if (told.type === "date") return /^\d{4}-\d\d-\d\d$/.test(plain) ? { value: plain } : { wrong: say("field.wrong.date") };
  if (told.type === "list") {
    const all = plain.split(/[,，、;；\s]+/).filter(Boolean).map((one) => readOne({ ...told, type: "number" }, one));
    return all.find((one) => one.wrong) ?? { value: all.map((one) => one.value) };
  }
  return NUMBERS.has(told.type) ? readOne(told, plain) : { value: plain };
}

function readOne(told, text) {
  let value = readNumber(text);
  if (value === null || Number.isNaN(value)) return { wrong: say("field.wrong.number", { text }) };
  if (isShare(told) && !/[%％]/.test(text)) value = Number((value / 100).toPrecision(12));
  if (told.type === "whole" && !Number.isInteger(value)) return { wrong: say("field.wrong.whole", { text }) };
  const { low, high } = told;
  if (low !== null && low !== undefined && value < low) return { wrong: say("field.wrong.low", { value: written(told, value), low: written(told, low) }) };
  if (high !== null && high !== undefined && value > high) return { wrong: say("field.wrong.high", { value: written(told, value), high: written(told, high) }) };
  return { value };
}

/**
 * Make a control. `told` is the declaration ({key, title, unit, type, low, high, usual, choices, optional, source, assumption, help}).
 *
 * Returns {element, show({value, base, changed, assumed, problem})}: `value` in force, `base` what it would be unchanged, `problem` what the server says of it.
 */
export function control(told, { change, reset }) {
  const id = fresh("field");
  const wrong = make("p", { class: "wrong", id: `${id}-wrong`, hidden: true });
  const marks = make("span", { class: "field-marks" });
  const back = make("span", { class: "field-back" });
  const held = { value: undefined, unread: false };

  const tell = (text) => {
    wrong.textContent = text ?? "";
    wrong.hidden = !text;
    input.setAttribute("aria-invalid", String(Boolean(text)));
  };
  const take = () => {
    const found = told.type === "flag" ? { value: input.checked } : read(told, input.value);
    held.unread = Boolean(found.wrong);
    if (found.wrong) return tell(`${found.wrong} ${say("field.kept", { value: written(told, held.value) })}`);
    tell(null);
    if (JSON.stringify(found.value) !== JSON.stringify(held.value)) change(found.value);
    return undefined;
  };
  const input = inputOf(told, id, take);
  const unit = unitWords(told);
  const range = rangeWords(told);
  const source = told.assumption ? mark("assumed", say("field.assumed")) : null;
  const sourceText = told.assumption ? pick(told.source).replace(ASSUMED, "") : pick(told.source);
  const [title, empty] = titleOf(told);
  const element = make("div", { class: `field field-${told.type}` },
    make("div", { class: "field-head" }, make("label", { for: id }, sentenceCase(title)), marks),
    make("div", { class: "field-row" }, input, unit ? make("span", { class: "unit", id: `${id}-unit` }, unit) : null, back),
    wrong,
    make("p", { class: "help", id: `${id}-help` }, [pick(told.help), empty, range].filter(Boolean).map((text) => make("span", {}, text)),
      sourceText || source ? make("span", { class: "source" }, source ?? say("field.source", { source: sourceText }),
        source && sourceText ? ` ${sourceText}` : null) : null));
  input.setAttribute("aria-describedby", [`${id}-wrong`, unit ? `${id}-unit` : null, `${id}-help`].filter(Boolean).join(" "));

  const show = ({ value, base, changed = false, assumed = false, problem = null }) => {
    held.value = value;
    if (told.type === "flag") input.checked = Boolean(value);
    else if (told.type === "choice") input.value = String(value);
    else if (!held.unread && document.activeElement !== input) input.value = typed(told, value);
    if (!held.unread) tell(problem);
    element.classList.toggle("changed", changed);
    element.classList.toggle("assumed", assumed);
    fill(marks, changed ? mark("changed", say("field.changed")) : assumed ? mark("assumed", say("field.assumed-short")) : null);
    const again = () => {
      held.unread = false;
      reset();
      input.focus();
    };
    const words = base === undefined || base === null || told.type === "text" ? say("field.reset") : say("field.reset-to", { value: written(told, base) });
    fill(back, changed ? button(words, again, { class: "link-button", "aria-label": say("field.reset-of", { words, title }) }) : null);
  };
  return { element, show };
}

function inputOf(told, id, take) {
  if (told.type === "choice") {
    return make("select", { id, on: { change: take } }, ...told.choices.map((one) => make("option", { value: one }, choiceWord(told, one))));
  }
  if (told.type === "flag") return make("input", { id, type: "checkbox", on: { change: take } });
  if (told.type === "date") return make("input", { id, type: "date", on: { change: take } });
  const kind = NUMBERS.has(told.type) ? { inputmode: told.type === "whole" ? "numeric" : "decimal", class: "short" } : {};
  return make("input", { id, type: "text", autocomplete: "off", spellcheck: "false", ...kind, on: { change: take, keydown: (event) => step(event, told, take) } });
}

/** Arrow keys move a whole number by one, as they do everywhere. */
function step(event, told, take) {
  if (event.key === "Enter") return take();
  const move = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
  const value = readNumber(event.target.value);
  if (!move || told.type !== "whole" || value === null || Number.isNaN(value)) return undefined;
  event.preventDefault();
  event.target.value = String(Math.min(told.high ?? Infinity, Math.max(told.low ?? -Infinity, value + move)));
  return take();
}

/** Tell whether a parameter can be edited here: lists of numbers can, lists of tables cannot. */
export function editable(told, value) {
  return told.type !== "list" || value === null || value === undefined || listed(value) || (Array.isArray(value) && value.length === 0);
}

/** Write a title with a capital letter first, as titles of declarations have none. */
export function sentenceCase(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
