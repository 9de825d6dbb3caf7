/** Asks the server what it thinks of the draft, a moment after each change; only the last question counts. */
import { api } from "./api.js";
import { canonical, state } from "./state.js";

const MOMENT = 250;
let waiting = null;
let asked = null;

async function ask() {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  try {
    const check = await api.check(JSON.parse(canonical(state.draft)), signal);
    Object.assign(state, { check, checkProblem: null });
  } catch (problem) {
    if (problem.name === "AbortError") return;
    const errors = problem.status === 422 || problem.status === 400 ? [problem.error] : null;
    Object.assign(state, errors ? { check: { ok: false, errors, notes: [] }, checkProblem: null } : { check: null, checkProblem: problem });
  }
  state.emit("check");
}

/** Begin to check: now, and after every change. */
export function keepChecked() {
  state.on("draft", () => {
    state.check = null;
    clearTimeout(waiting);
    waiting = setTimeout(ask, MOMENT);
    state.emit("check");
  });
  void ask();
}
