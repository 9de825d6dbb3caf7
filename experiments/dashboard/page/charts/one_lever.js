/** What one lever changes: a curve through its values with a band, the part named where nothing more can be told. */
import { number, signed } from "../numbers.js";
import { say } from "../words.js";
import { LEFT, band, extent, line } from "./curves.js";
import { BLUE, DARK, FONT, SOFT, isNarrow, numbers, tip, withInterval } from "./look.js";

/** Return {option, height, says} of what an outcome is at values of one lever: a line through points with their intervals, the flat part and the value in force named. */
export function answerCurve({ points, unit, title, flat, now, ylabel }, width) {
  const values = points.map(({ value }) => Number(value));
  const drawn = { mean: points.map(({ mean }) => mean), low: points.map(({ low }) => low), high: points.map(({ high }) => high) };
  const height = isNarrow(width) ? 260 : 300;
  const [least, most] = extent([drawn], true);
  const told = (at) => [`${title}: ${number(values[at], 2)} ${unit}${at === now ? ` (${say("what_if.now")})` : ""}`, `${ylabel}: ${withInterval({ value: drawn.mean[at], low: drawn.low[at], high: drawn.high[at] }, { sign: true })}`];
  const point = (value, at) => (at === now ? { value: [value, drawn.mean[at]], symbol: "diamond", symbolSize: 16, itemStyle: { color: DARK } } : [value, drawn.mean[at]]);
  const middle = line(ylabel, { mean: values.map(point) }, { color: BLUE }, 0);
  Object.assign(middle, { symbol: "circle", symbolSize: 9 });
  middle.markLine = { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: DARK, width: 1, type: "solid" }, data: [{ yAxis: 0 }] };
  if (now >= 0 && drawn.mean[now] !== null) {
    const side = now > values.length / 2 ? "left" : "right";
    middle.markPoint = { silent: true, symbol: "circle", symbolSize: 1, itemStyle: { color: DARK }, label: { position: side, distance: 6, offset: [0, 16], formatter: say("what_if.now"), color: DARK, fontSize: 12, fontFamily: FONT }, data: [{ coord: [values[now], drawn.mean[now]] }] };
  }
  if (flat) {
    const pattern = { color: "rgba(138,138,138,0.16)" };
    middle.markArea = { silent: true, itemStyle: pattern, label: { position: "insideTop", color: DARK, fontSize: 12, fontFamily: FONT }, data: [[{ name: say("what_if.flat"), xAxis: Number(flat.from) }, { xAxis: Math.max(...values) }]] };
  }
  return {
    height, says: values.map((_, at) => told(at).join(", ")).join("; "),
    option: {
      grid: { left: LEFT, right: 20, top: 34, height: height - 90 },
      xAxis: { ...numbers((value) => number(value, 2), { axisLabel: { color: SOFT, fontSize: 12, hideOverlap: true, customValues: values, formatter: (value) => number(value, 2) } }), name: `${title} (${unit})`, nameLocation: "middle", nameGap: 32, nameTextStyle: { color: DARK, fontSize: 13, fontFamily: FONT, width: width - 80, overflow: "truncate" }, min: Math.min(...values), max: Math.max(...values) },
      yAxis: { ...numbers(signed), min: least, max: most },
      title: { text: ylabel, left: 8, top: 4, textStyle: { fontSize: 13, fontWeight: 700, color: DARK, fontFamily: FONT, width: width - 16, overflow: "truncate" } },
      series: [band("band", drawn, BLUE, 0, { along: values }), middle],
      tooltip: { trigger: "axis", confine: true, formatter: (marks) => tip(told(marks[0].dataIndex)) },
    },
  };
}
