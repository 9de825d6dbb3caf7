/** The shelf: results that were saved, each to be opened, renamed or taken away; and a file of a result from elsewhere to be opened. */
import { api } from "./api.js";
import { announce, button, dialog, fill, fresh, make } from "./parts.js";
import { number } from "./numbers.js";
import { said, shown } from "./problems.js";
import { open, runOf } from "./runs.js";
import { programmeLine } from "./side.js";
import { language, say } from "./words.js";

const LONGEST = 60;

/** Build the shelf, and keep it true; returns what ends it. */
export function keepShelf(root, state) {
  const trouble = make("div", {});
  const list = make("div", {});
  const save = saving(state, trouble, () => refresh());
  const refresh = () => {
    void save.measure();
    return shown(list, api.saved, (saved) => listed(saved, trouble, refresh, state));
  };
  fill(root, make("h2", {}, say("shelf.title")), save.element, trouble, list, opening(state, trouble));
  void refresh();
  const ends = [state.on("run", save.show), state.on("draft", save.show)];
  return () => ends.forEach((end) => end());
}

async function tried(trouble, act) {
  fill(trouble);
  try {
    await act();
  } catch (problem) {
    fill(trouble, said(problem));
  }
}

function saving(state, trouble, refresh) {
  const id = fresh("name");
  const input = make("input", { id, maxlength: String(LONGEST), autocomplete: "off", placeholder: "" });
  const press = make("button", { class: "button" }, say("shelf.save"));
  const says = make("p", { class: "help" });
  const limit = make("span");
  const measure = () => api.room().then((room) => {
    limit.textContent = say("shelf.room", { saved: number(room.saved), most: number(room.most_saved), size: number(room.megabytes, room.megabytes < 10 ? 1 : 0), most_size: number(room.most_megabytes) });
  }, () => null);
  const form = make("form", { on: { submit: (event) => {
    event.preventDefault();
    const run = runOf();
    if (run?.state !== "done") return;
    void tried(trouble, async () => {
      const name = input.value.trim();
      await api.save(run.id, name || programmeLine(), Boolean(name));
      announce(say("shelf.saved"));
      input.value = "";
      await refresh();
    });
  } } }, make("label", { for: id }, say("shelf.name")), make("div", { class: "row" }, input, press), says);
  const show = () => {
    const done = runOf()?.state === "done" && !runOf().saved;
    press.setAttribute("aria-disabled", String(!done));
    fill(says, runOf()?.saved ? say("shelf.already") : done ? say("shelf.save.says") : say("shelf.compute-first"), " ", limit);
  };
  show();
  return { element: form, show, measure };
}

function listed(all, trouble, refresh, state) {
  const saved = all.filter(({ kind }) => kind === undefined || kind === "compare");
  if (!saved.length) return make("p", { class: "quiet" }, say("shelf.empty"));
  const when = (text) => new Date(text).toLocaleString(language() === "zh" ? "zh-CN" : "en-GB", { dateStyle: "medium", timeStyle: "short" });
  return make("ul", { class: "shelf" }, ...saved.map((each) => make("li", {},
    make("div", {}, make("strong", {}, each.name), " ", make("span", { class: "quiet" }, each.created ? when(each.created) : "")),
    make("div", { class: "row" },
      button(say("shelf.open"), () => tried(trouble, () => shownFrom(each.id, state)), { class: "button button-small", "aria-label": say("shelf.open-of", { name: each.name }) }),
      button(say("shelf.rename"), () => rename(each, trouble, refresh), { class: "button button-small button-quiet", "aria-label": say("shelf.rename-of", { name: each.name }) }),
      button(say("shelf.forget"), () => forget(each, trouble, refresh), { class: "button button-small button-quiet", "aria-label": say("shelf.forget-of", { name: each.name }) })))));
}

async function shownFrom(id, state) {
  const held = await api.openSaved(id);
  open({ ...held, id });
  state.go("adds");
}

function rename(each, trouble, refresh) {
  const id = fresh("name");
  const input = make("input", { id, value: each.name, maxlength: String(LONGEST), required: true });
  const form = make("form", { class: "token", on: { submit: (event) => { event.preventDefault(); box.close(input.value.trim()); } } },
    make("label", { for: id }, say("shelf.name")), input, make("button", { class: "button button-main" }, say("shelf.rename")));
  const box = dialog({ title: say("shelf.rename-of", { name: each.name }), content: [form], closing: (name) => {
    if (name && name !== each.name) void tried(trouble, async () => { await api.rename(each.id, name); await refresh(); });
  } });
  input.select();
}

function forget(each, trouble, refresh) {
  const box = dialog({
    title: say("shelf.forget-of", { name: each.name }),
    content: [make("p", {}, say("shelf.forget.says")), make("div", { class: "row" }, button(say("shelf.forget"), () => box.close("yes"), { class: "button button-main" }), button(say("shelf.keep"), () => box.close()))],
    closing: (answer) => { if (answer === "yes") void tried(trouble, async () => { await api.forget(each.id); await refresh(); }); },
  });
}

function opening(state, trouble) {
  const id = fresh("open");
  const input = make("input", { id, type: "file", accept: ".zip,.json", "aria-describedby": `${id}-help`, on: { change: () => {
    const [file] = input.files;
    if (file) void tried(trouble, async () => shownFrom((await api.openFile(file)).id, state));
    input.value = "";
  } } });
  return make("div", { class: "field open-file" }, make("label", { for: id }, say("shelf.open-file")), input, make("p", { class: "help", id: `${id}-help` }, say("shelf.open-file.says")));
}
