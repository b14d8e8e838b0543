// Typing a value that the text does not hold in these words: its parts, and why.
import { el } from "./dom.js";

/** @typedef {{value: any, label: string}} Option */

/** The parts of a field's value: [name, label, kind of input]. @type {Record<string, [string, string, string][]>} */
const PARTS = {
  figures: [["low", "Low", "number"], ["best", "Best", "number"], ["high", "High", "number"], ["measure", "Measure", "measure"], ["object", "Of what", "object"], ["unit", "Unit", "text"], ["of", "Of whom", "text"]],
  places: [["place", "Place (id of the gazetteer)", "text"]],
  time: [["start", "First day", "date"], ["end", "Last day", "date"], ["precision", "Precision", "precision"]],
  initiator: [["name", "Name", "text"], ["kind", "Kind", "actor_kind"]],
  target: [["name", "Name", "text"], ["kind", "Kind", "actor_kind"]],
  operation: [["name", "Name", "text"], ["phase", "Phase", "number"]],
  source: [["speaker", "Speaker", "text"], ["role", "Role", "text"], ["organisation", "Organisation", "text"], ["type", "Type", "source_type"]],
  about: [["text", "About", "text"]],
};

/**
 * @param {HTMLElement} place
 * @param {{field: string, title: string, choices: Record<string, Option[]>, value: any, words: string}} question
 * @returns {Promise<{value: any, reason: string} | null>}
 */
export function typed(place, { field, title, choices, value, words }) {
  const parts = PARTS[field];
  if (!parts) return Promise.resolve(null);
  return new Promise((resolve) => {
    const back = document.activeElement;
    /** @type {Map<string, HTMLInputElement | HTMLSelectElement>} */
    const inputs = new Map();
    const form = el("form", {});
    for (const [name, label, kind] of parts) {
      const now = name === "text" ? value : value?.[name] ?? "";
      const input = /** @type {HTMLInputElement | HTMLSelectElement} */ (
        choices[kind]
          ? el("select", { "aria-label": label }, ...choices[kind].map((o) => el("option", { value: o.value.value ?? o.value, selected: (o.value.value ?? o.value) === now }, o.label)))
          : el("input", { type: kind, step: "any", value: typeof now === "object" ? "" : now, maxlength: 500 })
      );
      inputs.set(name, input);
      form.append(el("label", {}, label, input));
    }
    const said = /** @type {HTMLInputElement} */ (el("input", { type: "text", value: words, maxlength: 500 }));
    const reason = /** @type {HTMLInputElement} */ (el("input", { type: "text", required: true, maxlength: 500 }));
    form.append(
      el("label", { class: "wide" }, "Words of the report, where it has any", said),
      el("label", { class: "wide" }, "Why (needed: the text does not say it so)", reason),
      el("button", { class: "main-button" }, "Correct"),
      el("button", { class: "plain", type: "button", onclick: () => done(null) }, "Leave"),
    );
    /** @param {any} answer */
    const done = (answer) => {
      place.replaceChildren();
      place.hidden = true;
      if (back instanceof HTMLElement) back.focus({ preventScroll: true });
      resolve(answer);
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      done({ value: made(field, parts, inputs, said.value.trim()), reason: reason.value.trim() });
    });
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      done(null);
    });
    place.replaceChildren(el("h3", {}, title), form);
    place.hidden = false;
    inputs.values().next().value?.focus();
  });
}

/** @param {string} field @param {[string, string, string][]} parts @param {Map<string, HTMLInputElement | HTMLSelectElement>} inputs @param {string} words */
function made(field, parts, inputs, words) {
  if (field === "about") return inputs.get("text")?.value.trim() || null;
  /** @type {Record<string, unknown>} */
  const value = field === "source" ? { via: [] } : words ? { words } : {};
  for (const [name, , kind] of parts) {
    const text = inputs.get(name)?.value.trim() ?? "";
    value[name] = text === "" ? null : kind === "number" ? Number(text) : text;
  }
  return value;
}
