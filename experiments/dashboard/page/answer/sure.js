/** How sure: three ranges told apart in words, never one number; and which assumption carries the answer, to be found out first. */
import { figure } from "../charts/draw.js";
import { lanes } from "../charts/lanes.js";
import { BLUE, DOTTED, GREY, STRIPED } from "../charts/look.js";
import { number, percent, signed } from "../numbers.js";
import { button, details, make, table } from "../parts.js";
import { pick, say } from "../words.js";
import { byRow } from "./rows.js";
import { ofFile, remade, section } from "./section.js";

const LINES = [
  { name: "error", colour: BLUE, pattern: null },
  { name: "ignorance", colour: "#56b4e9", pattern: STRIPED },
  { name: "prediction", colour: GREY, pattern: DOTTED },
];

/** Return the three ranges of the net number of a variant: {name, low, high, half}. */
export function ranges({ result, variant }) {
  const { ignorance, prediction, simulation_error: error } = result.how_sure?.[variant] ?? {};
  const mean = meanOf({ result, variant });
  const of = { error: typeof error === "number" ? [mean - error, mean + error] : null, ignorance, prediction };
  return LINES.filter(({ name }) => of[name] && of[name][0] !== null).map((line) => {
    const [low, high] = of[line.name];
    return { ...line, low, high, half: (high - low) / 2 };
  });
}

const meanOf = ({ result, variant }) => byRow(result.account?.[variant]).net_additional_jobs?.value ?? null;

/** Make the section: the picture, its three sentences, the button. */
export function sure() {
  const drawn = figure({ title: say("sure.title"), paint, tabled, ...ofFile("how-sure") });
  const words = remade((shown) => make("ul", { class: "sure-lines" }, ...ranges(shown).map(({ name, half }) => make("li", {},
    make("strong", {}, say(`sure.${name}`, { half: number(half, half < 1 ? 1 : 0) })), " ", make("span", { class: "quiet" }, say(`sure.${name}.means`))))));
  const what = remade(({ result, variant }) => make("p", { class: "quiet" }, pick(result.how_sure[variant].of)));
  const ask = button(say("sure.ask"), () => {
    const place = document.getElementById("section-carries");
    place.scrollIntoView({ block: "start" });
    place.querySelector("h2").focus({ preventScroll: true });
  }, { class: "button button-main" });
  return section({
    name: "sure", title: say("section.sure"), parts: [words, what, drawn, make("div", { class: "row no-print" }, ask)],
    there: (shown) => ranges(shown).length > 0,
  });
}

function paint(shown, width) {
  const held = ranges(shown).map(({ name, low, high, colour, pattern }) => ({
    words: say(`sure.${name}.short`), told: say("range", { low: signed(low), high: signed(high) }), mark: "range", end: meanOf(shown), low, high, colour, pattern,
  }));
  return { ...lanes([{ lanes: held, write: signed }], width), says: held.map(({ words, told }) => `${words}: ${told}`).join("; ") };
}

function tabled(shown) {
  return table({
    caption: say("sure.title"), head: [say("sure.what"), say("table.mean"), say("table.low"), say("table.high")], numeric: [1, 2, 3],
    rows: ranges(shown).map(({ name, low, high }) => [say(`sure.${name}.short`), signed(meanOf(shown), 1), signed(low, 1), signed(high, 1)]),
  });
}

/** Make the section of what should be found out first. No order is shown that cannot be told. */
export function carries() {
  const told = remade(({ result, variant }) => {
    const { sentence, rows } = result.carries[variant];
    const certain = (rows ?? []).filter(({ low }) => low > 0);
    const others = (rows ?? []).filter(({ low }) => !(low > 0));
    return [
      make("p", {}, pick(sentence) || say("carries.nothing")),
      certain.length ? tableOf(certain, say("carries.told")) : null,
      others.length ? details(say("carries.others", { n: others.length }), make("p", { class: "quiet" }, say("carries.order")), tableOf(alphabetic(others), say("carries.untold"))) : null,
    ];
  });
  const made = section({ name: "carries", title: say("section.carries"), parts: [told], there: ({ result, variant }) => Boolean(result.carries?.[variant]) });
  made.element.querySelector("h2").tabIndex = -1;
  return made;
}

const alphabetic = (rows) => rows.toSorted((one, other) => pick(one.title).localeCompare(pick(other.title)));

function tableOf(rows, caption) {
  return table({
    caption, head: [say("carries.assumption"), say("carries.share"), say("carries.source")], numeric: [1],
    rows: rows.map(({ title, share, low, high, source }) => [pick(title), say("number.interval", { value: percent(share), low: percent(low), high: percent(high) }), pick(source)]),
  });
}
