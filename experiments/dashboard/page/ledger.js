/** A ledger read in: what was read, guessed and refused, row by row; afterwards the draft is about those persons. */
import { api } from "./api.js";
import { number } from "./numbers.js";
import { announce, button, details, fill, fresh, make, mark, notice, table } from "./parts.js";
import { said } from "./problems.js";
import { pick, plainly, say } from "./words.js";

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
      fill(report, ...rowByRow(told));
      announce(summary(told));
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

function summary({ rows, read, guessed, refused_rows: refused = 0, skipped_rows: skipped = 0 }) {
  return say("ledger.read", { rows: number(rows), n: number(read), guessed: number(guessed), bad: number(refused + skipped) });
}

/** Say what became of the rows: those not used one by one, what was guessed or left open by kind, how the columns were read, who was read. */
function rowByRow(told) {
  const { refused, guesses = [], missed = [], columns = [], counts = [] } = told;
  const several = new Set(refused.map(({ sheet }) => sheet)).size > 1;
  const rows = refused.map(({ sheet, row, what, why }) => [several ? `${sheet} · ${number(row)}` : number(row), pick(what), plainly(why)]);
  const listed = (caption, head, some, numeric = []) => table({ caption, quiet: true, head, rows: some, numeric });
  const ofRows = (some) => listed(say("ledger.refused"), [say("ledger.row"), say("ledger.what"), say("ledger.why")], some);
  const ofKinds = (title, some) => (some.length ? details(say(title, { n: some.length }), listed(say(title, { n: some.length }),
    [say("ledger.what"), say("ledger.how"), say("ledger.rows")], some.map(({ what, why, rows: n }) => [pick(what), plainly(why), number(n)]), [2])) : null);
  return [
    notice(rows.length ? "caution" : "note", make("p", {}, summary(told))),
    rows.length ? [make("h3", {}, say("ledger.refused")), ofRows(rows.slice(0, FIRST))] : null,
    rows.length > FIRST ? details(say("ledger.all", { n: rows.length - FIRST }), ofRows(rows.slice(FIRST))) : null,
    ofKinds("ledger.guessed", guesses), ofKinds("ledger.missed", missed),
    columns.length ? details(say("ledger.columns"), listed(say("ledger.columns"), [say("ledger.column"), say("ledger.what"), say("ledger.how")],
      columns.map(({ column, what, how }) => [column, what ? pick(what) : "–", pick(how)]))) : null,
    counts.length ? details(say("ledger.counts"), listed(say("ledger.counts"), [say("place.figure"), say("place.value"), say("ledger.status"), say("ledger.persons")],
      counts.map(({ what, value, status, persons, mark: few }) => [pick(what), pick(value), pick(status), persons === null ? pick(few) : number(persons)]), [3]),
    make("p", { class: "help" }, pick(told.small))) : null,
    make("p", { class: "quiet" }, pick(told.private), " ", say("ledger.privacy")),
  ];
}
