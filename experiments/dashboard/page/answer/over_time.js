/** Over time: the same place with and without the programme on one axis, and the paired difference below. */
import { overTime, readings, withUnit } from "../charts/curves.js";
import { figure } from "../charts/draw.js";
import { fresh, make, table } from "../parts.js";
import { say } from "../words.js";
import { labelOf, writerOf } from "./rows.js";
import { ofFile, section } from "./section.js";

/** Make the section, with a choice among the outcomes that have daily values. */
export function time() {
  let chosen = null;
  let now = null;
  const id = fresh("outcome");
  const choice = make("select", { id, on: { change: (event) => { chosen = event.target.value; update(now); } } });
  const of = (shown) => {
    const outcome = chosen in shown.result.curves ? chosen : Object.keys(shown.result.curves)[0];
    const curve = shown.result.curves[outcome];
    return { curve, variant: shown.variant, label: labelOf(shown.result, shown.variant), without: say(`without.${shown.against === "none" ? "none" : "programme"}`), write: writerOf(curve.unit) };
  };
  const drawn = figure({
    title: say("time.title"), note: (shown) => say("time.note", { outcome: withUnit(of(shown).curve) }), paint: (shown, width) => overTime(of(shown), width), ...ofFile("over-time"),
    tabled: (shown) => table({ caption: withUnit(of(shown).curve), head: [say("time.day"), of(shown).label, of(shown).without, say("time.difference")], numeric: [1, 2, 3], rows: readings(of(shown)) }),
  });
  const made = section({
    name: "time", title: say("section.time"), parts: [make("p", { class: "row no-print" }, make("label", { for: id }, say("time.choose")), choice), drawn],
    there: ({ result, variant }) => Object.values(result.curves ?? {}).some(({ worlds }) => worlds[variant]),
  });
  const update = (shown) => {
    now = shown;
    const names = Object.keys(shown.result.curves ?? {});
    if (names.join() !== [...choice.options].map(({ value }) => value).join()) {
      choice.replaceChildren(...names.map((name) => make("option", { value: name }, withUnit(shown.result.curves[name]))));
    }
    if (chosen in (shown.result.curves ?? {})) choice.value = chosen;
    made.update({ ...shown, chosen });
  };
  return { element: made.element, update };
}
