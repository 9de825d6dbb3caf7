/** What was enough and what not; the steps from hearing of it to a job; and what operators reported beside what is simulated, misses first. */
import { figure } from "../charts/draw.js";
import { lanes } from "../charts/lanes.js";
import { BLUE, withInterval } from "../charts/look.js";
import { number, percent } from "../numbers.js";
import { details, make, mark, notice, table } from "../parts.js";
import { language, pick, plainly, say } from "../words.js";
import { writerOf } from "./rows.js";
import { ofFile, remade, section } from "./section.js";

const capacities = ({ result, variant }) => (result.capacity?.[variant] ?? []).filter(({ what, value }) => what !== "turned_away" || Math.round(value) > 0);

/** Make the section of capacities: beds that stand empty, people who are turned away. */
export function capacity() {
  const list = remade((shown) => make("ul", { class: "capacity" }, ...capacities(shown).map((one) => make("li", {}, one.bound ? mark("over", say("capacity.bound")) : null, " ", pick(one)))));
  return section({ name: "capacity", title: say("section.capacity"), parts: [list], there: (shown) => capacities(shown).length > 0 });
}

const estimate = ({ value, low, high }) => withInterval({ value, low, high });

const LONG = 3;
const long = ({ result, variant }) => (result.funnels?.[variant] ?? []).filter(({ stages }) => stages.length > LONG);
const short = ({ result, variant }) => (result.funnels?.[variant] ?? []).filter(({ stages }) => stages.length === LONG);

/** Make the section of funnels: who takes each step; whom each service reached, served and turned away in a table. */
export function funnels() {
  const drawn = figure({ title: say("funnels.title"), note: () => say("funnels.note"), paint, tabled, ...ofFile("funnels") });
  const services = remade((shown) => (short(shown).length ? details(say("funnels.services"), table({
    caption: say("funnels.services"), head: [say("money.lever"), ...short(shown)[0].stages.map(({ title }) => pick(title))], numeric: [1, 2, 3],
    rows: short(shown).map(({ title, stages }) => [pick(title), ...stages.map(estimate)]),
  })) : []));
  return section({ name: "funnels", title: say("section.funnels"), parts: [drawn, services], there: (shown) => long(shown).length > 0 });
}

function paint(shown, width) {
  const groups = long(shown).map(({ title, stages }) => ({
    title: pick(title), axis: false, lanes: stages.map((one) => ({ words: pick(one.title), told: estimate(one), mark: "bar", start: 0, end: one.value, low: one.low, high: one.high, colour: BLUE })),
  }));
  const says = groups.map((group) => `${group.title}: ${group.lanes.map(({ words, told }) => `${words} ${told}`).join(", ")}`).join("; ");
  return { ...lanes(groups, width), says };
}

function tabled(shown) {
  return make("div", { class: "stack" }, ...long(shown).map(({ title, stages }) => table({
    caption: pick(title), head: [say("funnels.step"), say("funnels.count"), say("funnels.share")], numeric: [1, 2],
    rows: stages.map((one, place) => [pick(one.title), estimate(one), place && stages[place - 1].value > 0 && one.value <= stages[place - 1].value ? percent(one.value / stages[place - 1].value) : "–"]),
  })));
}

/** Make the section of what was reported beside what is simulated. */
export function known() {
  const compared = remade(({ result, run }) => {
    const telling = result.reported.filter(({ plan, chosen }) => !plan && !chosen);
    const others = result.reported.filter(({ plan, chosen }) => plan || chosen);
    return [
      make("p", { class: "quiet" }, say("known.what")),
      elsewhere(run.draft) ? notice("caution", make("p", {}, say("known.elsewhere"))) : null,
      telling.length ? tableOf(telling, say("known.title")) : make("p", {}, say("known.nothing")),
      others.length ? details(say("known.others", { n: others.length }), make("p", { class: "quiet" }, say("known.others.why")), tableOf(others, say("known.others.title"))) : null,
    ];
  });
  return section({ name: "known", title: say("section.known"), parts: [compared], there: ({ result }) => Boolean(result.reported?.length) });
}

/** Tell whether a draft is of another place or of other people than those whom the operator reported on. */
const elsewhere = ({ county, changes }) => county !== null || Object.keys(changes).some((key) => /^(population|region)\./.test(key));

function tableOf(rows, caption) {
  return table({
    caption, head: [say("known.figure"), say("known.reported"), say("known.simulated"), say("known.match"), say("known.why")], numeric: [1, 2],
    rows: rows.map((one) => [plainly(one.title), figureOf(one, one.reported), simulated(one), mark("quiet", match(one)), [whyOf(one), noteOf(one)]]),
  });
}

function whyOf({ plan, chosen, why }) {
  if (plan) return say("known.plan");
  return chosen ? say("known.chosen") : pick(why);
}

const noteOf = ({ note }) => (note && (language() === "en" || note.zh !== note.en) ? make("span", { class: "quiet" }, ` ${pick(note)}`) : null);
const figureOf = ({ unit }, value) => writerOf(unit)(value);

function simulated({ unit, simulated: [value, low, high] }) {
  const write = writerOf(unit);
  return write === number ? withInterval({ value, low, high }) : say("number.interval", { value: write(value), low: write(low), high: write(high) });
}

function match({ reported, simulated: [mean, low, high] }) {
  if (low !== null && low <= reported && reported <= high) return say("known.within");
  return say(mean > reported ? "known.above" : "known.below");
}
