/** Numbers as the reader's language writes them: 万元 from 10,000 on, a true minus sign, no decimals that are not earned. */
import { language, say } from "./words.js";

const MYRIAD = 10_000;
const SPACE = "\u2009";

const tag = () => (language() === "zh" ? "zh-CN" : "en");

/** Return a number with at most so many decimals. */
export function number(value, decimals = 0) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const written = new Intl.NumberFormat(tag(), { maximumFractionDigits: decimals }).format(value);
  return (written === "-0" ? "0" : written).replace("-", "−");
}

/** Return a number that says its sign. */
export function signed(value, decimals = 0) {
  const written = number(value, decimals);
  return value > 0 && written !== "0" ? `+${written}` : written;
}

/** Return a share (0 … 1) as a percentage with one digit. */
export function percent(value) {
  return value === null || value === undefined ? "–" : `${number(100 * value, 1)}%`;
}

/** Return digits for a size: three that count, as many as money and people need. */
function earned(value) {
  const size = Math.abs(value);
  return size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : 2;
}

/** Return an amount of money: 元, above 10,000 万元, above 100 million 亿元; in English CNY, thousand and million CNY. */
export function yuan(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const [scaled, unit] = money(value);
  return language() === "zh" ? `${number(scaled, unit === "" ? 0 : earned(scaled))}${SPACE}${unit}元` : `${number(scaled, unit === "" ? 0 : earned(scaled))} ${unit}CNY`;
}

function money(value) {
  const size = Math.abs(value);
  if (language() === "zh") return size >= 1e8 ? [value / 1e8, "亿"] : size >= MYRIAD ? [value / MYRIAD, "万"] : [value, ""];
  return size >= 1e6 ? [value / 1e6, "million "] : size >= 1e5 ? [value / 1e3, "thousand "] : [value, ""];
}

/** Return "roughly a to b" of an interval, written by `write`. */
export function between(low, high, write = number) {
  return say("between", { low: write(low), high: write(high) });
}

/** Return a number that a person wrote (full-width digits, thousands, 万, 亿, %), null of an empty field, NaN of what is none. */
export function readNumber(text) {
  const plain = text.normalize("NFKC").replaceAll(/[\s,，_]/g, "").replaceAll("−", "-");
  if (plain === "") return null;
  const parts = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(万|亿|%)?(?:元|人)?$/i.exec(plain);
  if (!parts) return Number.NaN;
  const scale = { 万: 1e4, 亿: 1e8, "%": 0.01 }[parts[2]] ?? 1;
  return Number((Number(parts[1]) * scale).toPrecision(15));
}

/** Return seconds in words: "about 40 seconds", "about 3 minutes". */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) return say("time.unknown");
  if (seconds < 1.5) return say("time.moment");
  return seconds < 90 ? say("time.seconds", { n: number(seconds) }) : say("time.minutes", { n: number(seconds / 60) });
}
