// Choosing from a list, or typing, with the keyboard: a few letters, arrows, Enter.
import { el } from "./dom.js";

/** @typedef {{value: any, label: string}} Option */

let number = 0;

/**
 * Asks in a place of the page; Escape answers null.
 * @param {HTMLElement} place
 * @param {{title: string, options?: Option[], more?: (words: string) => Promise<Option[]>, free?: boolean, hint?: string}} question
 *   more: options that the server finds for the words typed; free: what is typed may be the answer
 * @returns {Promise<any>}
 */
export function choose(place, { title, options = [], more, free = false, hint }) {
  return new Promise((resolve) => {
    const back = document.activeElement;
    const id = `choice-${(number += 1)}`;
    let shown = options;
    let at = 0;
    let asked = 0;
    const list = el("div", { class: "options", id: `${id}-list`, role: "listbox", "aria-label": title });
    const input = /** @type {HTMLInputElement} */ (
      el("input", { type: "text", class: "wide", role: "combobox", "aria-label": title, "aria-expanded": "true", "aria-controls": `${id}-list`, "aria-autocomplete": "list", autocomplete: "off", maxlength: 500 })
    );
    const fault = el("p", { class: "fault", hidden: true });

    /** @param {any} value */
    const done = (value) => {
      place.hidden = true;
      place.replaceChildren();
      if (back instanceof HTMLElement) back.focus({ preventScroll: true });
      resolve(value);
    };
    const draw = () => {
      list.replaceChildren(
        ...shown.map((option, n) =>
          el("div", { role: "option", id: `${id}-${n}`, "aria-selected": n === at ? "true" : "false", onmousedown: (/** @type {Event} */ event) => { event.preventDefault(); done(option.value); } }, option.label),
        ),
      );
      list.hidden = shown.length === 0;
      if (shown.length) input.setAttribute("aria-activedescendant", `${id}-${at}`);
      else input.removeAttribute("aria-activedescendant");
      list.children[at]?.scrollIntoView({ block: "nearest" });
    };
    const filter = async () => {
      const words = input.value.trim().toLowerCase();
      at = 0;
      fault.hidden = true;
      if (more) {
        const turn = (asked += 1);
        const found = words.length > 1 ? await more(words).catch(() => []) : [];
        if (turn !== asked) return;
        shown = found;
      } else {
        const begins = options.filter((o) => o.label.toLowerCase().startsWith(words));
        shown = [...begins, ...options.filter((o) => !begins.includes(o) && o.label.toLowerCase().includes(words))];
      }
      if (free && words) at = -1; // what is typed is the answer, until an arrow chooses from the list
      draw();
    };
    input.addEventListener("input", filter);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape") done(null);
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        at = Math.min(shown.length - 1, Math.max(0, at + (event.key === "ArrowDown" ? 1 : -1)));
        draw();
      } else if (event.key === "Enter") {
        if (shown[at]) done(shown[at].value);
        else if (free && input.value.trim()) done(input.value.trim());
        else {
          fault.textContent = free ? "Write it in a few words." : "Nothing in the list is chosen.";
          fault.hidden = false;
        }
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
    place.replaceChildren(el("h3", {}, title), input, fault, list, el("p", { class: "keys-line" }, hint ?? "Type to narrow, ↑ ↓ to move, Enter to take, Esc to leave"));
    place.hidden = false;
    draw();
    input.focus();
  });
}
