/** One way to draw: Apache ECharts as SVG, its text as text, under a policy that allows no inline style; picture files and a table beside each. */
import { handOver } from "../api.js";
import { button, fresh, make } from "../parts.js";
import { say } from "../words.js";
import { DARK, FONT, INK } from "./look.js";

const LIBRARY = "../vendor/echarts.min.js";
const SVG_TYPE = "image/svg+xml";
const WIDTH_OF_FILE = 960;
const SHARPNESS = 2;
const HEAD_OF_FILE = 34;
const LINE_OF_HEAD = 18;
const FOOT_OF_FILE = 24;

let library = null;

/** Return ECharts, loaded once and only when something is drawn. */
export async function echarts() {
  if (!library) {
    allowStyles();
    library = import(LIBRARY);
  }
  return library;
}

/** Let the style of SVG elements be set by property: a strict policy refuses the attribute, and ECharts writes only what this page tells it to. */
function allowStyles() {
  const usual = Element.prototype.setAttribute;
  SVGElement.prototype.setAttribute = function setAttribute(name, value) {
    if (name !== "style") return usual.call(this, name, value);
    for (const [, property, given] of value.matchAll(/([a-z-]+)\s*:\s*([^;]+)/g)) this.style.setProperty(property, given);
    return undefined;
  };
}

/**
 * Make a figure that can be brought up to date without moving what is around it.
 *
 * `paint(data, width)` returns {option, height, says}; `tabled(data)` the table behind it; `press(params)` is told which mark was pressed;
 * `printed` says what stands on paper, the drawing or the table (shorter, where there are many lanes);
 * `note(data)` is said below the title, in files too; `hint` on the page alone; `name(data)` begins the name of its files; `foot(data)` stands below them.
 */
export function figure({ title, note = null, hint = "", paint, tabled, tableBeside = false, printed = "drawing", press = null, name, foot }) {
  const id = fresh("chart");
  const plot = make("div", { class: "chart-plot", id });
  const held = make("div", { class: "chart-table" });
  const noted = make("p", { class: "chart-note" });
  const files = make("div", { class: "chart-files" }, button("SVG", () => save(SVG_TYPE), { class: "button button-quiet", "aria-label": `SVG: ${title}` }),
    button("PNG", () => save("image/png"), { class: "button button-quiet", "aria-label": `PNG: ${title}` }));
  const behind = tableBeside ? held : make("details", { class: "more" }, make("summary", {}, say("chart.table")), held);
  const element = make("figure", { class: tableBeside ? "chart chart-beside" : "chart" },
    make("div", { class: "chart-drawn" }, make("figcaption", {}, title), noted, plot), make("div", { class: "chart-behind" }, behind, files));
  let chart = null;
  let data = null;
  let width = 0;
  const watcher = new ResizeObserver(() => {
    if (Math.abs(plot.clientWidth - width) > 1) draw();
  });
  watcher.observe(plot);
  element.classList.toggle("chart-in-print", printed === "table");
  const onPaper = printed === "table" ? opening(behind) : { before: draw, after: () => {} };
  addEventListener("beforeprint", onPaper.before);
  addEventListener("afterprint", onPaper.after);

  async function draw() {
    if (data === null) return;
    if (!element.isConnected && chart) {
      dispose();
      return;
    }
    const { init } = await echarts();
    width = plot.clientWidth;
    if (width === 0) return;
    const { option, height, says } = paint(data, width);
    plot.style.height = `${height}px`;
    if (!chart) {
      chart = init(plot, null, { renderer: "svg", locale: "EN" });
      if (press) chart.on("click", press);
    }
    chart.resize({ width, height });
    chart.setOption(framed(option, says), { notMerge: true });
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", `${title}: ${says}`);
  }

  function dispose() {
    watcher.disconnect();
    removeEventListener("beforeprint", onPaper.before);
    removeEventListener("afterprint", onPaper.after);
    chart.dispose();
    chart = null;
  }

  async function save(type) {
    const { init } = await echarts();
    const { option, height, says } = paint(data, WIDTH_OF_FILE);
    const words = note ? note(data) : "";
    const lines = folded(words, WIDTH_OF_FILE - 40, 12);
    const head = HEAD_OF_FILE + LINE_OF_HEAD * lines.length;
    const size = { width: WIDTH_OF_FILE, height: height + head + FOOT_OF_FILE };
    const drawing = init(null, null, { renderer: "svg", ssr: true, ...size });
    drawing.setOption(framed(lowered(option, head, FOOT_OF_FILE), says));
    const title_ = { x: 16, y: 24, size: 16, weight: 700, text: title };
    const noted_ = lines.map((text, place) => ({ x: 16, y: 24 + LINE_OF_HEAD * (place + 1), size: 12, text }));
    const foot_ = { x: 16, y: size.height - 8, size: 11, text: foot(data) };
    const drawn = written(drawing.renderToSVGString(), [title_, ...noted_, foot_], `${title}. ${says}`);
    drawing.dispose();
    const file = type === SVG_TYPE ? new Blob([drawn], { type }) : await pictured(drawn, size);
    handOver(file, `${name(data)}.${type === SVG_TYPE ? "svg" : "png"}`);
  }

  return {
    element,
    /** Show what is given; what is shown already stays, so that nobody loses his place in a table while a run goes on. */
    update(given) {
      const same = data !== null && Object.keys({ ...data, ...given }).every((key) => data[key] === given[key]);
      data = given;
      if (same) return;
      noted.textContent = [note ? note(data) : "", hint].filter(Boolean).join(" ");
      held.replaceChildren(tabled(data));
      draw();
    },
  };
}

/** Return how a part that opens on demand is open on paper, and afterwards as it was. */
function opening(part) {
  let was = part.open;
  return { before: () => { was = part.open; part.open = true; }, after: () => { part.open = was; } };
}

/** Add what every drawing has: its font, its description, patterns beside colours, and no movement. */
function framed(option, says) {
  return {
    animation: false, textStyle: { fontFamily: FONT, color: INK },
    aria: { enabled: true, label: { description: says }, decal: { show: false } }, ...option,
  };
}

/** Move every grid, legend and heading of a drawing down by so much, and leave room below. */
function lowered(option, above, below) {
  const moved = (part) => (Array.isArray(part) ? part.map(moved) : part && { ...part, ...(typeof part.top === "number" ? { top: part.top + above } : {}),
    ...(typeof part.bottom === "number" ? { bottom: part.bottom + below } : {}) });
  return { ...option, grid: moved(option.grid), legend: moved(option.legend), title: moved(option.title) };
}

/** Cut a text into lines that fit, by the width that a browser gives it. */
function folded(text, width, size) {
  if (!text) return [];
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${size}px ${FONT}`;
  const lines = [""];
  for (const part of text.match(/[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+\s*|\s+/g) ?? []) {
    if (lines.at(-1) && pen.measureText(lines.at(-1) + part).width > width) lines.push("");
    lines[lines.length - 1] += part;
  }
  return lines;
}

/** Write lines of words and a description for screen readers into a drawing; it stays text. */
function written(drawing, lines, says) {
  const look = `font-family="${FONT}" fill="${DARK}"`;
  const words = lines.map(({ x, y, size, weight = 400, text }) => `<text ${look} x="${x}" y="${y}" font-size="${size}" font-weight="${weight}">${escaped(text)}</text>`);
  const head = `<title>${escaped(says)}</title><rect width="100%" height="100%" fill="#ffffff"/>`;
  return drawing.replace(/<svg ([^>]*)>/, (_, given) => `<svg role="img" ${given}>${head}`).replace(/<\/svg>\s*$/, `${words.join("")}</svg>`);
}

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;" };
const escaped = (text) => text.replace(/[&<>"]/g, (letter) => ESCAPES[letter]);

/** Return a drawing as a picture of points, twice as fine as a screen. */
async function pictured(drawing, { width, height }) {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([drawing], { type: SVG_TYPE }));
  image.src = address;
  await image.decode();
  const canvas = make("canvas", { width: width * SHARPNESS, height: height * SHARPNESS });
  const pen = canvas.getContext("2d");
  pen.scale(SHARPNESS, SHARPNESS);
  pen.drawImage(image, 0, 0, width, height);
  URL.revokeObjectURL(address);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
