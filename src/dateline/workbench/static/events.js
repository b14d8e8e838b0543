// The events screen: one selection, shown in the list, on the map and on the timeline at once.
import { all, announce, toast } from "./dom.js";
import { bind } from "./keys.js";
import { fragment } from "./server.js";
import { EventMap } from "./map.js";
import { Timeline } from "./timeline.js";

const screen = /** @type {HTMLElement} */ (document.getElementById("events"));
const list = document.getElementById("rows");
const query = screen.dataset.query ?? "";
const map = new EventMap(/** @type {HTMLElement} */ (document.getElementById("map")), query);
const timeline = new Timeline(/** @type {HTMLElement} */ (document.getElementById("timeline")), query);

/** @returns {HTMLElement[]} */
const rows = () => (list ? all(".row", list) : []);
const current = () => /** @type {HTMLElement | null} */ (list?.querySelector('.row[aria-current="true"]') ?? null);

/** @param {HTMLElement | undefined} row @param {{scroll?: boolean}} [how] */
function select(row, { scroll = true } = {}) {
  if (!row) return;
  current()?.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  if (scroll) row.scrollIntoView({ block: "nearest" });
  map.show(row.dataset);
  timeline.show(row.dataset);
  announce(row.querySelector("a")?.textContent?.trim() ?? "");
}

/** @param {number} by */
async function move(by) {
  const found = rows();
  const now = current();
  const at = now ? found.indexOf(now) + by : by > 0 ? 0 : found.length - 1;
  if (at >= found.length && (await more())) return move(by);
  select(found[Math.max(0, Math.min(found.length - 1, at))]);
}

let loading = false;
/** Puts the next rows under the list; whether there were any. */
async function more() {
  const place = /** @type {HTMLElement | null} */ (list?.querySelector(".more") ?? null);
  if (!place || loading) return false;
  loading = true;
  try {
    place.replaceWith(await fragment(place.dataset.more ?? ""));
    watch();
    return true;
  } catch (error) {
    toast(String(error instanceof Error ? error.message : error), { bad: true });
    return false;
  } finally {
    loading = false;
  }
}

const near = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && more(), { rootMargin: "400px" });
function watch() {
  near.disconnect();
  const place = list?.querySelector(".more");
  if (place) near.observe(place);
}

list?.addEventListener("click", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  const row = /** @type {HTMLElement | null} */ (target.closest(".row"));
  if (row && !target.closest("a")) select(row, { scroll: false });
});

const open = () => current()?.querySelector("a")?.click();
bind([
  { name: "events.next", key: "j", words: "Next event", act: () => move(1), held: true },
  { name: "events.previous", key: "k", words: "Previous event", act: () => move(-1), held: true },
  { name: "events.open", key: "Enter", words: "Open the event", act: open },
  { name: "events.find", key: "/", words: "Look for words", act: () => document.getElementById("filter-words")?.focus() },
  { name: "map.in", key: "+", words: "Map: nearer", act: () => map.zoom(2), held: true },
  { name: "map.out", key: "-", words: "Map: farther", act: () => map.zoom(0.5), held: true },
  { name: "map.all", key: "0", words: "Map: all events", act: () => map.fit() },
  { name: "map.view", key: "v", words: "Only events in the map's view", act: () => map.narrow() },
]);
watch();
map.fitFrame();
timeline.fitFrame();
screen.dataset.ready = "";
