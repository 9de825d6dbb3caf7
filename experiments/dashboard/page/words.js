/** Every sentence of the page in Chinese and English, and which of the two is shown. */
import { ANSWER } from "./words_answer.js";
import { BEGIN } from "./words_begin.js";

const WORDS = { ...BEGIN, ...ANSWER };
export const LANGUAGES = ["zh", "en"];

let shown = preferred();

/** Return the language of the browser: Chinese where the first of ours that it names is Chinese. */
export function preferred() {
  for (const tag of navigator.languages ?? [navigator.language]) {
    const known = LANGUAGES.find((name) => tag.toLowerCase().startsWith(name));
    if (known) return known;
  }
  return "en";
}

export function language() {
  return shown;
}

/** Show the page in a language. Only the state calls it, which tells everybody. */
export function speak(name) {
  shown = LANGUAGES.includes(name) ? name : preferred();
  document.documentElement.lang = shown === "zh" ? "zh-CN" : "en";
}

/** Return a sentence of the page; `{name}` within it stands for values. */
export function say(key, values = {}) {
  const text = WORDS[key];
  if (!text) throw new Error(`no words for ${key}`);
  return filled(text[shown], values);
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Return a text of the API without the key that some carry in brackets: keys are for the command line. */
export function plainly(text) {
  return pick(text).replace(/\s*[(（][a-z_.]+[)）]/, "");
}

/** Return a text of the API ({en, zh}, or already a string) in the language shown. */
export function pick(text) {
  if (text === null || text === undefined) return "";
  return typeof text === "object" ? text[shown] ?? text.en ?? text.zh ?? "" : String(text);
}
