// The desk: one claim at a time, its words lit in its report's text, its fields beside it.
import { announce, all, toast } from "./dom.js";
import { label } from "./keys.js";
import { fragment, Refused } from "./server.js";
import { spansOf, Text } from "./text.js";

/** @typedef {import("./text.js").Span} Span */

const TONES = ["figure", "place", "time", "initiator", "target", "source", "operation"];

export class Desk {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.frame = /** @type {HTMLElement} */ (root.querySelector(".desk-text"));
    this.place = /** @type {HTMLElement} */ (root.querySelector("#card"));
    this.list = root.querySelector("#claim-lines");
    this.mayReview = root.dataset.mayReview !== undefined;
    this.blind = root.dataset.blind !== undefined; // a second coder's own coding
    /** @type {Text | null} */
    this.text = null;
    /** @type {HTMLElement | null} */
    this.line = null;
    /** @type {((card: HTMLElement) => void)[]} */
    this.watchers = [];
    this.#asked = 0;
    this.#cards = new Map();
    this.#adopt();
    this.list?.addEventListener("click", (event) => this.#pressed(/** @type {MouseEvent} */ (event)));
    this.frame.addEventListener("click", (event) => this.#mark(/** @type {HTMLElement} */ (event.target)));
    this.frame.addEventListener("keydown", (event) => {
      if ((event.key !== "Enter" && event.key !== " ") || !(event.target instanceof HTMLElement) || !event.target.matches("mark")) return;
      event.preventDefault();
      this.#mark(event.target);
    });
    this.place.addEventListener("click", (event) => this.#value(/** @type {HTMLElement} */ (event.target)));
    for (const spot of all(".spot", root)) spot.addEventListener("click", () => this.spot(spansOf(spot.dataset.spans)));
  }

  /** @type {number} */
  #asked;
  #coming = false; // the rest of the text and of the list
  /** @type {Promise<DocumentFragment> | null} */
  #asking = null;
  /** @type {Map<string, Promise<DocumentFragment>>} cards that were asked for ahead */
  #cards;

  /** @returns {HTMLElement[]} */
  get lines() {
    return this.list ? all(".claim-line", this.list) : [];
  }

  /** The card in view. @returns {HTMLElement | null} */
  get card() {
    return this.place.querySelector(".claim-card");
  }

  get claim() {
    return this.card?.dataset.claim ?? "";
  }

  get revision() {
    return Number(this.card?.dataset.revision ?? 0);
  }

  /** @param {(card: HTMLElement) => void} watcher called with every card that comes into view */
  watch(watcher) {
    this.watchers.push(watcher);
  }

  /** @param {HTMLElement} line */
  async choose(line, { keep = false } = {}) {
    this.line?.removeAttribute("aria-current");
    this.line = line;
    line.setAttribute("aria-current", "true");
    line.scrollIntoView({ block: "nearest" });
    await this.show(line.dataset.claim ?? "", line.dataset.report ?? "", { keep });
    const next = this.lines[this.lines.indexOf(line) + 1];
    if (next?.dataset.claim) this.#ahead(next.dataset.claim);
  }

  /**
   * @param {string} claim
   * @param {string} report
   * @param {{keep?: boolean}} [options] keep: leave the text where it is
   */
  async show(claim, report, { keep = false } = {}) {
    const turn = (this.#asked += 1);
    try {
      const [card] = await Promise.all([this.#card(claim), this.#open(report)]);
      if (turn !== this.#asked) return; // another claim was chosen meanwhile
      this.place.replaceChildren(card);
    } catch (error) {
      if (turn === this.#asked) toast(error instanceof Refused ? error.message : "The claim cannot be shown.", { bad: true });
      if (!(error instanceof Refused)) throw error;
      return;
    }
    while (this.text?.waits && this.evidence().some(([, end]) => end > (this.text?.end ?? 0))) await this.#more();
    if (turn !== this.#asked) return;
    this.place.scrollTop = 0;
    label(this.place);
    this.light();
    if (!keep) this.text?.show(this.evidence());
    const shown = this.card;
    if (shown) {
      announce(shown.querySelector(".card-title")?.textContent ?? "");
      for (const watcher of this.watchers) watcher(shown);
    }
    if (this.root.dataset.shown === undefined) performance.mark("first claim");
    this.root.dataset.shown = claim;
    this.#rest();
  }

  /** The card again, after a decision. */
  async refresh() {
    this.#cards.clear();
    if (this.card) await this.show(this.claim, this.card.dataset.report ?? "", { keep: true });
  }

  /** Moves by lines. @param {number} by @returns {Promise<boolean>} false where there is no further line */
  async step(by) {
    const lines = this.lines;
    const at = this.line ? lines.indexOf(this.line) : by > 0 ? -1 : lines.length;
    const line = lines[at + by];
    if (line) await this.choose(line);
    return line !== undefined;
  }

  /** Where the claim stands in the text. @returns {Span[]} */
  evidence() {
    return spansOf(/** @type {HTMLElement | null} */ (this.card?.querySelector('[data-field="evidence"] .value'))?.dataset.spans);
  }

  /** Lights the evidence and the words of every field. */
  light() {
    const root = this.text?.root;
    if (!root || !this.text) return;
    root.classList.add("has-selection");
    for (const mark of all("mark.selected", root)) mark.classList.remove("selected");
    for (const mark of all(`mark[data-c~="${CSS.escape(this.claim)}"]`, root)) mark.classList.add("selected");
    this.text.light("spot", []);
    for (const tone of TONES) {
      const values = all(`.tone-${tone} .value[data-spans]`, this.place);
      this.text.light(tone, values.flatMap((value) => spansOf(value.dataset.spans)));
    }
  }

  /** Shows words that belong to no claim. @param {Span[]} spans */
  spot(spans) {
    this.text?.light("spot", spans);
    this.text?.show(spans);
  }

  /** @param {string} report */
  async #open(report) {
    if (!report || this.text?.report === report) return;
    this.frame.replaceChildren(await fragment(this.#path(report, "text", 0)));
    this.frame.scrollTop = 0;
    this.#adopt();
  }

  /** Reloads the text, whose marks a decision may have moved. */
  async reopen() {
    const report = this.text?.report;
    if (!report) return;
    const [top, had] = [this.frame.scrollTop, this.text?.chunks.length ?? 0];
    this.text = null;
    await this.#open(report);
    while (this.text?.waits && this.text.chunks.length < had) await this.#more();
    this.frame.scrollTop = top;
    this.light();
  }

  /** The rest of a long text and of a long list, once the first claim is in view. */
  async #rest() {
    if (this.#coming) return;
    this.#coming = true;
    while (this.text?.waits) await this.#more();
    await this.#moreLines();
    this.#coming = false;
  }

  /** The next parts of the text. */
  async #more() {
    const text = this.text;
    if (!text?.waits) return;
    this.#asking ??= fragment(this.#path(text.report, "text", text.chunks.length)).finally(() => (this.#asking = null));
    const parts = await this.#asking;
    const chunks = all(".chunk", parts);
    if (this.text !== text || !chunks.length) return; // another report is in view, or another call took them
    text.root.append(...chunks);
    text.take(chunks);
  }

  async #moreLines() {
    const list = /** @type {HTMLElement | null} */ (this.list);
    const of = Number(list?.dataset.of ?? 0);
    while (list && list.childElementCount < of) {
      const lines = await fragment(this.#path(this.text?.report ?? "", "lines", list.childElementCount));
      if (!lines.firstElementChild) return;
      list.append(lines);
    }
  }

  /** @param {string} report @param {string} what @param {number} part */
  #path(report, what, part) {
    return `/reports/${encodeURIComponent(report)}/${what}?part=${part}${this.blind ? "&blind=true" : ""}`;
  }

  #adopt() {
    const root = /** @type {HTMLElement | null} */ (this.frame.querySelector(".reader-text"));
    this.text = root ? new Text(root) : null;
  }

  /** @param {string} claim @returns {Promise<DocumentFragment>} */
  #card(claim) {
    const path = `/claims/${encodeURIComponent(claim)}/card${this.blind ? "?blind=true" : ""}`;
    const ready = this.#cards.get(path);
    this.#cards.clear();
    return ready ?? fragment(path);
  }

  /** @param {string} claim */
  #ahead(claim) {
    const path = `/claims/${encodeURIComponent(claim)}/card${this.blind ? "?blind=true" : ""}`;
    const card = fragment(path);
    card.catch(() => this.#cards.delete(path));
    this.#cards.set(path, card);
  }

  /** @param {MouseEvent} event */
  #pressed(event) {
    const line = event.target instanceof HTMLElement ? event.target.closest(".claim-line") : null;
    if (!line || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.choose(/** @type {HTMLElement} */ (line));
  }

  /** A press on marked words shows their claim; pressed again, the next claim that stands on them. @param {HTMLElement} target */
  #mark(target) {
    const mark = /** @type {HTMLElement | null} */ (target.closest("mark.evidence"));
    if (!mark || !document.getSelection()?.isCollapsed) return;
    const claims = (mark.dataset.c ?? "").split(" ");
    const claim = claims[(claims.indexOf(this.claim) + 1) % claims.length];
    const line = this.lines.find((one) => one.dataset.claim === claim);
    if (line) this.choose(line, { keep: true });
    else this.show(claim, this.text?.report ?? "", { keep: true });
  }

  /** @param {HTMLElement} target */
  #value(target) {
    const value = /** @type {HTMLElement | null} */ (target.closest(".value[data-spans]"));
    if (!value || !this.text) return;
    const spans = spansOf(value.dataset.spans);
    for (const other of all(".value.is-chosen", this.place)) other.classList.remove("is-chosen");
    value.classList.add("is-chosen");
    this.light();
    this.text.light("spot", spans);
    this.text.show(spans);
  }
}
