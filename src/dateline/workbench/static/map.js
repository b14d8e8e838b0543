// The map: drawn by the server for each view; moved and zoomed here until the new drawing is there.
import { el, toast } from "./dom.js";
import { fragment } from "./server.js";

const SVG = "http://www.w3.org/2000/svg";
const WAIT = 160; // milliseconds without a move before a new drawing is asked for
const KM_A_DEGREE = 111.32;

/** @param {number} lat */
const mercator = (lat) => (Math.asinh(Math.tan((lat * Math.PI) / 180)) * 180) / Math.PI;
/** @param {number} y */
const latitude = (y) => (Math.atan(Math.sinh((y * Math.PI) / 180)) * 180) / Math.PI;

export class EventMap {
  /** @param {HTMLElement} frame @param {string} query of the selection */
  constructor(frame, query) {
    this.frame = frame;
    this.query = query;
    this.shift = { x: 0, y: 0, k: 1 };
    this.timer = 0;
    this.asked = 0;
    /** @type {DOMStringMap | null} */
    this.shown = null;
    this.#read();
    frame.append(this.#buttons());
    frame.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    frame.addEventListener("pointerdown", (event) => this.#drag(event));
    frame.addEventListener("click", (event) => this.#click(event), true);
  }

  #read() {
    this.svg = /** @type {SVGSVGElement} */ (this.frame.querySelector("svg.map"));
    const of = this.svg.dataset;
    this.view = { west: Number(of.west), north: mercator(Number(of.north)), scale: Number(of.scale), width: Number(of.width), height: Number(of.height) };
  }

  /** Draws anew where the frame has another shape than the drawing. */
  fitFrame() {
    const { width, height } = this.svg.getBoundingClientRect();
    if (Math.abs(width / height - this.view.width / this.view.height) > 0.15 || Math.abs(width / this.view.width - 1) > 0.25) this.#ask(null);
  }

  /** @param {number} by */
  zoom(by) {
    this.#zoomAt(this.view.width / 2, this.view.height / 2, by);
  }

  fit() {
    this.#ask(null);
  }

  /** Goes to the events of the part that is seen. */
  narrow() {
    const { west, south, east, north } = this.#box();
    const wanted = new URLSearchParams(this.query);
    wanted.delete("at");
    wanted.set("within", [Math.max(-180, west), south, Math.min(180, east), north].map((edge) => edge.toFixed(3)).join(","));
    location.assign(`/events?${wanted}`);
  }

  /** Marks where an event was, and goes there. @param {DOMStringMap} data of its row @param {{go?: boolean}} [how] */
  show(data, { go = true } = {}) {
    this.shown = data;
    for (const one of this.svg.querySelectorAll(".selected")) one.classList.remove("selected");
    const here = this.svg.querySelector("#map-here");
    here?.replaceChildren();
    if (data.lon === undefined || !here) return;
    const x = (Number(data.lon) - this.view.west) * this.view.scale;
    const y = (this.view.north - mercator(Number(data.lat))) * this.view.scale;
    const own = [...this.svg.querySelectorAll("[data-keys]")].find((one) => /** @type {HTMLElement} */ (one).dataset.keys?.split(" ").includes(data.key ?? ""));
    own?.classList.add("selected");
    const ring = document.createElementNS(SVG, "circle");
    const km = Number(data.km) / (KM_A_DEGREE * Math.max(0.1, Math.cos((Number(data.lat) * Math.PI) / 180)));
    const isArea = own?.classList.contains("area") || own?.classList.contains("circle");
    const radius = own && !isArea ? Number(own.querySelector("circle")?.getAttribute("r")) + 4 : Math.max(9, isArea ? 9 : km * this.view.scale);
    for (const [name, value] of Object.entries({ cx: x, cy: y, r: radius })) ring.setAttribute(name, value.toFixed(1));
    if (!own && km * this.view.scale > 9) ring.setAttribute("class", "reach");
    here.append(ring);
    if (go && (x < 0 || y < 0 || x > this.view.width || y > this.view.height)) this.#centre(x, y);
  }

  /** @param {number} x @param {number} y */
  #centre(x, y) {
    this.shift = { x: this.view.width / 2 - x, y: this.view.height / 2 - y, k: 1 };
    this.#moved(0);
  }

  #box() {
    const { x, y, k } = this.shift;
    const { west, north, scale, width, height } = this.view;
    const left = west - x / k / scale;
    const top = north + y / k / scale;
    return { west: left, east: left + width / k / scale, north: latitude(top), south: latitude(top - height / k / scale) };
  }

  /** @param {number} x @param {number} y @param {number} by */
  #zoomAt(x, y, by) {
    const least = this.view.width / this.view.scale / 360; // the whole world
    const k = Math.max(Math.min(1, least), Math.min(4000 / this.view.scale, this.shift.k * by));
    const real = k / this.shift.k;
    this.shift = { x: x - (x - this.shift.x) * real, y: y - (y - this.shift.y) * real, k };
    this.#moved();
  }

  /** @param {number} [wait] */
  #moved(wait = WAIT) {
    const { x, y, k } = this.shift;
    this.svg.querySelector(".moving")?.setAttribute("transform", `translate(${x} ${y}) scale(${k})`);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(this.#box()), wait);
  }

  /** @param {{west: number, south: number, east: number, north: number} | null} box */
  async #ask(box) {
    const asked = ++this.asked;
    const { width, height } = this.svg.getBoundingClientRect();
    const wanted = new URLSearchParams(this.query);
    wanted.set("width", String(Math.round(Math.max(200, width))));
    wanted.set("height", String(Math.round(Math.max(120, height))));
    if (box) wanted.set("view", [box.west, box.south, box.east, box.north].map((edge) => edge.toFixed(4)).join(","));
    this.frame.classList.add("busy");
    try {
      const drawn = await fragment(`/events/map?${wanted}`);
      if (asked !== this.asked) return;
      this.svg.remove();
      this.frame.querySelector(".map-foot")?.remove();
      this.frame.prepend(drawn);
      this.shift = { x: 0, y: 0, k: 1 };
      this.#read();
      if (this.shown) this.show(this.shown, { go: false }); // who moves the map away wants to look elsewhere
    } catch (error) {
      toast(String(error instanceof Error ? error.message : error), { bad: true });
    } finally {
      if (asked === this.asked) {
        this.frame.classList.remove("busy");
        this.frame.dataset.drawn = String(asked);
      }
    }
  }

  /** @param {MouseEvent} event */
  #at(event) {
    const frame = this.svg.getBoundingClientRect();
    const k = this.view.width / frame.width;
    return { x: (event.clientX - frame.left) * k, y: (event.clientY - frame.top) * k };
  }

  /** The wheel zooms with Ctrl, or once the map was clicked, so that scrolling the page does not get caught. @param {WheelEvent} event */
  #wheel(event) {
    if (!event.ctrlKey && !this.frame.matches(":focus-within")) return;
    if (!(event.target instanceof Element) || !event.target.closest("svg.map")) return;
    event.preventDefault();
    const { x, y } = this.#at(event);
    this.#zoomAt(x, y, 1.0015 ** -event.deltaY);
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (event.button !== 0 || !(event.target instanceof Element) || !event.target.closest("svg.map")) return;
    const start = this.#at(event);
    const before = { ...this.shift };
    this.dragged = false;
    const move = (/** @type {PointerEvent} */ one) => {
      const now = this.#at(one);
      if (!this.dragged && Math.hypot(now.x - start.x, now.y - start.y) < 4) return;
      this.dragged = true;
      this.shift = { ...before, x: before.x + now.x - start.x, y: before.y + now.y - start.y };
      this.#moved();
    };
    const end = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", end);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
    event.preventDefault(); // a link is not dragged
    /** @type {HTMLElement | null} */ (this.frame.querySelector(".map-buttons button"))?.focus({ preventScroll: true });
  }

  /** A drag is no click; a cluster opens. @param {MouseEvent} event */
  #click(event) {
    if (!(event.target instanceof Element) || !event.target.closest("svg.map")) return;
    if (this.dragged) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const cluster = /** @type {SVGElement | null} */ (event.target.closest(".cluster"));
    if (!cluster) return;
    const [west, south, east, north] = (cluster.dataset.box ?? "").split(",").map(Number);
    const pad = Math.max(0.02, (east - west) * 0.25, (north - south) * 0.25);
    this.#ask({ west: west - pad, south: Math.max(-84, south - pad), east: east + pad, north: Math.min(84, north + pad) });
  }

  #buttons() {
    const button = (/** @type {string} */ label, /** @type {string} */ title, /** @type {() => void} */ press) =>
      el("button", { type: "button", title, "aria-label": title, onclick: press }, label);
    return el(
      "div",
      { class: "map-buttons" },
      button("+", "Nearer", () => this.zoom(2)),
      button("−", "Farther", () => this.zoom(0.5)),
      button("⤢", "All events", () => this.fit()),
      button("▣", "Only events in this view", () => this.narrow()),
    );
  }
}
