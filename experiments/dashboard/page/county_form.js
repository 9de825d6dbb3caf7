/** The form of one's own place: few questions first; what is not answered is as its kind of place fills it in, and says so. */
import { api } from "./api.js";
import { control, sentenceCase } from "./fields.js";
import { number, percent } from "./numbers.js";
import { button, details, fill, fresh, make, mark, notice, table } from "./parts.js";
import { sentenceOf, shown } from "./problems.js";
import { language, pick, say } from "./words.js";

const MOMENT = 500;
const KIND = "kind";

/** Build the form into `root` and the picture into `picture`; returns what ends it. */
export function renderCounty(root, picture, state) {
  const ends = [];
  const held = { fields: [], alive: true };
  const build = (told) => {
    const kinds = new Map(told.kinds.map((kind) => [kind.kind, kind]));
    const kindOf = () => kinds.get(state.draft.county?.[KIND]) ?? told.kinds[0];
    const one = (field) => {
      const made = field.kind === "list" ? listField(field, kindOf, state) : plainField(field, kindOf, state);
      held.fields.push({ name: field.name, ...made });
      return made.element;
    };
    const asked = told.questions.filter(({ name }) => name !== KIND);
    const name = told.more.find((field) => field.name === "name");
    const rest = told.more.filter((field) => field !== name);
    const content = [
      make("h2", {}, say("county.title")), make("p", { class: "help" }, say("county.says")),
      name ? one(name) : null, kindField(told, kindOf, state, show), ...asked.map(one),
      details(say("county.more", { n: rest.length }), ...rest.map(one)),
    ];
    show();
    return content;
  };
  const show = () => {
    const errors = state.check?.errors ?? [];
    for (const { name, show: update } of held.fields) {
      const wrong = errors.find(({ where }) => where === `county.${name}` || where?.startsWith(`county.${name}.`));
      update(wrong ? sentenceOf(wrong) : null);
    }
  };
  void shown(root, api.countyFields, build);
  ends.push(state.on("draft", show), state.on("check", show), keepPicture(picture, state));
  return () => ends.forEach((end) => end());
}

function answer(state, name, value) {
  const county = { ...state.draft.county };
  if (value === undefined) delete county[name];
  else county[name] = value;
  state.set({ county });
}

/** What kind of place: it decides what all that is left open is. */
function kindField(told, kindOf, state, show) {
  const id = fresh("kind");
  const field = told.questions.find(({ name }) => name === KIND);
  const says = make("p", { class: "help", id: `${id}-help` });
  const tell = () => fill(says, [field ? pick(field.help) : "", kindOf().says ? say("county.filled-by", { place: pick(kindOf().says) }) : ""].filter(Boolean).map((text) => make("span", {}, text)));
  const select = make("select", {
    id, "aria-describedby": `${id}-help`, on: { change: () => {
      const { name, ...county } = state.draft.county;
      const kept = Object.fromEntries(Object.entries(county).filter(([, value]) => !Array.isArray(value)));
      state.set({ county: { ...kept, ...(name ? { name } : {}), [KIND]: select.value } });
      tell();
      show();
    } },
  }, ...told.kinds.map((kind) => make("option", { value: kind.kind }, pick(kind.title))));
  select.value = kindOf().kind;
  tell();
  return make("div", { class: "field" }, make("div", { class: "field-head" }, make("label", { for: id }, field ? pick(field.title) : say("county.kind"))),
    make("div", { class: "field-row" }, select), says);
}

function declared(field, kind) {
  const type = field.kind === "number" ? (field.whole ? "whole" : "number") : field.kind;
  return { ...field, key: field.name, type, choices: (field.choices ?? []).map(String), optional: true, source: kind.sources?.[field.name] ?? field.source };
}

/** A field of one value. Emptied, it is as assumed again. */
function plainField(field, kindOf, state) {
  const slot = make("div", { "data-field": field.name });
  let made = null;
  let of = null;
  const show = (problem) => {
    const kind = kindOf();
    if (of !== kind) {
      of = kind;
      made = control(declared(field, kind), {
        change: (value) => answer(state, field.name, value === null ? undefined : value), reset: () => answer(state, field.name, undefined),
      });
      fill(slot, made.element);
    }
    const given = state.draft.county?.[field.name];
    const base = kind.defaults?.[field.name] ?? null;
    made.show({ value: given ?? base, base, changed: given !== undefined, assumed: given === undefined && base !== null, problem });
  };
  return { element: slot, show };
}

/** A field of several numbers, each with its name: distances of campuses, weights of districts. */
function listField(field, kindOf, state) {
  const slot = make("div", { "data-field": field.name });
  let of = null;
  let parts = [];
  const wrong = make("p", { class: "wrong", hidden: true });
  const values = (kind) => state.draft.county?.[field.name] ?? kind.defaults?.[field.name] ?? [];
  const show = (problem) => {
    const kind = kindOf();
    if (of !== kind) {
      of = kind;
      const names = kind.entries?.[field.name] ?? [];
      parts = values(kind).map((_, place) => control(
        { ...declared(field, kind), type: "number", optional: false, title: names[place] ?? { zh: String(place + 1), en: String(place + 1) }, source: "", help: "", usual: null },
        { change: (value) => answer(state, field.name, values(kind).map((old, other) => (other === place ? value : old))), reset: () => answer(state, field.name, undefined) },
      ));
      fill(slot, make("fieldset", { class: "field-list" }, make("legend", {}, sentenceCase(pick(field.title))),
        make("p", { class: "help" }, [pick(field.help), kind.sources?.[field.name] ? say("field.source", { source: pick(kind.sources[field.name]) }) : ""].filter(Boolean).map((text) => make("span", {}, text))),
        make("div", { class: "field-list-grid" }, ...parts.map(({ element }) => element)), wrong));
    }
    const given = state.draft.county?.[field.name];
    const base = kind.defaults?.[field.name] ?? [];
    values(kind).forEach((value, place) => parts[place]?.show({
      value, base: base[place], changed: given !== undefined && value !== base[place], assumed: given === undefined,
    }));
    wrong.textContent = problem ?? "";
    wrong.hidden = !problem;
  };
  return { element: slot, show };
}

/** Keep the small picture true: "is this my town?" */
function keepPicture(root, state) {
  let waiting = null;
  let asked = null;
  let last = "";
  const ask = async () => {
    const county = JSON.stringify(state.draft.county);
    if (!state.draft.county || county === last) return;
    last = county;
    asked?.abort();
    asked = new AbortController();
    try {
      const [made, told] = await Promise.all([api.county(state.draft.county, asked.signal), api.countyFields()]);
      fill(root, ...drawn(made, new Map([...told.questions, ...told.more].map((field) => [field.name, field]))));
    } catch (problem) {
      if (problem.name !== "AbortError") fill(root, make("h2", {}, say("picture.title")), make("p", { class: "quiet" }, say("picture.none")));
    }
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, MOMENT);
  };
  fill(root, make("h2", {}, say("picture.title")), make("p", { class: "quiet" }, say("loading")));
  void ask();
  const end = state.on("draft", later);
  return () => { end(); clearTimeout(waiting); asked?.abort(); };
}

/** Draw the picture: unemployment of the young by month, what else a planner may know, and which answers move each most. */
function drawn({ picture, assumed }, fields) {
  const head = [make("h2", {}, say("picture.title")), make("p", { class: "help" }, say("picture.says"))];
  const left = assumed.length ? make("p", { class: "quiet" }, mark("assumed", say("field.assumed-short")), " ", say("picture.assumed", { n: assumed.length })) : null;
  if (!picture) return [...head, make("p", { class: "quiet" }, say("picture.none")), left];
  const { months, titles, moved_by: moved } = picture;
  const young = picture.unemployment_16_24;
  const highest = Math.max(...young, 0.01);
  const bars = months.map((month, place) => {
    const bar = make("meter", { min: "0", max: String(highest), value: young[place], "aria-label": month });
    return make("li", {}, make("span", { class: "month" }, monthOf(month)), bar, make("span", { class: "numeric" }, percent(young[place])));
  });
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const rows = [
    [pick(titles.unemployment_rate), percent(mean(picture.unemployment_rate))], [pick(titles.vacancies_per_seeker), number(mean(picture.vacancies_per_seeker), 2)],
    [say("picture.left"), percent(picture.left)],
  ];
  return [
    ...head, make("h3", {}, pick(titles.unemployment_16_24)), make("ul", { class: "bars" }, ...bars),
    table({ caption: say("picture.title"), quiet: true, numeric: [1], head: [say("place.figure"), say("picture.whole")], rows }),
    left, notice("note", make("p", {}, say("picture.not-us")), make("ul", { class: "moved" }, ...Object.entries(moved).map(([what, names]) => make("li", {}, say(`picture.moved.${what}`), " ",
      ...names.map((name) => button(pick(fields.get(name)?.title) || name, () => jumpTo(name), { class: "link-button" })))))),
    make("p", { class: "help" }, pick(picture.note)),
  ];
}

/** Go to a field of the form, wherever it stands. */
function jumpTo(name) {
  const place = document.querySelector(`[data-field="${CSS.escape(name)}"]`);
  const more = place?.closest("details");
  if (more) more.open = true;
  place?.querySelector("input, select")?.focus();
}

function monthOf(text) {
  return new Intl.DateTimeFormat(language() === "zh" ? "zh-CN" : "en-GB", { month: "short", timeZone: "UTC" }).format(new Date(`${text}-01T00:00:00Z`));
}
