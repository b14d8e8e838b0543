// The reader: all claims of one report, in the order of its text.
import { Desk } from "./desk.js";
import { bind } from "./keys.js";
import { reviewing } from "./review.js";

const desk = new Desk(/** @type {HTMLElement} */ (document.getElementById("desk")));
reviewing(desk);
bind([
  { name: "text.next-number", key: "]", words: "Next number that is in no figure", act: () => spot(1) },
  { name: "text.previous-number", key: "[", words: "Previous number that is in no figure", act: () => spot(-1) },
]);

const spots = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".spot")]);
let at = -1;

/** @param {number} by */
function spot(by) {
  if (!spots.length) return;
  at = (at + by + spots.length) % spots.length;
  spots[at].click();
}

const wanted = new URLSearchParams(location.search).get("claim");
const line = desk.lines.find((one) => one.dataset.claim === wanted);
if (line) desk.choose(line);
else if (wanted) desk.show(wanted, desk.text?.report ?? "");
else if (desk.lines.length) desk.choose(desk.lines[0], { keep: true });
