/**
 * The page: its frame, the road of five stops, the languages.
 *
 * A stop is a module `stops/NAME.js` with `render(root, state)`: it fills `root`, may listen by `state.on`, and returns what ends that (or nothing). It is
 * rendered anew when its stop is entered, when the language changes, and never else: what changes in between it changes itself.
 */
import { api, onTokenWanted } from "./api.js";
import { keepChecked } from "./checking.js";
import { announce, dialog, fill, fresh, link, make, notice } from "./parts.js";
import { said } from "./problems.js";
import { renderSide } from "./side.js";
import { state, STOPS } from "./state.js";
import { language, LANGUAGES, say } from "./words.js";

const SIGNS = ["①", "②", "③", "④", "⑤"];
const at = (id) => document.getElementById(id);
let leave = () => {};
let turn = 0;

function renderTop() {
  const switcher = make("div", { class: "languages", role: "group", "aria-label": say("language.choose") }, ...LANGUAGES.map((tongue) => make("button", {
    type: "button", lang: tongue === "zh" ? "zh-CN" : "en", "aria-pressed": String(tongue === language()), on: { click: () => chooseLanguage(tongue) },
  }, say(`language.${tongue}`))));
  fill(at("top"), link([make("img", { src: "page/icon.svg", alt: "", width: "28", height: "28" }), make("span", { class: "brand-name" }, say("brand")),
    make("span", { class: "brand-says" }, say("brand.says"))], state.address("place"), { class: "brand" }), switcher);
  at("skip").textContent = say("skip");
}

function chooseLanguage(tongue) {
  state.choose(tongue);
  at("top").querySelector("[aria-pressed='true']").focus();
}

function renderRoad() {
  const road = at("road");
  road.setAttribute("aria-label", say("road"));
  fill(road, make("ol", {}, ...STOPS.map((stop, place) => make("li", {}, link([
    make("span", { class: "road-sign", "aria-hidden": "true" }, SIGNS[place]), make("span", { class: "road-name" }, say(`stop.${stop}`)),
  ], state.address(stop), { "aria-current": stop === state.stop ? "page" : null })))));
}

function addresses() {
  at("road").querySelectorAll("a").forEach((anchor, place) => anchor.setAttribute("href", state.address(STOPS[place])));
  at("top").querySelector("a").setAttribute("href", state.address("place"));
}

async function renderFoot() {
  const about = await api.about().catch(() => null);
  fill(at("foot"), make("p", {}, say("foot.model")), make("p", {}, about ? say("foot.version", { version: about.version }) : ""));
}

async function renderStop(moved) {
  turn += 1;
  const mine = turn;
  leave();
  leave = () => {};
  document.title = `${say(`stop.${state.stop}`)} · ${say("brand")}`;
  const name = state.stop;
  const root = make("div", { class: `stop stop-${name}` });
  const head = make("div", { class: "stop-head" }, make("h1", { tabindex: "-1", id: "stop-title" }, say(`stop.${name}.title`)), make("p", { class: "lead" }, say(`stop.${name}.lead`)));
  fill(at("main"), state.damaged ? notice("caution", say("address.damaged")) : null, head, root);
  if (moved) {
    scrollTo(0, 0);
    at("stop-title").focus({ preventScroll: true });
    announce(document.title);
  }
  try {
    const { render } = await import(`./stops/${name}.js`);
    if (mine !== turn) return;
    const ends = render(root, state);
    leave = typeof ends === "function" ? ends : () => {};
  } catch (problem) {
    fill(root, said(problem));
    throw problem;
  }
}

function renderAll() {
  renderTop();
  renderRoad();
  renderSide(at("side"));
  void renderFoot();
}

function askForToken() {
  return new Promise((resolve) => {
    const id = fresh("token");
    const input = make("input", { id, type: "password", autocomplete: "off", required: true, "aria-describedby": `${id}-help` });
    const form = make("form", { class: "token", on: { submit: (event) => { event.preventDefault(); box.close(input.value.trim()); } } },
      make("label", { for: id }, say("token.label")), input, make("p", { class: "help", id: `${id}-help` }, say("token.help")),
      make("button", { class: "button button-main" }, say("token.use")));
    const box = dialog({ title: say("token.title"), content: [make("p", {}, say("token.why")), form], closing: (given) => resolve(given || null) });
    input.focus();
  });
}

function begin() {
  onTokenWanted(askForToken);
  state.read();
  renderAll();
  void renderStop(false);
  keepChecked();
  state.on("language", () => { renderAll(); void renderStop(false); });
  state.on("stop", () => { renderRoad(); void renderStop(true); });
  state.on("draft", addresses);
  addEventListener("hashchange", () => {
    const stop = state.stop;
    const before = state.address();
    state.read();
    if (stop === state.stop && before !== state.address()) void renderStop(false);
  });
  at("skip").addEventListener("click", (event) => { event.preventDefault(); at("main").focus(); });
}

begin();
