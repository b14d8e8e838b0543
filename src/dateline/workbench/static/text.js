// The text of a report in the page: characters of the text <-> places in the document, words, and what is lit.
//
// Offsets count characters (code points) of the text as received.  A hidden character stands in the page as a labelled chip:
// it is one character of the text, however long its label is.
import { all } from "./dom.js";

/** @typedef {[number, number]} Span */
/** @typedef {{node: Node, start: number, end: number, chip: boolean}} Run one text node or chip, and the characters it shows */

const LETTER = /[\p{L}\p{N}\p{M}\p{Sc}%'’_-]/u;

/** Spans of an attribute such as "4-12 40-51". @param {string | undefined} words @returns {Span[]} */
export function spansOf(words) {
  return (words ?? "").split(" ").filter(Boolean).map((pair) => /** @type {Span} */ (pair.split("-").map(Number)));
}

export class Text {
  /** @param {HTMLElement} root the .reader-text */
  constructor(root) {
    this.root = root;
    this.report = root.dataset.report ?? "";
    /** @type {{element: HTMLElement, start: number, runs: Run[] | null}[]} */
    this.chunks = [];
    this.take(all(".chunk", root));
  }

  /** Further parts of the text, which are in the page now. @param {HTMLElement[]} elements */
  take(elements) {
    this.chunks.push(...elements.map((element) => ({ element, start: Number(element.dataset.start), runs: null })));
  }

  /** Whether parts are still to come. @returns {boolean} */
  get waits() {
    return this.chunks.length < Number(this.root.dataset.parts);
  }

  /** @param {number} at @returns {number} the chunk that holds a character */
  #chunk(at) {
    let low = 0;
    let high = this.chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.chunks[middle].start <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** @param {number} n @returns {Run[]} */
  #runs(n) {
    const chunk = this.chunks[n];
    if (chunk.runs) return chunk.runs;
    const runs = [];
    let at = chunk.start;
    const walker = document.createTreeWalker(chunk.element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const chip = /** @type {HTMLElement} */ (node.parentElement).closest(".chip");
      const length = chip ? 1 : count(node.data);
      runs.push({ node: chip ?? node, start: at, end: at + length, chip: chip !== null });
      at += length;
    }
    chunk.runs = runs;
    return runs;
  }

  /** The runs that touch a span. @param {Span} span @returns {Run[]} */
  runs([start, end]) {
    const found = [];
    for (let n = this.#chunk(start); n < this.chunks.length && this.chunks[n].start < end; n += 1) {
      found.push(...this.#runs(n).filter((run) => run.start < end && run.end > start));
    }
    return found;
  }

  /** The characters of a span. @param {Span} span @returns {string} */
  of([start, end]) {
    return this.runs([start, end])
      .map((run) => (run.chip ? " " : slice(/** @type {any} */ (run.node).data, Math.max(0, start - run.start), Math.min(run.end, end) - run.start)))
      .join("");
  }

  /** @param {Span} span @returns {Range | null} */
  range([start, end]) {
    const runs = this.runs([start, end]);
    if (!runs.length) return null;
    const range = document.createRange();
    const [first, last] = [runs[0], runs[runs.length - 1]];
    if (first.chip) range.setStartBefore(first.node);
    else range.setStart(first.node, units(first.node.data, Math.max(0, start - first.start)));
    if (last.chip) range.setEndAfter(last.node);
    else range.setEnd(last.node, units(last.node.data, Math.min(last.end, end) - last.start));
    return range;
  }

  /** The characters that the mouse has selected; null where nothing of the text is. @returns {Span | null} */
  chosen() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!this.root.contains(range.commonAncestorContainer)) return null;
    let start = -1;
    let end = -1;
    this.chunks.forEach((chunk, n) => {
      if (!range.intersectsNode(chunk.element)) return;
      for (const run of this.#runs(n)) {
        if (!range.intersectsNode(run.node)) continue;
        const from = run.node === range.startContainer ? run.start + count(run.node.data.slice(0, range.startOffset)) : run.start;
        const to = run.node === range.endContainer ? run.start + count(run.node.data.slice(0, range.endOffset)) : run.end;
        if (from < to && start < 0) start = from;
        if (from < to) end = to;
      }
    });
    return start < 0 ? null : this.trimmed([start, end]);
  }

  /** A span without blanks at its ends. @param {Span} span @returns {Span | null} */
  trimmed([start, end]) {
    const words = [...this.of([start, end])];
    const before = words.findIndex((c) => /\S/.test(c));
    if (before < 0) return null;
    const after = [...words].reverse().findIndex((c) => /\S/.test(c));
    return [start + before, end - after];
  }

  /** The words from one character to another. @param {Span} span @returns {Span[]} */
  words([start, end]) {
    const found = [];
    let at = start;
    let from = -1;
    for (const character of this.of([start, end])) {
      if (LETTER.test(character)) from = from < 0 ? at : from;
      else if (from >= 0) {
        found.push(/** @type {Span} */ ([from, at]));
        from = -1;
      }
      at += 1;
    }
    if (from >= 0) found.push([from, at]);
    return found;
  }

  /** The last character's place. @returns {number} */
  get end() {
    const runs = this.#runs(this.chunks.length - 1);
    return runs.length ? runs[runs.length - 1].end : this.chunks[this.chunks.length - 1]?.start ?? 0;
  }

  /** Lights spans under a name, in the place of what was lit under it. @param {string} name @param {Span[]} spans */
  light(name, spans) {
    const ranges = spans.map((span) => this.range(span)).filter((range) => range !== null);
    if (CSS.highlights) {
      if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
      else CSS.highlights.delete(name);
    } else if (ranges.length) {
      const selection = document.getSelection(); // browsers without highlights: the browser's own selection
      selection?.removeAllRanges();
      selection?.addRange(ranges[0]);
    }
  }

  /** @param {Span[]} spans @param {{centre?: boolean}} [options] */
  show(spans, { centre = false } = {}) {
    if (!spans.length) return;
    const [start] = spans[0];
    const chunk = this.chunks[this.#chunk(start)].element;
    const frame = /** @type {HTMLElement} */ (this.root.closest(".desk-text"));
    // a part that was never in view has no true height yet: go to it first, then to the words in it
    if (!onScreen(chunk, frame)) chunk.scrollIntoView({ block: "start" });
    const box = this.range(spans[0])?.getClientRects()[0];
    if (!box) return;
    const view = frame.scrollHeight > frame.clientHeight ? frame.getBoundingClientRect() : new DOMRect(0, 0, innerWidth, innerHeight);
    const inside = box.top > view.top + 60 && box.bottom < view.bottom - 40;
    if (inside && !centre) return;
    const by = box.top - view.top - view.height / 3;
    if (frame.scrollHeight > frame.clientHeight) frame.scrollTop += by;
    else scrollBy(0, by);
  }
}

/** @param {HTMLElement} element @param {HTMLElement} frame */
function onScreen(element, frame) {
  const [box, view] = [element.getBoundingClientRect(), frame.getBoundingClientRect()];
  return box.bottom > Math.max(0, view.top) && box.top < Math.min(innerHeight, view.bottom);
}

/** Characters of a string, as the server counts them. @param {string} words */
function count(words) {
  let wide = 0;
  for (let at = 0; at < words.length; at += 1) if (isHigh(words, at)) wide += 1;
  return words.length - wide;
}

/** Code units of the first characters of a string. @param {string} words @param {number} characters */
function units(words, characters) {
  let at = 0;
  for (let n = 0; n < characters && at < words.length; n += 1) at += isHigh(words, at) ? 2 : 1;
  return at;
}

/** @param {string} words @param {number} start @param {number} end */
function slice(words, start, end) {
  return words.slice(units(words, start), units(words, end));
}

/** @param {string} words @param {number} at */
function isHigh(words, at) {
  const unit = words.charCodeAt(at);
  return unit >= 0xd800 && unit < 0xdc00 && at + 1 < words.length;
}
