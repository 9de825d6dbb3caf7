/** The answer: one sentence a variant, and the figures that a meeting asks for, each with its range. */
import { isTold, withInterval } from "../charts/look.js";
import { make, mark } from "../parts.js";
import { pick, say } from "../words.js";
import { byRow, costTold, moneyTold, toldWord } from "./rows.js";
import { remade } from "./section.js";

/** Make the panel of the answer. */
export function sentence() {
  const part = remade(({ result, variant }) => [said(result, variant), figures(result, variant), foot(result)]);
  return { element: make("section", { class: "panel answer", "aria-label": say("answer.label"), id: "section-answer" }, part.element), update: part.update };
}

/** Return the sentence of a variant: preliminary while replicates are still to come. */
export function said(result, variant, tag = "h2") {
  const one = result.answer.find((each) => each.variant === variant);
  const { sign, words } = toldWord(one.told);
  return make("div", { class: "answer-said" },
    make("span", { class: `answer-sign told-${one.told}`, role: "img", "aria-label": words, title: words }, sign),
    make(tag, { class: "answer-sentence" }, result.preliminary ? mark("changed", say("preliminary")) : null, result.preliminary ? " " : null, pick(one.sentence)));
}

function figures(result, variant) {
  const jobs = byRow(result.account[variant]).net_additional_jobs;
  const rows = [["figure.jobs", jobs], ["figure.stays", byRow(result.stays?.[variant]).net_additional_jobs], ["figure.firms", byRow(result.firms?.[variant]).net_additional_jobs]];
  const money = result.money?.[variant];
  return make("dl", { class: "figures" },
    ...rows.filter(([, row]) => row).map(([key, row]) => figureOf(say(key), withInterval(row, { sign: true }), isTold(row) || row.low === row.high ? null : say("untold.mark"))),
    money ? figureOf(say("figure.spending"), moneyTold(money.more)) : null,
    result.cost?.[variant] ? figureOf(say("figure.cost"), costTold(result.cost[variant])) : null,
    money ? figureOf(say("figure.capital"), capital(money)) : null);
}

function figureOf(title, told, quiet = null) {
  return make("div", { class: "figure" }, make("dt", {}, title), make("dd", {}, told, quiet ? make("span", { class: "quiet" }, ` ${quiet}`) : null));
}

/** Say what is lent and what invested, which is no spending. */
function capital({ lent, invested }) {
  const parts = [["lent", lent], ["invested", invested]].filter(([, amount]) => amount && amount[0] > 0).map(([key, amount]) => say(`capital.${key}`, { sum: moneyTold(amount) }));
  return parts.length ? parts.join(say("and.so.on")) : say("capital.none");
}

function foot(result) {
  return make("p", { class: "quiet" }, pick(result.compared), " ", say("interval.of"));
}
