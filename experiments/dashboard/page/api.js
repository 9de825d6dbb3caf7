/** The server's answers. The page asks nothing else, and nobody else. */

const CLIENT = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const TOKEN = "yizhan-token";
let asking = null;
let askForToken = async () => null;

/** What the server refused or could not do: `error` is {what, where, why, mend, en, zh}, `status` its HTTP status (0: no answer). */
export class Refused extends Error {
  constructor(status, error, wait = null) {
    super(error?.en ?? error?.what ?? `status ${status}`);
    Object.assign(this, { status, error, wait });
  }
}

/** Say how the page asks a person for the token that this server wants: an async function that returns it, or null. */
export function onTokenWanted(ask) {
  askForToken = ask;
}

function headers(more = {}) {
  const token = sessionStorage.getItem(TOKEN);
  return { "X-Yizhan-Client": CLIENT, ...(token ? { Authorization: `Bearer ${bytes(token)}` } : {}), ...more };
}

/** Return a text as a header may hold it: a letter a byte. */
const bytes = (text) => String.fromCharCode(...new TextEncoder().encode(text));

async function token() {
  asking ??= askForToken().then((given) => {
    if (given) sessionStorage.setItem(TOKEN, given);
    asking = null;
    return given;
  });
  return asking;
}

/** Ask the server, and return its answer as it came; asks for the token once where one is wanted. */
async function answered(method, path, { body, signal, accept = "application/json", more = {} } = {}) {
  const given = body === undefined || body instanceof FormData ? body : JSON.stringify(body);
  const kind = body !== undefined && !(body instanceof FormData) ? { "Content-Type": "application/json" } : {};
  let response;
  try {
    response = await fetch(path, { method, body: given, signal, cache: "no-store", headers: headers({ Accept: accept, ...kind, ...more }) });
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
    throw new Refused(0, null);
  }
  if (response.status === 401 && (await token())) return answered(method, path, { body, signal, accept, more });
  if (!response.ok) {
    const said = await response.json().catch(() => null);
    throw new Refused(response.status, said?.error ?? null, Number(response.headers.get("Retry-After")) || null);
  }
  return response;
}

async function json(method, path, options) {
  const response = await answered(method, path, options);
  return response.status === 204 ? null : response.json();
}

const kept = new Map();

/** Ask once, and keep the answer: what does not change while a server runs. */
function once(path) {
  if (!kept.has(path)) kept.set(path, json("GET", path).catch((problem) => { kept.delete(path); throw problem; }));
  return kept.get(path);
}

const part = encodeURIComponent;

export const api = {
  about: () => once("api/about"),
  programmes: () => once("api/programmes"),
  programme: (name) => once(`api/programmes/${part(name)}`),
  countyFields: () => once("api/county"),
  county: (county, signal) => json("POST", "api/county", { body: { county }, signal }),
  levers: () => once("api/levers"),
  check: (draft, signal) => json("POST", "api/check", { body: { draft }, signal }),
  begin: (asked) => json("POST", "api/runs", { body: asked }),
  run: (id) => json("GET", `api/runs/${part(id)}`),
  cancel: (id) => json("DELETE", `api/runs/${part(id)}`),
  persons: (id, variant, row) => json("GET", `api/runs/${part(id)}/persons?variant=${part(variant)}&row=${part(row)}`),
  person: (id, person, variant, replicate) => json("GET", `api/runs/${part(id)}/persons/${part(person)}?variant=${part(variant)}&replicate=${part(replicate)}`),
  scorecard: () => once("api/scorecard"),
  assumptions: () => once("api/assumptions"),
  saved: () => json("GET", "api/saved"),
  room: () => json("GET", "api/room"),
  openSaved: (id) => json("GET", `api/saved/${part(id)}`),
  save: (run, name, named) => json("POST", "api/saved", { body: { run, name, named } }),
  rename: (id, name) => json("PATCH", `api/saved/${part(id)}`, { body: { name } }),
  forget: (id) => json("DELETE", `api/saved/${part(id)}`),
  openFile: (file) => json("POST", "api/saved/open", { body: form(file) }),
  ledger: (file) => json("POST", "api/ledger", { body: form(file) }),
  fileOf: (id, name, language) => `api/runs/${part(id)}/files/${part(name)}?language=${language}`,
  ledgerTemplate: "api/ledger/template.xlsx",
  download,
  events,
};

function form(file) {
  const held = new FormData();
  held.append("file", file);
  return held;
}

/** Fetch a file (with the token, where there is one) and hand it to the browser under its name. */
async function download(path, name) {
  const response = await answered("GET", path, { accept: "*/*" });
  const told = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get("Content-Disposition") ?? "");
  handOver(await response.blob(), told ? decodeURIComponent(told[1]) : name);
}

/** Hand a file that the page made to the browser. */
export function handOver(blob, name) {
  const address = URL.createObjectURL(blob);
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

const ENDS = new Set(["done", "failed", "cancelled"]);
const PATIENCE = [500, 1000, 2000, 4000, 8000];

/** Follow a run: `heard(event, data)` for each event until it ends; a broken line is taken up again where it broke, a fault of who hears is not. */
async function events(id, heard, signal) {
  let last = null;
  for (let failures = 0; failures < PATIENCE.length;) {
    let given = false;
    try {
      const more = last === null ? {} : { "Last-Event-ID": last };
      const response = await answered("GET", `api/runs/${part(id)}/events`, { signal, accept: "text/event-stream", more });
      for await (const event of parsed(response.body)) {
        failures = 0;
        if (event.id !== null) last = event.id;
        given = true;
        await heard(event.event, event.data);
        given = false;
        if (ENDS.has(event.event)) return;
      }
    } catch (problem) {
      if (given || problem.name === "AbortError" || (problem instanceof Refused && problem.status)) throw problem;
    }
    await new Promise((resolve) => { setTimeout(resolve, PATIENCE[failures]); });
    failures += 1;
  }
  throw new Refused(0, null);
}

/** Read server-sent events out of a stream. */
async function* parsed(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    held += value.replaceAll("\r\n", "\n");
    for (let end = held.indexOf("\n\n"); end >= 0; end = held.indexOf("\n\n")) {
      const fields = { event: "message", data: [], id: null };
      for (const line of held.slice(0, end).split("\n")) {
        const [, name, text] = /^([a-z]+): ?(.*)$/.exec(line) ?? [];
        if (name === "data") fields.data.push(text);
        else if (name === "event" || name === "id") fields[name] = text;
      }
      held = held.slice(end + 2);
      if (fields.data.length) yield { ...fields, data: JSON.parse(fields.data.join("\n")) };
    }
  }
}
