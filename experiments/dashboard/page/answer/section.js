/** A section of the answer: a question as its heading, and what is brought up to date as replicates arrive. */
import { fresh, make } from "../parts.js";

/** Make a section; `parts` are elements or makers with {element, update}. It hides where `there` says that the result has nothing for it. */
export function section({ name, title, parts, there = () => true }) {
  const id = fresh(name);
  const element = make("section", { class: "panel answer-section", id: `section-${name}`, "aria-labelledby": id, hidden: true },
    make("h2", { id }, title), ...parts.map((part) => part.element ?? part));
  return {
    element,
    update(shown) {
      element.hidden = !there(shown);
      if (!element.hidden) for (const part of parts) part.update?.(shown);
    },
  };
}

/** Make a part whose content is made anew from what is shown. */
export function remade(build, attributes = {}) {
  const element = make("div", attributes);
  let last = null;
  return {
    element,
    update(shown) {
      const made = make("div", {}, build(shown));
      if (last?.isEqualNode(made)) return;
      last = made.cloneNode(true);
      element.replaceChildren(...made.childNodes);
    },
  };
}

/** Return what begins the name of the files of a picture, and the small line below it. */
export function ofFile(what) {
  return {
    name: ({ programme }) => `yizhan-${programme}-${what}`,
    foot: ({ foot }) => foot,
  };
}
