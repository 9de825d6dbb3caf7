/** The parameters of levers, by key: what they are called, and which can be varied here. */
import { sentenceCase } from "../fields.js";
import { make } from "../parts.js";
import { pick, say } from "../words.js";

const CONTROLLED = new Set(["flag", "boolean", "whole", "integer", "number", "choice", "date"]);
const NUMERIC = new Set(["whole", "integer", "number"]);

/** Return key → {lever, told} of all parameters. */
export function byKey(levers) {
  return new Map(levers.flatMap((lever) => lever.parameters.map((told) => [told.key, { lever, told }])));
}

/** Return what a key is called: its lever and its meaning. */
export function keyTitle(known, key) {
  const found = known.get(key);
  return found ? say("key.title", { lever: pick(found.lever.title), title: pick(found.told.title) }) : key;
}

/** Tell whether a parameter is a number that can be drawn along an axis. */
export const isNumeric = ({ type }) => NUMERIC.has(type);

/** Make a choice among the parameters that matter, in groups by lever; those of levers that are on come first. */
export function keyChoice(levers, { id, on = () => false, wanted = () => true, ...attributes }) {
  const fits = (told) => CONTROLLED.has(told.type) && (told.main || told.key.endsWith(".enabled")) && wanted(told);
  const ordered = [...levers.filter(({ lever }) => on(lever)), ...levers.filter(({ lever }) => !on(lever))];
  const groups = ordered.map((lever) => [lever, lever.parameters.filter(fits)]).filter(([, held]) => held.length);
  return make("select", { id, ...attributes }, make("option", { value: "" }, say("key.choose")),
    ...groups.map(([lever, held]) => make("optgroup", { label: pick(lever.title) }, ...held.map((told) => make("option", { value: told.key }, sentenceCase(pick(told.title)))))));
}
