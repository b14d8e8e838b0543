// Selecting words of the text with the keyboard (or the mouse), for a value that is to be read from them.
import { enter } from "./keys.js";

/** @typedef {import("./text.js").Span} Span */
/** @typedef {import("./text.js").Text} Text */

const AROUND = 1500; // characters on either side of the claim's words in which words are moved through

export class WordSelection {
  /**
   * @param {Text} text
   * @param {Span[]} evidence where the claim stands
   * @param {Span[]} candidates words that the engine saw as values of this kind
   * @param {Span | null} start
   */
  constructor(text, evidence, candidates, start) {
    this.text = text;
    const from = Math.max(0, Math.min(...evidence.map(([s]) => s), start?.[0] ?? Infinity) - AROUND);
    const to = Math.min(text.end, Math.max(...evidence.map(([, e]) => e), start?.[1] ?? 0) + AROUND);
    this.words = text.words([from, to]);
    this.candidates = candidates;
    this.evidence = evidence;
    const inside = candidates.find(([s, e]) => evidence.some(([from_, to_]) => s >= from_ && e <= to_));
    this.span = start ?? inside ?? this.words.find(([s]) => s >= evidence[0][0]) ?? evidence[0];
  }

  /** The word that holds or follows a character. @param {number} at */
  #word(at) {
    const found = this.words.findIndex(([, end]) => end > at);
    return found < 0 ? this.words.length - 1 : found;
  }

  get #first() {
    return this.#word(this.span[0]);
  }

  get #last() {
    const at = this.words.findLastIndex(([start]) => start < this.span[1]);
    return at < 0 ? 0 : at;
  }

  /** @param {number} first @param {number} last */
  #take(first, last) {
    const top = this.words.length - 1;
    const [from, to] = [Math.min(Math.max(0, first), top), Math.min(Math.max(0, last), top)];
    if (from <= to) this.span = [this.words[from][0], this.words[to][1]];
  }

  /** One word on. @param {number} by */
  move(by) {
    const at = by > 0 ? this.#last + by : this.#first + by;
    this.#take(at, at);
  }

  /** @param {number} by */
  end(by) {
    this.#take(this.#first, Math.max(this.#first, this.#last + by));
  }

  /** @param {number} by */
  start(by) {
    this.#take(Math.min(this.#last, this.#first + by), this.#last);
  }

  /** To the next words of this kind. @param {number} by */
  candidate(by) {
    const [start, end] = this.span;
    const others = this.candidates.filter(([s, e]) => s !== start || e !== end);
    const found = by > 0 ? others.find(([s]) => s >= start) ?? others[0] : others.findLast(([s]) => s <= start) ?? others[others.length - 1];
    if (found) this.span = found;
    else this.move(by);
  }

  draw() {
    this.text.light("choosing", [this.span]);
    this.text.light("candidates", this.candidates.filter(([s, e]) => e <= this.span[0] || s >= this.span[1]));
    this.text.show([this.span]);
  }

  clear() {
    this.text.light("choosing", []);
    this.text.light("candidates", []);
  }
}

/** @type {Record<string, (one: WordSelection) => void>} */
const MOVES = {
  ArrowRight: (one) => one.move(1),
  ArrowLeft: (one) => one.move(-1),
  "Shift+ArrowRight": (one) => one.end(1),
  "Shift+ArrowLeft": (one) => one.end(-1),
  "Alt+ArrowLeft": (one) => one.start(-1),
  "Alt+ArrowRight": (one) => one.start(1),
  ArrowDown: (one) => one.candidate(1),
  ArrowUp: (one) => one.candidate(-1),
};

export const MOVE_WORDS = "← → word · Shift ← → end · Alt ← → start · ↑ ↓ next of its kind";

/**
 * Lets people move the selection until `other` ends it.
 * @param {WordSelection} one
 * @param {{changed: () => void, other: (key: string) => boolean}} handlers other: takes every other key; true where it did
 * @returns {() => void} leaves the mode
 */
export function selecting(one, { changed, other }) {
  const frame = one.text.root;
  const mouse = () => {
    const chosen = one.text.chosen();
    if (!chosen) return;
    one.span = chosen;
    document.getSelection()?.removeAllRanges();
    one.draw();
    changed();
  };
  frame.addEventListener("mouseup", mouse);
  const leave = enter((event, key) => {
    if (event.target instanceof HTMLElement && event.target.matches("input, select, textarea")) return false;
    if (MOVES[key]) {
      MOVES[key](one);
      one.draw();
      changed();
      return true;
    }
    return other(key);
  });
  one.draw();
  changed();
  return () => {
    frame.removeEventListener("mouseup", mouse);
    one.clear();
    leave();
  };
}
