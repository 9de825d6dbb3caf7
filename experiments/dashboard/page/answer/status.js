/** What the run is doing: its place in the queue, how far it is, seconds left, cancel; what went wrong and how to mend it. */
import { duration, number } from "../numbers.js";
import { announce, button, fill, link, make, notice, progress } from "../parts.js";
import { said } from "../problems.js";
import { BUSY, cancel } from "../runs.js";
import { state } from "../state.js";
import { say } from "../words.js";

const OFTEN = 4;

/** Make the line of the state of a run; `again` begins it anew. */
export function status({ again }) {
  const element = make("div", { class: "run-status" });
  const bar = progress(null, say("run.kind.compare"));
  const words = make("p", { class: "run-words" });
  const busy = make("div", { class: "run-busy" }, bar, words, button(say("cancel"), () => running && cancel(running), { class: "button button-small" }));
  let running = null;
  let told = "";
  return {
    element,
    update(run) {
      running = run;
      const now = run && BUSY.has(run.state) ? "busy" : run?.state ?? "none";
      if (now === "busy") {
        if (run.share === null || run.share === undefined || run.state !== "running") bar.removeAttribute("value");
        else bar.value = run.share;
        words.textContent = wordsOf(run);
        if (!busy.isConnected) fill(element, busy);
        const quarter = `${run.state} ${Math.floor((run.share ?? 0) * OFTEN)}`;
        if (quarter !== told) announce(words.textContent);
        told = quarter;
        return;
      }
      if (now === told) return;
      told = now;
      if (now === "failed") fill(element, failed(run, again));
      else if (now === "cancelled") fill(element, notice("note", make("p", {}, say(run.result ? "run.cancelled.kept" : "run.cancelled")), button(say("run.go-on"), again)));
      else if (now === "done") {
        fill(element, make("p", { class: "run-words quiet" }, doneOf(run)));
        announce(say("run.done.brief"));
      } else fill(element);
    },
  };
}

function wordsOf(run) {
  if (run.state === "asking" || (run.state === "queued" && !run.ahead)) return say("run.begins");
  if (run.ahead) return say("run.ahead", { n: number(run.ahead) });
  const left = run.seconds_left === null || run.seconds_left === undefined ? say("time.unknown") : say("run.left", { time: duration(run.seconds_left) });
  return run.replicates_done ? `${left}${say("and.so.on")}${say(run.kind === "parts" ? "run.replicates.parts" : "run.replicates", { n: number(run.replicates_done), of: number(run.draft.replicates) })}` : left;
}

const doneOf = (run) => say({ mix: "run.done.mix", parts: "run.done.parts" }[run.kind] ?? "run.done", { n: number(run.result?.replicates ?? run.replicates_done) });

function failed(run, again) {
  return said(run.problem, make("div", { class: "row" }, button(say("try.again"), again), link(say("run.mend"), state.address("programme"), { class: "button button-quiet" })));
}
