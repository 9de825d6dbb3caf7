/** Why this number: from those whom the programme served to those who work because of it. A press on a bar shows ten of them. */
import { lanes } from "../charts/lanes.js";
import { figure } from "../charts/draw.js";
import { AMBER, BLUE, DOTTED, GREEN, GREY, STRIPED, VERMILION, isTold } from "../charts/look.js";
import { api } from "../api.js";
import { button, dialog, make, table } from "../parts.js";
import { shown as shownIn } from "../problems.js";
import { number } from "../numbers.js";
import { pick, say } from "../words.js";
import { TOLD, byRow, toldOf, wordsOf } from "./rows.js";
import { ofFile, section } from "./section.js";

const LOOKS = {
  gross_placements: { colour: BLUE }, deadweight: { colour: GREY, pattern: DOTTED }, net_on_participants: { colour: BLUE },
  displacement: { colour: VERMILION, pattern: STRIPED }, jobs_made: { colour: GREEN }, net_additional_jobs: { colour: AMBER },
};
const TOTALS = new Set(["gross_placements", "net_on_participants", "net_additional_jobs"]);

/** Make the section of the account. */
export function account() {
  let now = null;
  const drawn = figure({
    title: say("account.title"), note: () => say("account.note"), hint: say("account.hint"), tableBeside: true, ...ofFile("account"),
    paint: (shown, width) => waterfall(shown, width), tabled: (shown) => tabled(shown), press: ({ data }) => data?.params && cases(now, data.params.row),
  });
  const made = section({ name: "account", title: say("section.account"), parts: [drawn], there: ({ result, variant }) => Boolean(result.account?.[variant]?.length) });
  return { element: made.element, update(shown) { now = shown; made.update(shown); } };
}

/** Return where each bar begins and ends: those served, and from what is left of them to the net number. */
export function bars(rows) {
  const value = (row) => rows[row].value ?? 0;
  const gross = value("gross_placements");
  const net = value("net_on_participants");
  const lost = net - value("displacement");
  const ends = {
    gross_placements: [0, gross], deadweight: [gross, gross - value("deadweight")], net_on_participants: [0, net], displacement: [net, lost],
    jobs_made: [lost, lost + value("jobs_made")], net_additional_jobs: [0, value("net_additional_jobs")],
  };
  return TOLD.map((row) => ({ row, start: ends[row][0], end: ends[row][1] }));
}

function waterfall({ result, variant, against }, width) {
  const rows = byRow(result.account[variant]);
  const made = bars(rows).map(({ row, start, end }) => {
    const { low, high } = TOTALS.has(row) ? rows[row] : { low: null, high: null };
    const balance = row === "net_on_participants" || row === "net_additional_jobs";
    return { words: wordsOf(row, against), told: toldOf(rows[row]), mark: "bar", start, end, low, high, params: { row }, hollow: balance && !isTold(rows[row]), ...LOOKS[row], tip: [wordsOf(row, against), toldOf(rows[row]), say("account.press")] };
  });
  const groups = [{ title: say("account.upper"), lanes: made.slice(0, 2) }, { title: say("account.lower"), lanes: made.slice(2) }];
  return { ...lanes(groups, width), says: made.map(({ words, told }) => `${words}: ${told}`).join("; ") };
}

function tabled(shown) {
  const rows = byRow(shown.result.account[shown.variant]);
  return table({
    caption: say("account.table"), head: [say("table.row"), say("table.persons")], numeric: [1],
    rows: TOLD.map((row) => [button(wordsOf(row, shown.against), () => cases(shown, row), { class: "link-button", "aria-haspopup": "dialog" }), toldOf(rows[row])]),
  });
}

/** Show up to ten persons behind a bar, and the story of the one who is chosen. */
export function cases({ run, variant, against }, row) {
  const place = make("div", { class: "cases" });
  dialog({ title: say("cases.title", { row: wordsOf(row, against) }), content: [make("p", { class: "quiet" }, say("cases.what")), place] });
  void shownIn(place, () => api.persons(run.id, variant, row), (told) => {
    const { persons, count, replicate } = told;
    if (!persons.length) return make("p", {}, say("cases.none"));
    return [make("p", {}, say("cases.count", { n: number(count), shown: number(persons.length) })), make("ul", { class: "case-list" }, ...persons.map((one) => caseOf(run, variant, replicate, one)))];
  });
}

function caseOf(run, variant, replicate, one) {
  const place = make("div", { class: "case-story", "aria-live": "polite" });
  const tell = (event) => {
    event.currentTarget.disabled = true;
    void shownIn(place, () => api.person(run.id, one.person, variant, replicate), story);
  };
  return make("li", {}, make("p", {}, pick(one.one_line), one.became ? make("span", { class: "quiet" }, ` ${pick(one.became)}`) : null), button(say("story.show"), tell, { class: "button button-small" }), place);
}

/** Return a story: who it is, what happened when, how it ends. */
function story({ portrait, sentences, ending }) {
  return [
    ...(portrait ?? []).map((text) => make("p", {}, pick(text))),
    make("ol", { class: "story" }, ...sentences.map(({ when, what }) => make("li", {}, make("strong", {}, pick(when)), " ", pick(what)))),
    ...(ending ?? []).map((text) => make("p", {}, pick(text))),
  ];
}
