// Lists of rows by keys: j and k move, Enter opens, / goes to the search.
import { all, announce } from "./dom.js";
import { bind } from "./keys.js";

const rows = all("table.rows tbody tr");
let at = -1;

/** @param {number} by */
function move(by) {
  if (!rows.length) return;
  rows[at]?.removeAttribute("aria-selected");
  at = Math.min(rows.length - 1, Math.max(0, at + by));
  rows[at].setAttribute("aria-selected", "true");
  rows[at].scrollIntoView({ block: "nearest" });
  announce(rows[at].innerText.replace(/\s+/g, " "));
}

bind([
  { name: "list.next", key: "j", words: "Next row", held: true, act: () => move(1) },
  { name: "list.previous", key: "k", words: "Previous row", held: true, act: () => move(-1) },
  { name: "list.open", key: "Enter", words: "Open the row", act: () => /** @type {HTMLAnchorElement | null} */ (rows[at]?.querySelector("a[data-opens]"))?.click() },
  { name: "list.search", key: "/", words: "Search", act: () => /** @type {HTMLElement | null} */ (document.querySelector("[data-search]"))?.focus() },
]);
