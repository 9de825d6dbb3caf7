/** ⑤ Take along: the report first, tables, the address, a name to keep it under, and how to repeat it. */
import { api } from "../api.js";
import { keepShelf } from "../shelf.js";
import { button, copyable, copyButton, fill, fresh, link, make, notice, progress, tabs } from "../parts.js";
import { said } from "../problems.js";
import { begin, BUSY, runOf } from "../runs.js";
import { language, say } from "../words.js";

const REPORTS = ["report.docx", "report.html", "report.pdf"];
const TABLES = ["result.xlsx", "result.csv", "result.json", "programme.yaml"];

export function render(root, state) {
  const files = make("section", { class: "panel" });
  const address = make("section", { class: "panel" });
  const again = make("section", { class: "panel" });
  const shelf = make("section", { class: "panel" });
  fill(root, files, make("div", { class: "two-even" }, address, shelf), again);
  const ends = [keepFiles(files, state), keepAddress(address, state), keepCommands(again, state), keepShelf(shelf, state)];
  return () => ends.forEach((end) => end());
}

/** Keep the buttons of files: there when the draft is computed, a way to compute it else. */
function keepFiles(root, state) {
  let told = "";
  const trouble = make("div", {});
  const show = () => {
    const run = runOf();
    const mine = run ? `${run.id} ${run.state} ${BUSY.has(run.state) ? Math.round(run.share * 100) : ""}` : "none";
    if (mine === told) return;
    told = mine;
    fill(root, make("h2", {}, say("take.files")), run?.state === "done" ? ready(run, trouble, state) : waiting(run), trouble);
  };
  show();
  const ends = [state.on("run", show), state.on("draft", show)];
  return () => ends.forEach((end) => end());
}

function waiting(run) {
  if (run && BUSY.has(run.state)) return [make("p", {}, say("take.computing")), progress(run.share, say("run.kind.compare"))];
  return [run?.problem ? said(run.problem) : null, make("p", {}, say("take.compute-first")), button(say("take.compute"), () => begin(), { class: "button button-main" })];
}

function ready(run, trouble, state) {
  const fetched = (name) => async (event) => {
    const pressed = event.currentTarget;
    pressed.setAttribute("aria-busy", "true");
    fill(trouble);
    try {
      await api.download(api.fileOf(run.id, name, language()), name);
    } catch (problem) {
      fill(trouble, said(problem));
    }
    pressed.removeAttribute("aria-busy");
  };
  const one = (name, place) => make("li", {}, button(say(`file.${name}`), fetched(name), { class: `button ${place === 0 ? "button-main" : ""}`, "aria-describedby": `says-${name}` }),
    make("span", { class: "help", id: `says-${name}` }, say(`file.${name}.says`)));
  return [make("h3", {}, say("take.report")), make("ul", { class: "files" }, ...REPORTS.map(one)), make("h3", {}, say("take.tables")),
    make("ul", { class: "files" }, ...TABLES.map((name) => one(name, 1))), make("p", { class: "help" }, say("take.pictures"), " ", link(say("stop.adds"), state.address("adds")))];
}

/** Keep the address: it holds the whole scenario. */
function keepAddress(root, state) {
  const id = fresh("address");
  const whole = () => location.origin + location.pathname + state.address("adds", null);
  const input = make("input", { id, readonly: true, class: "wide", on: { focus: () => input.select() } });
  const show = () => { input.value = whole(); };
  fill(root, make("h2", {}, say("take.share")), make("p", {}, say("take.share.says")),
    make("label", { for: id }, say("take.address")), make("div", { class: "row" }, input, copyButton(whole, { label: say("take.copy-address") })),
    /^(127\.|localhost|\[::1\])/.test(location.hostname) ? make("p", { class: "help" }, say("take.only-here")) : null);
  show();
  return state.on("draft", show);
}

/** Keep the same on the command line and in Python, as the server writes it. */
function keepCommands(root, state) {
  let told = null;
  const show = () => {
    const { check } = state;
    const now = check ? `${check.command}\n${check.python}` : "";
    if (now === told) return;
    told = now;
    const content = !check ? make("p", { class: "quiet" }, say("loading"))
      : !check.ok ? notice("caution", make("p", {}, say("take.wrong"))) : tabs(say("take.again"), [
        { title: say("take.command"), content: [copyable(check.command, say("take.command"))] }, { title: say("take.python"), content: [copyable(check.python, say("take.python"))] },
      ]);
    fill(root, make("h2", {}, say("take.again")), make("p", {}, say("take.again.says")), content, make("p", { class: "help" }, say("take.again.same")));
  };
  show();
  return state.on("check", show);
}
