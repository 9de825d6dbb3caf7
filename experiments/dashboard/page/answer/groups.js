/** For whom: the difference in each group with its range; hollow where it cannot be told; groups too small to tell of are hidden and said so. */
import { figure } from "../charts/draw.js";
import { lanes } from "../charts/lanes.js";
import { BLUE, isTold, withInterval } from "../charts/look.js";
import { signed } from "../numbers.js";
import { make, table } from "../parts.js";
import { pick, say } from "../words.js";
import { ofFile, remade, section } from "./section.js";

const seen = ({ result, variant }) => result.for_whom[variant].filter(({ hidden }) => !hidden);
const estimate = ({ difference, low, high }) => ({ value: difference, low, high });

/** Make the section. */
export function groups() {
  const drawn = figure({ title: say("groups.title"), note: () => say("groups.note"), paint, tabled, ...ofFile("groups") });
  const hidden = remade(({ result, variant }) => {
    const count = result.for_whom[variant].filter((one) => one.hidden).length;
    return count ? make("p", { class: "quiet" }, say("groups.hidden", { n: count })) : [];
  });
  const told = remade((shown) => {
    const certain = seen(shown).filter((one) => isTold(estimate(one)));
    return make("p", {}, certain.length ? say("groups.told", { groups: certain.map(({ title, ...one }) => `${pick(title)} ${withInterval(estimate(one), { sign: true })}`).join(say("and.so.on")) }) : say("groups.none"));
  });
  return section({ name: "groups", title: say("section.groups"), parts: [told, drawn, hidden], there: (shown) => Boolean(shown.result.for_whom?.[shown.variant]?.length) });
}

function paint(shown, width) {
  const held = seen(shown).map((one) => ({
    words: pick(one.title), told: withInterval(estimate(one), { sign: true }), mark: "dot", end: one.difference, low: one.low, high: one.high, colour: BLUE, hollow: !isTold(estimate(one)),
  }));
  return { ...lanes([{ lanes: held, write: signed }], width), says: held.map(({ words, told }) => `${words}: ${told}`).join("; ") };
}

function tabled(shown) {
  return table({
    caption: say("groups.title"), head: [say("groups.group"), say("groups.more"), say("table.told")], numeric: [1],
    rows: seen(shown).map((one) => [pick(one.title), withInterval(estimate(one), { sign: true }), say(`told.${one.told}`)]),
  });
}
