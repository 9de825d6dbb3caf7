/** Money: what is spent, by lever; what is lent and invested stands apart, for it is no spending. */
import { figure } from "../charts/draw.js";
import { lanes } from "../charts/lanes.js";
import { BLUE } from "../charts/look.js";
import { yuan } from "../numbers.js";
import { make, table } from "../parts.js";
import { pick, say } from "../words.js";
import { costTold, moneyTold } from "./rows.js";
import { ofFile, remade, section } from "./section.js";

/** Make the section. */
export function money() {
  const words = remade(({ result, variant, budget }) => {
    const { spending, more, lent, invested, lost, over, against_budget: against } = result.money[variant];
    const apart = [lent, invested].some((amount) => amount?.[0] > 0);
    return [
      make("p", {}, say("money.spent", { sum: moneyTold(spending), more: moneyTold(more), cost: costTold(result.cost?.[variant]) })),
      budget === null || !against ? null : make("p", { class: over ? "over" : "" }, over ? "▲ " : null, pick(against)),
      make("p", { class: apart ? "money-apart" : "quiet" }, apart ? say("money.apart", { lent: moneyTold(lent), invested: moneyTold(invested), lost: moneyTold(lost) }) : say("money.no-capital")),
    ];
  });
  const drawn = figure({ title: say("money.title"), paint, tabled, ...ofFile("money") });
  return section({ name: "money", title: say("section.money"), parts: [words, drawn], there: ({ result, variant }) => Boolean(result.money?.[variant]) });
}

function paint({ result, variant }, width) {
  const held = result.money[variant].by_lever.map((one) => ({ words: pick(one.title), told: moneyTold(one), mark: "bar", start: 0, end: one.value, low: one.low, high: one.high, colour: BLUE }));
  return { ...lanes([{ lanes: held, write: yuan }], width), says: held.map(({ words, told }) => `${words}: ${told}`).join("; ") };
}

function tabled({ result, variant }) {
  const { by_lever: levers, spending, lent, invested, lost } = result.money[variant];
  return table({
    caption: say("money.title"), head: [say("money.lever"), say("money.sum")], numeric: [1],
    rows: [...levers.map((one) => [pick(one.title), moneyTold(one)]), [say("money.total"), moneyTold(spending)], [say("money.lent"), moneyTold(lent)], [say("money.invested"), moneyTold(invested)], [say("money.lost"), moneyTold(lost)]],
  });
}
