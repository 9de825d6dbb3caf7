/** Colours, patterns and words of marks: the same colour for the same thing everywhere, apart for the colour-blind (Okabe and Ito 2008). */
import { number, signed } from "../numbers.js";
import { say } from "../words.js";

export const FONT = "'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif";
export const INK = "#1a1a1a";
export const DARK = "#333333";
export const SOFT = "#595959";
export const GRID = "#e3e3e3";
export const BLUE = "#0072b2";
export const VERMILION = "#d55e00";
export const GREEN = "#009e73";
export const AMBER = "#e69f00";
export const GREY = "#8a8a8a";
export const VARIANTS = [BLUE, VERMILION, GREEN, "#cc79a7"];
/** Colours of the variants, in their order; a world without the programme is dark and dashed. */
export const SYMBOLS = ["circle", "rect", "triangle", "diamond"];
const NARROW = 560;
const COARSE = 2;

/** Patterns that tell bars apart without colour. */
export const DOTTED = { symbol: "circle", symbolSize: 0.55, color: "rgba(255,255,255,0.75)", dashArrayX: [[4, 4], [0, 4, 4, 0]], dashArrayY: [4, 4] };
export const STRIPED = { symbol: "line", color: "rgba(255,255,255,0.65)", dashArrayX: [1, 0], dashArrayY: [3, 5], rotation: -Math.PI / 4 };

/** Tell whether there is room for two things side by side. */
export function isNarrow(width) {
  return width < NARROW;
}

/** Tell whether an interval leaves out zero; `null` bounds tell nothing. */
export function isTold({ low, high }) {
  return low !== null && high !== null && low !== undefined && (low > 0 || high < 0);
}

/** Return how many decimals an interval earns: persons are whole unless it is narrower than two of them. */
export function decimalsOf({ low, high }) {
  return low !== null && high !== null && high - low < COARSE && high !== low ? 1 : 0;
}

/** Write a number with its interval: "36 (22 to 51)"; of a difference with its sign. */
export function withInterval({ value, low, high }, { write = number, sign = false } = {}) {
  const decimals = decimalsOf({ low, high });
  const first = sign ? signed : write;
  if (low === null || low === undefined) return say("number.bare", { value: first(value, decimals) });
  if (low === value && high === value) return first(value, decimals);
  return say("number.interval", { value: first(value, decimals), low: write(low, decimals), high: write(high, decimals) });
}

/** Return the style of an axis of numbers. */
export function numbers(write = number, more = {}) {
  return {
    type: "value", axisLine: { show: false }, axisTick: { show: false }, splitNumber: 4, splitLine: { lineStyle: { color: GRID } },
    axisLabel: { color: SOFT, fontSize: 12, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: (value) => write(value) }, ...more,
  };
}

/** Return an element for a tip beside the pointer: made, not parsed, so that nothing shown is read as markup. */
export function tip(lines) {
  const box = document.createElement("div");
  box.className = "chart-tip";
  for (const line of lines) {
    const row = document.createElement("div");
    row.textContent = line;
    box.append(row);
  }
  return box;
}
