// Undo, redo and revert from the history, and the check of the log.
import { all, toast } from "./dom.js";
import { ask, Refused } from "./server.js";

/** @param {() => Promise<unknown>} act */
async function then(act) {
  try {
    await act();
    location.reload();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(error.message, { bad: true });
  }
}

for (const button of all("[data-again]")) {
  const decision = { action: button.dataset.again, number: Number(button.dataset.number) };
  button.addEventListener("click", () => then(() => ask("/api/decisions", { decision })));
}
for (const button of all("[data-revert]")) {
  button.addEventListener("click", () => then(() => ask("/api/revert", { claim: button.dataset.claim, number: Number(button.dataset.revert) })));
}

document.getElementById("audit")?.addEventListener("click", async () => {
  const place = /** @type {HTMLElement} */ (document.getElementById("audit-says"));
  place.hidden = false;
  place.textContent = "Checking …";
  try {
    const found = await ask("/api/audit");
    place.textContent = found.faults.length
      ? `The log is not whole: ${found.faults.join("; ")}${found.more ? ` and ${found.more} more` : ""}`
      : `The log is whole: ${found.reviews} decisions, ${found.claims} claims. Its last hash, to note down: ${found.head}`;
    place.classList.toggle("fault", found.faults.length > 0);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    place.textContent = error.message;
  }
});
