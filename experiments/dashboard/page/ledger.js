/** A ledger read in: what was read, guessed and refused, row by row; afterwards the draft is about those persons. */
import { api } from "./api.js";
import { number } from "./numbers.js";
import { announce, button, details, fill, fresh, make, mark, notice, table } from "./parts.js";
import { said, sentenceOf } from "./problems.js";
import { pick, say } from "./words.js";

const PEOPLE = "population.people";
const FIRST = 8;

/** Build the way in for a ledger; returns what ends it. */
export function renderLedger(root, state) {
  const id = fresh("ledger");
  const report = make("div", {});
  const input = make("input", { id, type: "file", accept: ".xlsx,.xls,.ods,.csv", "aria-describedby": `${id}-help`, on: { change: () => void take() } });
  const take = async () => {
    const [file] = input.files;
    if (!file) return;
    fill(report, make("p", { class: "quiet" }, say("ledger.reading", { name: file.name })));
    announce(say("ledger.reading", { name: file.name }));
    try {
      const told = await api.ledger(file);
      state.setChange(PEOPLE, told.handle);
      fill(report, ...row_by_row(told));
      announce(say("ledger.read", { n: number(told.rows), bad: number(told.refused.length) }));
    } catch (problem) {
      fill(report, said(problem));
    }
    input.value = "";
  };
  const inUse = make("div", {});
  const show = () => fill(inUse, state.draft.changes[PEOPLE] ? make("p", {}, mark("changed", say("ledger.in-use")), " ",
    button(say("ledger.leave"), () => state.setChange(PEOPLE, undefined), { class: "link-button" })) : null);
  show();
  const end = state.on("draft", show);
  void api.about().then(({ extras }) => { if (extras.ledger === false) fill(root, make("h2", {}, say("ledger.title")), make("p", { class: "quiet" }, say("ledger.missing"))); }, () => null);
  fill(root, make("h2", {}, say("ledger.title")), make("p", {}, say("ledger.says")),
    make("div", { class: "field" }, make("label", { for: id }, say("ledger.choose")), input, make("p", { class: "help", id: `${id}-help` }, say("ledger.help"))),
    make("p", {}, button(say("ledger.template"), () => api.download(api.ledgerTemplate, "template.xlsx").catch((problem) => fill(report, said(problem))), { class: "button button-quiet" })),
    inUse, report);
  return end;
}

const amount = (told) => (Array.isArray(told) ? told.length : told ?? 0);

function row_by_row(told) {
  const list = (entries) => {
    const rows = entries.map(({ row, what, why }) => [row === null || row === undefined ? "–" : number(row), pick(what), why ? pick(why) : sentenceOf({})]);
    const make_ = (some) => table({ caption: say("ledger.rows"), quiet: true, head: [say("ledger.row"), say("ledger.what"), say("ledger.why")], rows: some });
    return [make_(rows.slice(0, FIRST)), rows.length > FIRST ? details(say("ledger.all", { n: rows.length - FIRST }), make_(rows.slice(FIRST))) : null];
  };
  const { refused, guessed } = told;
  return [
    notice(refused.length ? "caution" : "note", make("p", {}, say("ledger.read", { n: number(amount(told.rows)), bad: number(refused.length) }))),
    refused.length ? [make("h3", {}, say("ledger.refused")), ...list(refused)] : null,
    Array.isArray(guessed) && guessed.length ? details(say("ledger.guessed", { n: guessed.length }), ...list(guessed)) : null,
    counted(told.counts),
    make("p", { class: "quiet" }, say("ledger.privacy")),
  ];
}

function counted(counts) {
  const groups = Array.isArray(counts) ? counts : Object.entries(counts ?? {}).map(([title, n]) => ({ title, n }));
  if (!groups.length) return null;
  return details(say("ledger.counts"), table({
    caption: say("ledger.counts"), quiet: true, numeric: [1], head: [say("place.figure"), say("ledger.persons")],
    rows: groups.map((each) => [pick(each.title ?? each.what), each.n === null || each.hidden ? say("ledger.hidden") : number(each.n ?? each.count ?? each.value)]),
  }));
}
