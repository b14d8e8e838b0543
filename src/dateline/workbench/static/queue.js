// The queue: one claim after the other, the least certain first.
import { Desk } from "./desk.js";
import { toast } from "./dom.js";
import { bind } from "./keys.js";
import { reviewing } from "./review.js";
import { ask, Refused } from "./server.js";

const desk = new Desk(/** @type {HTMLElement} */ (document.getElementById("desk")));
const next = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a[rel=next]"));
reviewing(desk, { past: () => next?.click() });

const lists = /** @type {HTMLElement} */ (document.getElementById("lists"));
const bulk = document.getElementById("bulk");

/** Lines that wait and are wholly in view: what "accept all" can mean. @returns {HTMLElement[]} */
function inView() {
  const frame = lists.getBoundingClientRect();
  return desk.lines.filter((line) => {
    const box = line.getBoundingClientRect();
    const state = line.querySelector(".state")?.textContent ?? "";
    return box.height > 0 && box.top >= frame.top && box.bottom <= frame.bottom && !state;
  });
}

function count() {
  const place = document.getElementById("bulk-count");
  if (place) place.textContent = String(inView().length);
}

async function acceptInView() {
  const lines = inView();
  if (!lines.length) return;
  try {
    const claims = lines.map((line) => ({ claim: line.dataset.claim, revision: Number(line.dataset.revision) }));
    await ask("/api/decisions/bulk", { claims });
    toast(`${lines.length} accepted. Each can be undone in the history.`);
    location.reload();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(error.message, { bad: true });
  }
}

if (bulk) {
  bulk.addEventListener("click", acceptInView);
  bind([{ name: "queue.bulk", key: "Shift+Enter", words: "Accept all that is in view in the list", act: acceptInView }]);
  lists.addEventListener("scroll", count, { passive: true });
  addEventListener("resize", count);
}
bind([
  {
    name: "queue.search",
    key: "/",
    words: "Filter",
    act: () => {
      const filter = document.querySelector(".filter");
      if (filter instanceof HTMLDetailsElement) filter.open = true;
      /** @type {HTMLElement | null} */ (document.querySelector("[data-search]"))?.focus();
    },
  },
]);
if (desk.lines.length) desk.choose(desk.lines[0]).then(count);
