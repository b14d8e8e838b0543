// One event: back to the list with the key that leaves.
import { bind } from "./keys.js";

const back = /** @type {HTMLAnchorElement} */ (document.getElementById("back"));
const came = document.referrer.startsWith(`${location.origin}/events?`) || history.length > 1;
bind([{ name: "event.back", key: "u", words: "Back to the events", act: () => (came ? history.back() : location.assign(back.href)) }]);
