/** How the page says that something went wrong: what, why, how to mend it. */
import { fill, make, notice } from "./parts.js";
import { pick, say } from "./words.js";

/** Return the sentence of an error of the API ({what, where, why, mend, en, zh}). */
export function sentenceOf(error) {
  if (!error) return say("problem.unknown");
  if (error.en || error.zh) return pick(error);
  return [error.what, error.why, error.mend].map(pick).filter(Boolean).join(" ");
}

/** Make a notice of a problem: a refusal of the server, no answer at all, or a fault of the page. */
export function said(problem, again = null) {
  const text = problem?.status === 0 ? say("problem.away")
    : problem?.status === 429 ? say("problem.busy", { n: problem.wait ?? 30 })
      : problem?.status === 401 ? say("problem.token")
        : problem?.error ? sentenceOf(problem.error) : say("problem.page", { what: problem?.message ?? String(problem) });
  return notice("error", make("p", {}, text), again);
}

/** Show in a place what a promise brings: "loading" meanwhile, what went wrong and a way to try again else. */
export async function shown(place, ask, build) {
  fill(place, make("p", { class: "quiet" }, say("loading")));
  try {
    fill(place, await build(await ask()));
  } catch (problem) {
    fill(place, said(problem, make("button", { type: "button", class: "button", on: { click: () => shown(place, ask, build) } }, say("try.again"))));
    if (!("status" in problem)) throw problem;
  }
}
