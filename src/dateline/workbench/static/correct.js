// Correcting a claim: choose a field by its key, select the words that say it, Enter.
import { choose } from "./choose.js";
import { all, el, toast } from "./dom.js";
import { bind, holding, keyOf } from "./keys.js";
import { ask, Refused } from "./server.js";
import { MOVE_WORDS, selecting, WordSelection } from "./select.js";
import { spansOf } from "./text.js";
import { typed } from "./typed.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./text.js").Span} Span */
/** @typedef {(decide: (claim: string) => Record<string, unknown>, said: string, options?: {reason?: string | null, stay?: boolean}) => Promise<void>} About */

/** Fields, with their first keys and the mentions that are likely to be their values. @type {Record<string, {key: string, words: string, mention?: string}>} */
const FIELDS = {
  figures: { key: "f", words: "a figure", mention: "quantity" },
  places: { key: "p", words: "a place", mention: "place" },
  time: { key: "t", words: "the time", mention: "time" },
  initiator: { key: "i", words: "who acts", mention: "actor" },
  target: { key: "o", words: "who is acted upon", mention: "actor" },
  source: { key: "s", words: "who says so", mention: "speaker" },
  operation: { key: "w", words: "the named operation" },
  about: { key: "B", words: "what an assessment is about", mention: "actor" },
  evidence: { key: "e", words: "the words that make the claim" },
  event_type: { key: "y", words: "the event type" },
  certainty: { key: "c", words: "stated, alleged or denied" },
  kind: { key: "d", words: "the kind of claim" },
  background: { key: "b", words: "background or news" },
  scope: { key: "O", words: "the scope of a total" },
  stance: { key: "A", words: "the stance of an assessment" },
};
const CHOICES = new Set(["event_type", "certainty", "kind", "background", "scope", "stance"]);
const LISTED = new Set(["figures", "places", "initiator", "target", "evidence"]);

/** @param {Desk} desk @param {About} about */
export function correcting(desk, about) {
  const panel = /** @type {HTMLElement} */ (desk.root.querySelector("#correcting"));
  /** @type {Map<string, Promise<any>>} */
  const around = new Map();
  let choices = /** @type {Promise<Record<string, {value: any, label: string}[]>> | null} */ (null);
  let stop = () => {};

  desk.watch((card) => {
    stop();
    around.clear();
    surroundings(card.dataset.claim ?? "").catch(() => {});
  });

  /** What stands around the claim: mentions, other claims, its event. @param {string} claim */
  function surroundings(claim) {
    const found = around.get(claim) ?? ask(`/api/claims/${encodeURIComponent(claim)}/around${desk.blind ? "?blind=true" : ""}`);
    around.set(claim, found);
    return found;
  }

  /** @param {string} field */
  const row = (field) => /** @type {HTMLElement | null} */ (desk.place.querySelector(`[data-field="${field}"]`));

  /** @param {string} field @param {number | null} [n] the item of a list field; null: the first */
  async function begin(field, n = null) {
    stop();
    if (!desk.claim) return;
    if (CHOICES.has(field)) return fromList(field);
    const values = all(".value", row(field) ?? document.createElement("div"));
    const listed = LISTED.has(field);
    const at = listed ? (n ?? 0) % (values.length + 1) : 0;
    await holding(() => fromText(field, values, at, listed));
  }

  /** @param {string} field */
  async function fromList(field) {
    choices ??= ask("/api/choices");
    const known = choices;
    /** @type {Promise<any>} */
    let chosen = Promise.resolve(null);
    await holding(async () => {
      const options = (await known)[field] ?? [];
      chosen = choose(panel, { title: `Correct ${FIELDS[field].words}`, options });
      return true;
    });
    const value = await chosen;
    if (value === null) return;
    about((claim) => ({ action: "correct", claim, field, value: value.value, also: value.also ?? {} }), "Corrected", { stay: true });
  }

  /** @param {string} field @param {HTMLElement[]} values @param {number} at @param {boolean} listed @returns {Promise<boolean>} whether words are being selected now */
  async function fromText(field, values, at, listed) {
    const text = desk.text;
    const evidence = desk.evidence();
    if (!text || !evidence.length) return false;
    const claim = desk.claim;
    const now = spansOf(values[at]?.dataset.spans)[listed && field === "evidence" ? at : 0] ?? null;
    const before = text.chosen(); // words that were selected with the mouse
    document.getSelection()?.removeAllRanges();
    let mentions = [];
    try {
      mentions = (await surroundings(claim)).mentions;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    if (desk.claim !== claim) return false;
    const candidates = mentions.filter((/** @type {any[]} */ m) => m[0] === FIELDS[field].mention).map((/** @type {any[]} */ m) => /** @type {Span} */ ([m[1], m[2]]));
    const one = new WordSelection(text, evidence, candidates, before ?? now);
    const reading = el("p", { class: "reading" });
    const fault = el("p", { class: "fault", hidden: true });
    const which = listed ? (at < values.length ? ` ${at + 1} of ${values.length}` : " – one more") : "";
    panel.replaceChildren(
      el("h3", {}, `Correct ${FIELDS[field].words}${which}`),
      reading,
      fault,
      el("p", { class: "keys-line" }, MOVE_WORDS),
      el("p", { class: "keys-line" }, `Enter take · ${listed ? `${keyOf(`correct.${field}`)} next one · Delete take out · ` : ""}= type a value · Esc leave`),
    );
    panel.hidden = false;
    row(field)?.classList.add("is-chosen");

    let turn = 0;
    /** @type {Promise<any>} */
    let suggested = Promise.resolve(null);
    const changed = () => {
      const mine = (turn += 1);
      suggested = ask("/api/suggest", { claim, field, n: listed ? at : null, start: one.span[0], end: one.span[1], blind: desk.blind });
      suggested.then(
        (answer) => {
          if (mine === turn) tell(answer.caption ? `“${answer.words}” → ${answer.caption}` : `“${answer.words}”`, answer.fault);
        },
        (error) => {
          if (mine === turn && error instanceof Refused) tell(`“${text.of(one.span)}”`, error.message);
        },
      );
    };
    /** @param {string} words @param {string | null} wrong */
    const tell = (words, wrong) => {
      reading.textContent = words;
      fault.textContent = wrong ?? "";
      fault.hidden = !wrong;
    };
    const leave = selecting(one, { changed, other: (key) => other(key) });
    stop = () => {
      stop = () => {};
      leave();
      panel.hidden = true;
      panel.replaceChildren();
      row(field)?.classList.remove("is-chosen");
    };
    /** @param {unknown} value @param {string | null} reason @param {string} [said] */
    const send = (value, reason, said = "Corrected") => {
      stop();
      about((of) => ({ action: "correct", claim: of, field, value, ...(listed ? { n: at } : {}) }), said, { reason, stay: true });
    };
    const other = (/** @type {string} */ key) => {
      if (key === "Escape") stop();
      else if (key === "Enter") take();
      else if (listed && key === keyOf(`correct.${field}`)) begin(field, at + 1);
      else if (listed && (key === "Delete" || key === "Backspace") && at < values.length) send(null, null, "Taken out");
      else if (key === "=") typing();
      else if (key.length === 1) return true; // no other action while words are being selected
      else return false;
      return true;
    };
    const take = async () => {
      try {
        const answer = await suggested;
        if (answer.fault) toast(`${answer.fault}. Press = to type the value.`, { bad: true });
        else if (desk.claim === claim) send(answer.value, null);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        toast(error.message, { bad: true });
      }
    };
    const typing = async () => {
      choices ??= ask("/api/choices");
      const start = await suggested.catch(() => null);
      leave();
      const answer = await typed(panel, { field, title: `Type ${FIELDS[field].words}`, choices: await choices, value: start?.value ?? {}, words: text.of(one.span) });
      if (answer) send(answer.value, answer.reason);
      else stop();
    };
    return true;
  }

  /** Asks for a few words, or one of `options`. @param {string} title @param {(words: any) => void} act @param {{value: any, label: string}[]} [options] */
  async function say(title, act, options = []) {
    stop();
    if (!desk.claim) return;
    const words = await choose(panel, { title, options, free: true, hint: "Write it, or ↑ ↓ to choose; Enter to send, Esc to leave" });
    if (words !== null) act(words);
  }

  /** @param {string} title @param {{value: any, label: string}[] | ((words: string) => Promise<{value: any, label: string}[]>)} options @param {(value: any) => void} act */
  async function pick(title, options, act) {
    stop();
    if (!desk.claim) return;
    const value = await choose(panel, typeof options === "function" ? { title, more: options } : { title, options });
    if (value !== null) act(value);
  }

  /** Words of the text, for a claim of their own. @param {string} title @param {(span: Span) => void} act @param {Span | null} [start] */
  function words(title, act, start = null) {
    stop();
    const text = desk.text;
    if (!text) return;
    const evidence = desk.evidence();
    const one = new WordSelection(text, evidence.length ? evidence : [[0, Math.min(1, text.end)]], [], text.chosen() ?? start);
    document.getSelection()?.removeAllRanges();
    panel.replaceChildren(el("h3", {}, title), el("p", { class: "keys-line" }, MOVE_WORDS), el("p", { class: "keys-line" }, "Enter take · Esc leave"));
    panel.hidden = false;
    const leave = selecting(one, {
      changed: () => {},
      other: (key) => {
        if (key === "Enter" || key === "Escape") stop();
        if (key === "Enter") act(one.span);
        return key === "Enter" || key === "Escape" || key.length === 1;
      },
    });
    stop = () => {
      stop = () => {};
      leave();
      panel.hidden = true;
      panel.replaceChildren();
    };
  }

  bind(Object.entries(FIELDS).map(([field, { key, words: of }]) => ({ name: `correct.${field}`, key, words: `Correct ${of}`, act: () => begin(field) })));
  desk.place.addEventListener("click", (event) => {
    const button = event.target instanceof HTMLElement ? event.target.closest("[data-correct]") : null;
    if (button) begin(/** @type {HTMLElement} */ (button).dataset.correct ?? "");
  });
  return { begin, say, pick, words, surroundings, panel, choices: () => (choices ??= ask("/api/choices")) };
}
