// The timeline: drawn by the server; a stretch of it is chosen by dragging.
import { toast } from "./dom.js";
import { fragment } from "./server.js";

const SVG = "http://www.w3.org/2000/svg";
const EPOCH = 719163; // 1970-01-01 as the server counts days
const DAY = 86_400_000;

/** @param {number} day */
const iso = (day) => new Date((day - EPOCH) * DAY).toISOString().slice(0, 10);

export class Timeline {
  /** @param {HTMLElement} frame @param {string} query of the selection */
  constructor(frame, query) {
    this.frame = frame;
    this.query = query;
    this.dragged = false;
    /** @type {DOMStringMap | null} */
    this.shown = null;
    this.#read();
    frame.addEventListener("pointerdown", (event) => this.#drag(event));
    frame.addEventListener("click", (event) => this.#click(event), true);
  }

  #read() {
    this.svg = /** @type {SVGSVGElement | null} */ (this.frame.querySelector("svg.timeline"));
    const of = this.svg?.dataset ?? {};
    this.first = Number(of.first);
    this.scale = Number(of.scale);
    this.base = Number(of.base);
    this.width = Number(of.width);
  }

  /** Draws anew where the frame is much narrower or wider than the drawing. */
  async fitFrame() {
    const width = Math.round(this.frame.clientWidth);
    if (!this.svg || Math.abs(width / this.width - 1) < 0.2) return;
    const wanted = new URLSearchParams(this.query);
    wanted.set("width", String(Math.max(200, width)));
    try {
      this.frame.replaceChildren(await fragment(`/events/timeline?${wanted}`));
      this.#read();
      if (this.shown) this.show(this.shown);
    } catch (error) {
      toast(String(error instanceof Error ? error.message : error), { bad: true });
    }
    this.frame.dataset.drawn = "";
  }

  /** Marks when an event was. @param {DOMStringMap} data of its row */
  show(data) {
    this.shown = data;
    const here = this.svg?.querySelector("#timeline-here");
    here?.replaceChildren();
    if (!here || data.first === undefined) return;
    const x = (Number(data.first) - this.first) * this.scale;
    const width = (Number(data.last) + 1 - Number(data.first)) * this.scale;
    here.append(this.#rect(x - (width < 4 ? 2 : 0), Math.max(4, width), ""));
  }

  /** @param {number} x @param {number} width @param {string} name */
  #rect(x, width, name) {
    const rect = document.createElementNS(SVG, "rect");
    const values = { x, y: 0, width, height: this.base, class: name };
    for (const [key, value] of Object.entries(values)) rect.setAttribute(key, String(value));
    return rect;
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (event.button !== 0 || !this.svg || !(event.target instanceof Element) || !event.target.closest("svg.timeline")) return;
    const svg = this.svg;
    const at = (/** @type {PointerEvent} */ one) => {
      const frame = svg.getBoundingClientRect();
      return ((one.clientX - frame.left) * this.width) / frame.width;
    };
    const start = at(event);
    this.dragged = false;
    let end = start;
    const move = (/** @type {PointerEvent} */ one) => {
      end = at(one);
      if (Math.abs(end - start) < 5) return;
      this.dragged = true;
      svg.querySelector("#timeline-here")?.replaceChildren(this.#rect(Math.min(start, end), Math.abs(end - start), "brush"));
    };
    const stop = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", stop);
      removeEventListener("pointercancel", stop);
      if (this.dragged) this.#choose(Math.min(start, end), Math.max(start, end));
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", stop);
    addEventListener("pointercancel", stop);
    event.preventDefault(); // a link is not dragged
  }

  /** @param {number} from @param {number} to pixels */
  #choose(from, to) {
    const wanted = new URLSearchParams(this.query);
    wanted.set("since", iso(Math.floor(this.first + from / this.scale)));
    wanted.set("until", iso(Math.floor(this.first + to / this.scale)));
    location.assign(`/events?${wanted}`);
  }

  /** A drag is no click. @param {MouseEvent} event */
  #click(event) {
    if (!this.dragged) return;
    event.preventDefault();
    event.stopPropagation();
  }
}
