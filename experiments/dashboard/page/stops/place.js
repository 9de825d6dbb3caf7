/** ① My place: a place that the model knows, explained with its facts; or one's own, by a form; a ledger beside it. */
import { api } from "../api.js";
import { renderCounty } from "../county_form.js";
import { renderLedger } from "../ledger.js";
import { number, percent, yuan } from "../numbers.js";
import { details, fill, link, make, mark, table } from "../parts.js";
import { shown } from "../problems.js";
import { pick, say } from "../words.js";

export function render(root, state) {
  const choice = make("div", { class: "panel" });
  const chosen = make("div", {});
  const onward = make("p", { class: "onward" }, link(say("place.onward"), state.address("programme"), { class: "button button-main" }));
  fill(root, choice, chosen, onward);
  let end = () => {};
  const follow = state.on("draft", () => onward.querySelector("a").setAttribute("href", state.address("programme")));
  const show = () => {
    end();
    end = () => {};
    if (state.draft.county) end = renderOwn(chosen, state);
    else {
      const ledger = make("section", { class: "panel" });
      end = renderLedger(ledger, state);
      void shown(chosen, () => api.programme(state.draft.programme), (programme) => explained(programme, ledger));
    }
  };
  void shown(choice, api.programmes, (programmes) => choices(programmes, state, show));
  show();
  return () => { end(); follow(); };
}

/** Build the choice of a place: one radio button a place, the last one's own. */
function choices(programmes, state, show) {
  const places = programmes.filter(({ levers_on: on }) => on.length);
  const choose = (patch) => {
    state.set(patch);
    show();
  };
  const option = (title, says, checked, patch, own = false) => make("label", { class: `choice ${own ? "choice-own" : ""}` },
    make("input", { type: "radio", name: "place", checked, on: { change: () => choose(patch()) } }),
    make("span", { class: "choice-text" }, make("span", { class: "choice-title" }, title), make("span", { class: "choice-says" }, says)));
  const { county, programme } = state.draft;
  let kept = county;
  return make("fieldset", { class: "choices" }, make("legend", {}, say("place.which")), make("div", { class: "choice-grid" },
    ...places.map((each) => option(pick(each.place), say("place.says", { title: pick(each.title), n: number(each.size.people) }),
      !county && programme === each.name, () => {
        kept = state.draft.county ?? kept;
        return { programme: each.name, county: null };
      })),
    option(say("place.own"), say("place.own.says"), Boolean(county), () => ({ county: kept ?? { kind: "county" } }), true)));
}

/** Build what is known of a programme: in sentences, in facts with their sources, in reported figures. */
function explained(programme, ledger) {
  const { facts, reported } = programme;
  const first = make("section", { class: "panel" }, make("h2", {}, pick(programme.title)),
    ...programme.explained.slice(0, 3).map((text) => make("p", {}, pick(text))),
    programme.explained.length > 3 ? details(say("place.explained-more"), make("ul", {}, ...programme.explained.slice(3).map((text) => make("li", {}, pick(text))))) : null,
    make("p", { class: "quiet" }, say("place.document", { document: pick(programme.document) })));
  const few = facts.slice(0, 6);
  const rows = (list) => list.map((fact) => [pick(fact.text), sourceOf(fact)]);
  const head = [say("place.fact"), say("place.source")];
  return [
    make("div", { class: "two" }, first, ledger),
    facts.length ? make("section", { class: "panel" }, make("h2", {}, say("place.facts")), table({ caption: say("place.facts"), head, rows: rows(few), quiet: true }),
      facts.length > few.length ? details(say("place.facts-more", { n: facts.length - few.length }), table({ caption: say("place.facts"), head, rows: rows(facts.slice(6)), quiet: true })) : null) : null,
    reported.length ? make("section", { class: "panel" }, make("h2", {}, say("place.reported")), make("p", { class: "help" }, say("place.reported.says")),
      table({
        caption: say("place.reported"), quiet: true, numeric: [1], head: [say("place.figure"), say("place.value"), say("place.source")],
        rows: reported.map((figure) => [pick(figure.title ?? figure.what), valueOf(figure), pick(figure.what)]),
      })) : null,
  ];
}

function valueOf({ value, unit }) {
  if (unit?.en === "share") return percent(value);
  if (unit?.en === "CNY") return yuan(value);
  const words = pick(unit);
  return `${number(value, 2)} ${words === "-" ? "" : words}`;
}

function sourceOf(fact) {
  const text = pick(fact.source);
  return fact.document === false && !text.startsWith(say("field.assumed-short")) ? [mark("assumed", say("field.assumed-short")), " ", text] : text;
}

/** Build the form of one's own place, and the way in for a ledger beside it. */
function renderOwn(root, state) {
  const form = make("section", { class: "panel" });
  const beside = make("div", { class: "beside" });
  fill(root, make("div", { class: "two" }, form, beside));
  const picture = make("section", { class: "panel", "aria-live": "off" });
  const ledger = make("section", { class: "panel" });
  fill(beside, picture, ledger);
  const endForm = renderCounty(form, picture, state);
  const endLedger = renderLedger(ledger, state);
  return () => { endForm(); endLedger(); };
}
