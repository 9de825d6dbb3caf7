/** A drawing of lanes: a line of words a lane, its number with its interval, and a mark on an axis that some lanes share. Beside each other where there is
 * room, the words above the mark where there is not. */
import { number } from "../numbers.js";
import { DARK, FONT, INK, SOFT, isNarrow, numbers, tip } from "./look.js";

const EDGE = 4;
const HEAD = 30;
const AXIS = 34;
const LANE = 34;
const LANE_UNDER_WORDS = 58;
const LINE = 18;
const BAR = 16;
const MOST_WORDS = 0.4;
const MOST_NUMBERS = 0.27;
const GAP = 14;
const ROOM = 0.04;
const SLACK = 34;

/**
 * Return {option, height} of groups of lanes.
 *
 * A group is {title, lanes, write?, axis?}; a lane {words, told, tip, mark: "bar" | "range" | "dot", start, end, low, high, colour, pattern, hollow,
 * params}: a bar from start to end, a whisker from low to high, a dot at end.
 */
export function lanes(groups, width) {
  const narrow = isNarrow(width);
  const every = groups.flatMap((group) => group.lanes);
  const lines = narrow && widest(every.map(({ words, told }) => `${words}  ${told}`), true) > width - 2 * EDGE ? 2 : 1;
  const height = narrow ? LANE_UNDER_WORDS + LINE * (lines - 1) : LANE;
  const left = narrow ? EDGE + 6 : GAP + EDGE + Math.min(widest(every.map(({ words }) => words), false), width * MOST_WORDS);
  const right = narrow ? EDGE + 10 : GAP + EDGE + Math.min(widest(every.map(({ told }) => told), true), width * MOST_NUMBERS);
  let top = 0;
  const option = { grid: [], xAxis: [], yAxis: [], series: [], title: [], tooltip: { trigger: "item", confine: true, formatter: ({ data }) => tip(data.tip) } };
  for (const group of groups) {
    const place = option.grid.length;
    if (group.title) {
      option.title.push({ text: group.title, left: EDGE, top, textStyle: { fontSize: 13, fontWeight: 700, color: DARK, fontFamily: FONT, width: width - 2 * EDGE, overflow: "break" } });
      top += HEAD;
    }
    const inner = height * group.lanes.length;
    option.grid.push({ left, right, top, height: inner });
    option.xAxis.push({ ...numbers(group.write, extent(group)), gridIndex: place, ...(group.axis === false ? { axisLabel: { show: false }, splitLine: { show: false } } : {}) });
    option.yAxis.push({ type: "category", gridIndex: place, inverse: true, data: group.lanes.map((_, row) => row), show: false });
    option.series.push({
      type: "custom", xAxisIndex: place, yAxisIndex: place, clip: false, encode: { x: [1, 2], y: 0 },
      data: group.lanes.map((lane, row) => ({ value: [row, lane.start ?? lane.low ?? lane.end, lane.end], tip: lane.tip ?? [lane.words, lane.told], params: lane.params })),
      renderItem: (params, api) => drawn(group.lanes[params.dataIndex], params, api, { narrow, height, left, right, width, lines }),
    });
    top += inner + (group.axis === false ? GAP : AXIS);
  }
  return { option, height: top + EDGE };
}

/** Return how wide the widest of some texts is. */
function widest(texts, bold) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${bold ? 700 : 400} 13px ${FONT}`;
  return Math.ceil(Math.max(0, ...texts.map((text) => pen.measureText(text).width))) + SLACK;
}

/** Return where an axis begins and ends: zero and all marks, with room. */
function extent({ lanes: held, write = number }) {
  const all = held.flatMap(({ start, end, low, high }) => [start, end, low, high]).filter((value) => value !== null && value !== undefined && Number.isFinite(value));
  const least = Math.min(0, ...all);
  const most = Math.max(0, ...all);
  const room = ROOM * (most - least || 1);
  return { min: least < 0 ? least - room : 0, max: most > 0 ? most + room : room, axisLabel: { color: SOFT, fontSize: 12, hideOverlap: true, showMinLabel: least === 0, showMaxLabel: false, formatter: (value) => write(value) } };
}

/** Return the shapes of one lane. */
function drawn(lane, params, api, { narrow, height, left, right, width, lines }) {
  const at = (value) => api.coord([value, params.dataIndex]);
  const middle = at(lane.end ?? 0)[1];
  const y = narrow ? middle - height / 2 + LINE * lines + 4 + BAR / 2 : middle;
  const box = params.coordSys;
  const shapes = [];
  shapes.push(...zero(at, box, middle, height));
  if (lane.mark === "bar") shapes.push(bar(lane, at, y));
  if (lane.low !== null && lane.low !== undefined && lane.mark !== "range") shapes.push(...whisker(at(lane.low)[0], at(lane.high)[0], y));
  if (lane.mark === "range") shapes.push(range(lane, at, y));
  if (lane.mark !== "bar") shapes.push(dot(lane, at(lane.end)[0], y));
  const look = { fill: INK, fontFamily: FONT, fontSize: 13 };
  if (narrow) {
    const told = { type: "text", style: { ...look, text: `{a|${lane.words}}  {b|${lane.told}}`, rich: { a: look, b: { ...look, fontWeight: 700 } }, backgroundColor: "#ffffff", x: EDGE, y: middle - height / 2 + 1, lineHeight: LINE, width: width - 2 * EDGE, overflow: "break" } };
    return { type: "group", children: [...shapes, told] };
  }
  const words = { type: "text", style: { ...look, text: lane.words, x: left - GAP, y: middle, align: "right", verticalAlign: "middle", width: left - GAP - EDGE, overflow: "break", lineHeight: 15 } };
  const told = { type: "text", style: { ...look, fontWeight: 700, text: lane.told, x: box.x + box.width + GAP, y: middle, verticalAlign: "middle", width: right - GAP - EDGE, overflow: "break", lineHeight: 15 } };
  return { type: "group", children: [...shapes, words, told] };
}

/** Return the line at zero of a lane. */
function zero(at, box, middle, height) {
  const [x] = at(0);
  if (!Number.isFinite(x) || x < box.x - 1 || x > box.x + box.width + 1) return [];
  return [{ type: "line", shape: { x1: x, x2: x, y1: middle - height / 2, y2: middle + height / 2 }, style: { stroke: DARK, lineWidth: 1 }, silent: true }];
}

function bar(lane, at, y) {
  const [from] = at(lane.start);
  const [to] = at(lane.end);
  const shape = { x: Math.min(from, to), y: y - BAR / 2, width: Math.max(Math.abs(to - from), 1.5), height: BAR };
  return { type: "rect", shape, style: { fill: lane.hollow ? "#ffffff" : lane.colour, stroke: lane.colour, lineWidth: 1.5, lineDash: lane.hollow ? [4, 3] : null, decal: lane.pattern ?? null } };
}

function range(lane, at, y) {
  const [from] = at(lane.low);
  const [to] = at(lane.high);
  return { type: "rect", shape: { x: from, y: y - BAR / 2, width: Math.max(to - from, 2), height: BAR, r: BAR / 2 }, style: { fill: lane.colour, opacity: 0.75, decal: lane.pattern ?? null } };
}

function whisker(from, to, y) {
  const line = (x1, x2, y1, y2) => ({ type: "line", shape: { x1, x2, y1, y2 }, style: { stroke: INK, lineWidth: 1.5 }, silent: true });
  return [line(from, to, y, y), line(from, from, y - 4, y + 4), line(to, to, y - 4, y + 4)];
}

function dot(lane, x, y) {
  const style = { fill: lane.hollow ? "#ffffff" : lane.colour, stroke: lane.mark === "range" ? INK : lane.colour, lineWidth: 2 };
  if (lane.symbol === "rect") return { type: "rect", shape: { x: x - 5, y: y - 5, width: 10, height: 10 }, style };
  const points = { triangle: [[0, -7], [6.5, 5], [-6.5, 5]], diamond: [[0, -7], [7, 0], [0, 7], [-7, 0]] }[lane.symbol];
  if (points) return { type: "polygon", shape: { points: points.map(([right, down]) => [x + right, y + down]) }, style };
  return { type: "circle", shape: { cx: x, cy: y, r: 5.5 }, style };
}
