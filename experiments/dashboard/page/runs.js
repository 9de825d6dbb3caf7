/** Runs of this tab: begun, followed, cancelled. A run is known by what was asked, so going back to a draft shows its answer again. */
import { api } from "./api.js";
import { canonical, DEFAULTS, state } from "./state.js";

export const BUSY = new Set(["asking", "queued", "running"]);

const keyOf = (kind, question, draft = state.draft) => `${kind} ${canonical(draft)} ${JSON.stringify(question)}`;

/** Return the run of the draft as it stands, or null: {kind, question, id, state, ahead, share, seconds_left, replicates_done, result, problem, wait}. */
export function runOf(kind = "compare", question = {}) {
  const opened = state.opened;
  if (kind === "compare" && opened && canonical(opened.draft) === canonical(state.draft)) return opened.run;
  return state.runs.get(keyOf(kind, question)) ?? null;
}

/** Return the newest comparison that has a result, whatever its draft: what the left bar shows until the draft is computed. */
export function latest() {
  return [...state.runs.values()].reverse().find((run) => run.kind === "compare" && run.result) ?? state.opened?.run ?? null;
}

/** Begin what the draft asks (or return what is begun already). `question` of a what-if: {what_if: {key, values}}; of a mix: {budget}. */
export function begin(kind = "compare", question = {}) {
  const known = runOf(kind, question);
  if (known && !["failed", "cancelled"].includes(known.state)) return known;
  const run = {
    kind, question, key: keyOf(kind, question), draft: structuredClone(state.draft), id: null, state: "asking", ahead: null, share: 0,
    seconds_left: null, replicates_done: 0, result: known?.result ?? null, problem: null, wait: null, stop: new AbortController(),
  };
  state.runs.delete(run.key);
  state.runs.set(run.key, run);
  state.emit("run", run);
  void follow(run);
  return run;
}

function change(run, patch) {
  Object.assign(run, patch);
  state.emit("run", run);
}

async function follow(run) {
  try {
    const told = await api.begin({ draft: JSON.parse(canonical(run.draft)), kind: run.kind, ...run.question });
    change(run, { ...told, share: told.share ?? run.share });
    if (run.state === "done") return change(run, { ...(await api.run(run.id)), share: 1 });
    await api.events(run.id, (event, data) => heard(run, event, data), run.stop.signal);
  } catch (problem) {
    if (problem.name !== "AbortError") change(run, { state: "failed", problem, wait: problem.wait ?? null });
  }
  return undefined;
}

async function heard(run, event, data) {
  if (event === "progress") change(run, { ...data, state: data.state ?? (data.ahead ? "queued" : "running") });
  else if (event === "result") change(run, { result: data.result ?? data, state: "running" });
  else if (event === "failed") change(run, { state: "failed", problem: data });
  else if (event === "cancelled") change(run, { state: "cancelled" });
  else if (event === "done") {
    const result = data.result ?? (await api.run(run.id)).result;
    change(run, { state: "done", share: 1, seconds_left: 0, result });
  }
}

/** Cancel a run. What it has found so far stays in sight. */
export async function cancel(run) {
  run.stop.abort();
  change(run, { state: "cancelled" });
  if (run.id) await api.cancel(run.id).catch(() => null);
}

/** Show a saved result: its draft becomes the draft, and its numbers those of the page. */
export function open(saved) {
  const draft = { ...structuredClone(DEFAULTS), ...saved.draft };
  const run = { kind: "compare", question: {}, id: saved.run ?? saved.id, state: "done", share: 1, seconds_left: 0, result: saved.result, draft, saved: saved.id };
  state.opened = { ...saved, draft, run };
  state.set(draft);
  state.emit("run", run);
}
