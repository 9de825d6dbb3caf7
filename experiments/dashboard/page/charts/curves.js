/** Lines over time with their bands: with and without on one axis, the paired difference below. */
import { number, signed } from "../numbers.js";
import { pick, say } from "../words.js";
import { BLUE, DARK, FONT, SOFT, isNarrow, numbers, tip, withInterval } from "./look.js";

const TOP = 34;
const BETWEEN = 46;
const AXIS = 26;
export const LEFT = 56;
const BAND = 0.16;
const EDGE = 0.5;

/** Return {option, height, says} of an outcome in two worlds, and of their difference. `shown` is {curve, variant, label, without, write}. */
export function overTime({ curve, variant, label, without, write }, width) {
  const upper = isNarrow(width) ? 190 : 220;
  const lower = isNarrow(width) ? 120 : 140;
  const given = curve.worlds[variant];
  const baseline = baselineOf(curve);
  const difference = curve.difference[variant];
  const grid = [
    { left: LEFT, right: 14, top: TOP, height: upper },
    { left: LEFT, right: 14, top: TOP + upper + BETWEEN, height: lower },
  ];
  const dates = (place, labelled) => ({
    type: "category", gridIndex: place, data: curve.days, boundaryGap: false, axisTick: { show: false }, axisLine: { lineStyle: { color: SOFT }, onZero: false },
    axisLabel: { show: labelled, color: SOFT, fontSize: 12, hideOverlap: true, interval: (at) => beginsMonth(curve.days, at), formatter: (day) => day.slice(0, 7) },
  });
  const [least, most] = extent([given, baseline]);
  const [lowest, highest] = extent([difference], true);
  const series = [
    band("baseline", baseline, DARK, 0, { dashed: true }), band("given", given, BLUE, 0), band("difference", difference, BLUE, 1),
    line(without, baseline, { color: DARK, type: "dashed" }, 0), line(label, given, { color: BLUE }, 0), line(say("time.difference"), difference, { color: BLUE }, 1),
  ];
  series.at(-1).markLine = { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: DARK, type: "solid", width: 1 }, data: [{ yAxis: 0 }] };
  const told = (at) => [
    curve.days[at],
    `${label}: ${estimate(given, at, write)}`, `${without}: ${estimate(baseline, at, write)}`,
    `${say("time.difference")}: ${estimate(difference, at, write, true)}`,
  ];
  const last = curve.days.length - 1;
  return {
    height: TOP + upper + BETWEEN + lower + AXIS,
    says: told(last).join("; "),
    option: {
      grid, xAxis: [dates(0, false), dates(1, true)], series,
      yAxis: [
        { ...numbers(write), gridIndex: 0, min: least, max: most },
        { ...numbers((value) => signed(value, steps(difference))), gridIndex: 1, splitNumber: 3, min: lowest, max: highest },
      ],
      legend: { top: 2, left: LEFT, data: [label, without], itemWidth: 28, itemStyle: { opacity: 0 }, textStyle: { fontSize: 13, color: DARK, fontFamily: FONT }, selectedMode: false },
      title: { text: say("time.difference.title"), left: LEFT, top: TOP + upper + 12, textStyle: { fontSize: 13, fontWeight: 700, color: DARK, fontFamily: FONT } },
      axisPointer: { link: [{ xAxisIndex: "all" }] },
      tooltip: { trigger: "axis", confine: true, formatter: (marks) => tip(told(marks[0].dataIndex)) },
    },
  };
}

/** Return the world with which all others of a curve are compared: the one of which there is no difference. */
export const baselineOf = ({ worlds, difference }) => worlds[Object.keys(worlds).find((name) => !(name in difference)) ?? Object.keys(worlds)[0]];

const beginsMonth = (days, at) => at > 0 && days[at].slice(0, 7) !== days[at - 1].slice(0, 7);
const steps = (difference) => (Math.max(...difference.mean.map((value) => Math.abs(value ?? 0))) < 1 ? 2 : 0);

/** Return the table behind lines: the days at which one reads, from the first to the last. */
export function readings({ curve, variant, write }, count = 9) {
  const last = curve.days.length - 1;
  const places = [...new Set(Array.from({ length: count }, (_, step) => Math.round((step * last) / (count - 1))))];
  return places.map((at) => [
    curve.days[at], estimate(curve.worlds[variant], at, write), estimate(baselineOf(curve), at, write), estimate(curve.difference[variant], at, write, true),
  ]);
}

function estimate(one, at, write, sign = false) {
  const value = one.mean[at];
  if (value === null) return say("number.none");
  if (write === number) return withInterval({ value, low: one.low[at], high: one.high[at] }, { sign });
  return say("number.interval", { value: (sign && value > 0 ? "+" : "") + write(value), low: write(one.low[at]), high: write(one.high[at]) });
}

/** Return where the axis of some lines with bands begins and ends: at zero where that costs little. */
export function extent(lines, withZero = false) {
  const all = lines.flatMap(({ mean, low, high }) => [...mean, ...low, ...high]).filter((value) => value !== null && Number.isFinite(value));
  if (all.length === 0) return [0, 1];
  const least = Math.min(...all);
  const most = Math.max(...all);
  const room = 0.06 * (most - least || 1);
  const fromZero = withZero || (least >= 0 && least < 0.5 * most);
  return [fromZero && least >= 0 ? 0 : least - room, fromZero && most <= 0 ? 0 : most + room];
}

export function line(name, { mean }, style, place) {
  return { type: "line", name, data: mean, xAxisIndex: place, yAxisIndex: place, symbol: "none", connectNulls: false, lineStyle: { width: 2.5, ...style }, itemStyle: { color: style.color }, z: 3 };
}

/** Return a band between two lines, drawn as one shape. */
export function band(name, { low, high }, colour, place, { along = null, dashed = false } = {}) {
  const known = low.map((value, at) => (value === null || high[at] === null ? null : at)).filter((at) => at !== null);
  const at = (place_, value) => [along ? along[place_] : place_, value];
  return {
    type: "custom", name, xAxisIndex: place, yAxisIndex: place, silent: true, clip: true, z: 1, data: known.length ? [at(known[0], low[known[0]])] : [], tooltip: { show: false },
    renderItem: (_, api) => ({
      type: "polygon",
      shape: { points: [...known.map((step) => api.coord(at(step, high[step]))), ...known.toReversed().map((step) => api.coord(at(step, low[step])))] },
      style: { fill: colour, fillOpacity: BAND, stroke: colour, strokeOpacity: EDGE, lineWidth: 1, lineDash: dashed ? [4, 3] : null },
    }),
  };
}

/** Return the name of an outcome with its unit. */
export function withUnit({ title, unit }) {
  const named = pick(unit);
  return named && named !== "share" && named !== "%" ? say("with.unit", { title: pick(title), unit: named }) : pick(title);
}
