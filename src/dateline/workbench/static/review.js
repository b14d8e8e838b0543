// Decisions about the claim in view, by keys and buttons; everything can be undone.
import { furtherActs } from "./acts.js";
import { correcting } from "./correct.js";
import { all, toast } from "./dom.js";
import { bind } from "./keys.js";
import { ask, Refused } from "./server.js";

/** @typedef {import("./desk.js").Desk} Desk */

const STORE = "dateline.undo";
const LONGEST = 200; // decisions that can be undone from here; the history undoes any

/** What was decided in this window, newest last: what can be undone, and what can be done again. */
class Decisions {
  constructor() {
    /** @type {{done: number[], undone: number[]}} */
    this.kept = { done: [], undone: [] };
    try {
      this.kept = JSON.parse(sessionStorage.getItem(STORE) ?? "") ?? this.kept;
    } catch {
      // nothing kept, or not ours
    }
  }

  /** @param {number} number */
  made(number) {
    this.kept = { done: [...this.kept.done, number].slice(-LONGEST), undone: [] };
    this.#keep();
  }

  /** @returns {number | undefined} */
  undo() {
    const number = this.kept.done.pop();
    if (number !== undefined) this.kept.undone.push(number);
    this.#keep();
    return number;
  }

  /** @returns {number | undefined} */
  redo() {
    const number = this.kept.undone.pop();
    if (number !== undefined) this.kept.done.push(number);
    this.#keep();
    return number;
  }

  #keep() {
    sessionStorage.setItem(STORE, JSON.stringify(this.kept));
  }
}

/**
 * @param {Desk} desk
 * @param {{past?: () => void}} [options] past: what comes after the last claim
 */
export function reviewing(desk, { past } = {}) {
  const decisions = new Decisions();
  let busy = false; // a key that comes before the next claim is in view says nothing about it

  /** @param {Record<string, unknown>} decision @param {{reason?: string | null, based?: Record<string, number>}} [options] */
  async function decide(decision, { reason = null, based = {} } = {}) {
    const answer = await ask("/api/decisions", { decision, reason, based_on: based, blind: desk.blind });
    for (const [claim, state] of Object.entries(answer.states)) restate(claim, /** @type {string} */ (state));
    return answer;
  }

  /** @param {string} claim @param {string} state */
  function restate(claim, state) {
    for (const line of desk.lines.filter((one) => one.dataset.claim === claim)) {
      const link = /** @type {HTMLElement} */ (line.querySelector(".claim-link"));
      const mark = link.querySelector(".state") ?? document.createElement("span");
      mark.className = `state state-${state}`;
      mark.textContent = state === "waiting" ? "" : state;
      link.querySelector(".claim-words")?.after(mark);
    }
  }

  /** @param {() => Promise<void>} act */
  async function alone(act) {
    if (busy) return;
    busy = true;
    desk.root.dataset.busy = "";
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      toast(error.message, { bad: true });
      if (error.status === 409) await desk.refresh();
    } finally {
      busy = false;
      delete desk.root.dataset.busy;
    }
  }

  /** A decision about the claim in view; then the next one. @type {import("./correct.js").About} */
  const about = (decision, said, { reason = null, stay = false } = {}) =>
    alone(async () => {
      if (!desk.claim) return;
      const meant = decision(desk.claim);
      const answer = await decide(meant, { reason, based: { [desk.claim]: desk.revision } });
      decisions.made(answer.number);
      desk.root.dataset.decided = String(answer.number);
      if (stay) {
        if (movesMarks(meant)) await desk.reopen();
        await desk.refresh();
      } else if (!(await desk.step(1))) {
        said += "; that was the last one here";
        if (past) past();
        else await desk.refresh();
      }
      toast(said, { label: "Undo", act: undo });
    });

  const undo = () => again("undo", decisions.undo(), "Undone");
  const redo = () => again("redo", decisions.redo(), "Done again");

  /** @param {"undo" | "redo"} action @param {number | undefined} number @param {string} said */
  const again = (action, number, said) =>
    alone(async () => {
      if (number === undefined) {
        toast(action === "undo" ? "Nothing to undo here; the history undoes any decision." : "Nothing to do again.");
        return;
      }
      const answer = await decide({ action, number });
      desk.root.dataset.decided = String(answer.number);
      await desk.reopen();
      const [claim] = answer.claims;
      const line = desk.lines.find((one) => one.dataset.claim === claim);
      if (line) await desk.choose(line);
      else if (claim && answer.report) await desk.show(claim, answer.report);
      toast(said);
    });

  const fields = desk.mayReview ? correcting(desk, about) : null;
  /** @type {Record<string, () => unknown>} */
  const acts = { next: () => desk.step(1), previous: () => desk.step(-1), undo, redo, ...(fields ? furtherActs(desk, fields, about) : {}) };
  const meant = ACCEPTS[desk.root.dataset.what ?? ""];
  if (meant) acts.accept = acts[meant]; // what waits there is no claim, and "accept" says nothing about the claim in view
  for (const button of all("[data-act]", desk.root)) button.addEventListener("click", () => acts[button.dataset.act ?? ""]?.());
  bind(ACTS.filter(([name]) => acts[name]).map(([name, key, words]) => ({ name: `review.${name}`, key, words, held: name === "next" || name === "previous", act: () => acts[name]() })));
  return { about, undo, redo };
}

/** Whether a decision changes where or how claims are marked in the text. @param {Record<string, unknown>} decision */
function movesMarks({ action, field }) {
  if (action === "correct") return field === "evidence" || field === "kind" || field === "certainty";
  return action === "split" || action === "merge" || action === "add_claim";
}

/** What the key of "accept" means in the queue of links, and in that of contradictions. @type {Record<string, string>} */
const ACCEPTS = { links: "link", contradictions: "resolve" };

/** Name, first key and words of every action. @type {[string, string, string][]} */
const ACTS = [
  ["accept", "a", "Accept: every field is right"],
  ["next", "j", "Next claim"],
  ["previous", "k", "Previous claim"],
  ["reject", "x", "Reject: the report makes no such claim"],
  ["undo", "u", "Undo"],
  ["redo", "U", "Do again"],
  ["apart", "n", "Not this event"],
  ["apartWhy", "N", "Not this event, and why"],
  ["link", "l", "The claim is rightly in its event"],
  ["same", "E", "The same event as another claim's"],
  ["split", "S", "Split: two claims in one"],
  ["merge", "M", "Merge with another claim of the report"],
  ["add", "+", "Add a claim that was missed"],
  ["resolve", "h", "Say which side of a contradiction holds"],
  ["name", "P", "Name a place that the gazetteer does not know"],
  ["believe", "g", "Grade the claim, 1 to 6"],
  ["trust", "G", "Grade its source, A to F"],
  ["comment", "m", "Comment"],
];
