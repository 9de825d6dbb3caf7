/** Building blocks that keyboard and screen reader know: made by code, never from text, so that nothing shown can be read as markup. */
import { say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
let given = 0;

/** Return an id that nothing else on the page has. */
export function fresh(stem = "part") {
  given += 1;
  return `${stem}-${given}`;
}

/** Make an element: attributes by name, `on` its handlers, `text` its text; children are elements or strings, and what is null is left out. */
export function make(tag, attributes = {}, ...children) {
  const element = tag === "svg" || tag === "path" ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    else if (name === "text") element.textContent = value;
    else if (name === "value" || name === "checked" || name === "indeterminate") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Put children in the place of all that an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Make a button. */
export function button(text, act, attributes = {}) {
  return make("button", { type: "button", class: "button", ...attributes, on: { click: act } }, text);
}

/** Make a link to a stop or a file of this server. */
export function link(text, href, attributes = {}) {
  return make("a", { href, ...attributes }, text);
}

/** Make a table: `head` and `rows` of texts or elements; the first cell of a row is its heading; `numeric` names the columns of figures. */
export function table({ caption, head, rows, numeric = [], quiet = false }) {
  const cell = (held, place) => make("td", { class: numeric.includes(place) ? "numeric" : null }, held);
  const body = rows.map((row) => make("tr", {}, make("th", { scope: "row" }, row[0]), ...row.slice(1).map((held, place) => cell(held, place + 1))));
  return make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption },
    make("table", {},
      make("caption", { class: quiet ? "visually-hidden" : null }, make("span", { class: "caption-words" }, caption)),
      make("thead", {}, make("tr", {}, ...head.map((text, place) => make("th", { scope: "col", class: numeric.includes(place) ? "numeric" : null }, text)))),
      make("tbody", {}, ...body)));
}

/** Make a part that opens on demand. */
export function details(summary, ...content) {
  return make("details", { class: "more" }, make("summary", {}, summary), make("div", { class: "more-body" }, ...content));
}

/** Say something to who listens to the page instead of looking at it. */
export function announce(text) {
  const place = document.getElementById("polite");
  if (place.textContent !== text) place.textContent = text;
}

/** Make a small mark of a word: `kind` is changed, assumed, over, quiet. Never colour alone: the word says it. */
export function mark(kind, text) {
  return make("span", { class: `mark mark-${kind}` }, text);
}

/** Make a notice: `kind` is note, caution or error; an error is read out at once. */
export function notice(kind, ...content) {
  const sign = { note: "i", caution: "!", error: "×" }[kind];
  return make("div", { class: `notice notice-${kind}`, role: kind === "error" ? "alert" : null },
    make("span", { class: "notice-sign", "aria-hidden": "true" }, sign), make("div", { class: "notice-body" }, ...content));
}

/** Show a dialog with a title; Escape closes it, and the browser puts the focus back where it was. Returns the dialog. */
export function dialog({ title, content, closing = () => {} }) {
  const id = fresh("dialog");
  const box = make("dialog", { class: "dialog", "aria-labelledby": id },
    make("div", { class: "dialog-head" }, make("h2", { id }, title), button("×", () => box.close(), { class: "icon-button", "aria-label": say("close") })),
    make("div", { class: "dialog-body" }, ...content));
  box.addEventListener("close", () => {
    box.remove();
    closing(box.returnValue);
  });
  document.body.append(box);
  box.showModal();
  return box;
}

/** Make a button that copies a text. Where the browser forbids it, the text is selected for the reader to copy. */
export function copyButton(text, { label = say("copy"), target = null } = {}) {
  const act = async () => {
    const held = typeof text === "function" ? text() : text;
    const done = await copied(held);
    if (!done && target) getSelection().selectAllChildren(target);
    pressed.textContent = done ? say("copied") : say("copy.yourself");
    announce(pressed.textContent);
    setTimeout(() => { pressed.textContent = label; }, 2500);
  };
  const pressed = button(label, act, { class: "button button-quiet" });
  return pressed;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Make a text ready to copy: a command, an address. */
export function copyable(text, label) {
  const shown = make("code", {}, text);
  return make("div", { class: "copyable" }, make("pre", { tabindex: "0", role: "group", "aria-label": label }, shown), copyButton(text, { target: shown }));
}

/** Make tabs: `panels` are {title, content}; arrow keys, Home and End go from one to the next. */
export function tabs(label, panels) {
  const buttons = panels.map(({ title }, place) => make("button", {
    type: "button", role: "tab", id: fresh("tab"), "aria-controls": fresh("panel"), on: { click: () => show(place), keydown: (event) => walk(event, place) },
  }, title));
  const bodies = panels.map(({ content }, place) => make("div", {
    role: "tabpanel", id: buttons[place].getAttribute("aria-controls"), "aria-labelledby": buttons[place].id, tabindex: "0",
  }, content));
  const show = (chosen, focus = false) => {
    buttons.forEach((each, place) => {
      each.setAttribute("aria-selected", String(place === chosen));
      each.tabIndex = place === chosen ? 0 : -1;
      bodies[place].hidden = place !== chosen;
    });
    if (focus) buttons[chosen].focus();
  };
  const walk = (event, place) => {
    const to = { ArrowRight: place + 1, ArrowDown: place + 1, ArrowLeft: place - 1, ArrowUp: place - 1, Home: 0, End: panels.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show((to + panels.length) % panels.length, true);
  };
  show(0);
  return make("div", { class: "tabs" }, make("div", { role: "tablist", "aria-label": label }, ...buttons), ...bodies);
}

/** Make a bar of progress with its words; `share` is 0 … 1, null while nobody knows. */
export function progress(share, label) {
  return make("progress", { max: "1", "aria-label": label, ...(share === null || share === undefined ? {} : { value: share }) });
}
