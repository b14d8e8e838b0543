// What every screen begins with: its keys, dialogs that close, and a mark that scripts are ready.
import { all } from "./dom.js";
import { bind, showKeys } from "./keys.js";

/** @param {string} path */
const go = (path) => () => {
  if (document.querySelector(`.screens a[href="${path}"]`)) location.assign(path);
};

bind([
  { name: "screens.keys", key: "?", words: "Show the keys", act: showKeys },
  { name: "screens.home", key: "Alt+1", words: "Home", act: go("/") },
  { name: "screens.queue", key: "Alt+2", words: "Queue", act: go("/queue") },
  { name: "screens.events", key: "Alt+3", words: "Events", act: go("/events") },
  { name: "screens.reports", key: "Alt+4", words: "Reports", act: go("/reports") },
  { name: "screens.history", key: "Alt+5", words: "History", act: go("/history") },
]);
for (const button of all("dialog [data-close]")) button.addEventListener("click", () => button.closest("dialog")?.close());
document.documentElement.dataset.ready = "";
