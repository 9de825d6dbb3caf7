/** What the page is about: the draft (which the address holds whole), the stop, the language, what the server said about the draft, its runs. */
import { language, preferred, speak } from "./words.js";

export const STOPS = ["place", "programme", "adds", "compare", "take"];
export const DEFAULTS = {
  programme: "zibo", county: null, changes: {}, variants: [], against: "none", replicates: 20, seed: 1, budget: null, behaviour: "calibrated",
};
const ALWAYS = ["programme"];

const sorted = (held) => {
  if (Array.isArray(held)) return held.map(sorted);
  if (held === null || typeof held !== "object") return held;
  return Object.fromEntries(Object.keys(held).sort().map((key) => [key, sorted(held[key])]));
};

/** Return a draft as canonical text: sorted keys, without what is as it would be anyway. */
export function canonical(draft) {
  const said = Object.entries(draft).filter(([key, value]) => ALWAYS.includes(key) || JSON.stringify(sorted(value)) !== JSON.stringify(sorted(DEFAULTS[key])));
  return JSON.stringify(sorted(Object.fromEntries(said)));
}

/** Write text as base64url of its UTF-8. */
export function packed(text) {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Read base64url back. */
export function unpacked(text) {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

/** Read a draft out of an address: only its own fields, each of its kind. Raises where it is none. */
export function readDraft(text) {
  const held = JSON.parse(unpacked(text));
  if (held === null || typeof held !== "object" || Array.isArray(held)) throw new TypeError("not a draft");
  const draft = structuredClone(DEFAULTS);
  for (const [key, standard] of Object.entries(DEFAULTS)) {
    if (!(key in held)) continue;
    const given = held[key];
    const fits = key === "county" ? given === null || (typeof given === "object" && !Array.isArray(given))
      : key === "budget" ? given === null || typeof given === "number"
        : Array.isArray(standard) ? Array.isArray(given) : typeof given === typeof standard && given !== null && !Array.isArray(given);
    if (!fits) throw new TypeError(key);
    draft[key] = given;
  }
  return draft;
}

class State {
  draft = structuredClone(DEFAULTS);
  stop = "place";
  /** The answer of /api/check to the draft; null while it is asked. `checkProblem` is what went wrong with asking. */
  check = null;
  checkProblem = null;
  /** All runs of this tab by `kind + canonical draft + question`; see runs.js. */
  runs = new Map();
  /** A saved result that was opened: {id, name, draft, result}; shown while the draft is its own. */
  opened = null;
  damaged = false;
  #chosen = null;
  #heard = new Map();

  /** Be told (a fault of one who is told keeps nobody else waiting): `draft`, `check`, `run`, `language`, `stop`. Returns how to end that. */
  on(name, act) {
    if (!this.#heard.has(name)) this.#heard.set(name, new Set());
    this.#heard.get(name).add(act);
    return () => this.#heard.get(name).delete(act);
  }

  emit(name, told) {
    for (const act of [...(this.#heard.get(name) ?? [])]) {
      try {
        act(told);
      } catch (problem) {
        reportError(problem);
      }
    }
  }

  /** Change the draft; the address follows. */
  set(patch) {
    this.draft = { ...this.draft, ...patch };
    history.replaceState(null, "", this.address());
    this.emit("draft");
  }

  /** Set a declared key of the scenario, or give it back (undefined). */
  setChange(key, value) {
    const changes = { ...this.draft.changes };
    if (value === undefined) delete changes[key];
    else changes[key] = value;
    this.set({ changes });
  }

  /** Return the address of a stop with the whole draft in it. */
  address(stop = this.stop, tongue = this.#chosen) {
    return `#/${stop}?d=${packed(canonical(this.draft))}${tongue ? `&l=${tongue}` : ""}`;
  }

  /** Show the page in another language; the address remembers it. */
  choose(tongue) {
    this.#chosen = tongue;
    speak(tongue);
    history.replaceState(null, "", this.address());
    this.emit("language");
  }

  /** Go to a stop. */
  go(stop) {
    location.hash = this.address(stop);
  }

  /** Read the address: what it says becomes the state. */
  read(hash = location.hash) {
    const [, stop, query] = /^#\/([a-z]*)(?:\?(.*))?$/.exec(hash) ?? [];
    const asked = new URLSearchParams(query ?? "");
    const before = { stop: this.stop, draft: canonical(this.draft), language: language() };
    this.stop = STOPS.includes(stop) ? stop : "place";
    this.damaged = false;
    if (asked.has("d")) {
      try {
        this.draft = readDraft(asked.get("d"));
      } catch {
        this.damaged = true;
      }
    }
    this.#chosen = asked.get("l");
    speak(this.#chosen ?? preferred());
    if (before.language !== language()) this.emit("language");
    if (before.draft !== canonical(this.draft)) this.emit("draft");
    if (before.stop !== this.stop) this.emit("stop");
  }
}

export const state = new State();
