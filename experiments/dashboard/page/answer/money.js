/** Money: what is spent, by lever; what is lent and invested stands apart, for it is no spending. */
import { figure } from "../charts/draw.js";
import { lanes } from "../charts/lanes.js";
import { BLUE } from "../charts/look.js";
import { make, table } from "../parts.js";
import { pick, say } from "../words.js";
import { cellsOf, heads, lanesOf, parts } from "./parts.js";
import { costTold, moneyTold, onAxis, unitOf } from "./rows.js";
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
  const drawn = figure({ title: say("money.title"), paint, tabled, printed: "table", ...ofFile("money") });
  return section({ name: "money", title: say("section.money"), parts: [words, drawn, parts()], there: ({ result, variant }) => Boolean(result.money?.[variant]) });
}

function paint({ result, variant, parts: divided }, width) {
  const levers = result.money[variant].by_lever;
  const unit = unitOf(levers);
  const held = levers.map((one) => ({ words: pick(one.title), told: moneyTold(one, unit), mark: "bar", start: 0, end: one.value, low: one.low, high: one.high, colour: BLUE }));
  const groups = [{ title: divided ? say("money.title") : null, lanes: held, write: onAxis(unit) }, ...(divided ? [lanesOf(divided)] : [])];
  return { ...lanes(groups, width), says: groups.flatMap(({ lanes: each }) => each.map(({ words, told }) => `${words}: ${told}`)).join("; ") };
}

/** Return the table of the money, with each lever's part beside it where that was asked for. */
function tabled({ result, variant, parts: divided }) {
  const { by_lever: levers, spending, lent, invested, lost } = result.money[variant];
  const unit = unitOf([...levers, spending, lent, invested, lost]);
  const unitOfCosts = unitOf(divided?.levers.map(({ cost }) => cost) ?? []);
  const besides = (one) => (divided ? cellsOf(one, unitOfCosts) : []);
  const known = new Map(divided?.levers.map((one) => [one.lever, one]));
  const free = divided?.levers.filter(({ lever }) => !levers.some((one) => one.lever === lever)) ?? [];
  return table({
    caption: say("money.title"), head: [say("money.lever"), say("money.sum"), ...(divided ? heads() : [])], numeric: [1, 2, 3, 4, 5],
    rows: [
      ...levers.map((one) => [pick(one.title), moneyTold(one, unit), ...besides(known.get(one.lever))]),
      ...free.map((one) => [pick(one.title), moneyTold([0, 0, 0], unit), ...besides(one)]),
      [say("money.total"), moneyTold(spending, unit), ...besides(divided?.whole)],
      ...[["money.lent", lent], ["money.invested", invested], ["money.lost", lost]].map(([key, sum]) => [say(key), moneyTold(sum, unit), ...besides(null)]),
    ],
  });
}
