// Keys: every action has a name, a first key and words; people can give it another key, which this browser remembers.
import { all, announce, el } from "./dom.js";

const STORE = "dateline.keys";

/**
 * @typedef {object} Action
 * @property {string} name as in "review.accept"; what is before the dot is the group
 * @property {string} key as KeyboardEvent.key, with "Ctrl+", "Alt+" or "Shift+" before it where they are held
 * @property {string} words
 * @property {(event: KeyboardEvent) => void} act
 * @property {boolean} [held] also while the key is held down
 */

/** @type {Map<string, Action>} */
const actions = new Map();
/** @type {((event: KeyboardEvent, pressed: string) => boolean)[]} */
const modes = [];

/** @returns {Record<string, string>} */
function own() {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {Action[]} more */
export function bind(more) {
  for (const action of more) actions.set(action.name, action);
  label(document);
}

/** The key of an action now. @param {string} name @returns {string} */
export function keyOf(name) {
  return own()[name] ?? actions.get(name)?.key ?? "";
}

/** Writes the keys into <kbd data-key-of>. @param {ParentNode} within */
export function label(within) {
  for (const kbd of all("kbd[data-key-of]", within)) kbd.textContent = shown(keyOf(kbd.dataset.keyOf ?? ""));
}

/**
 * A mode takes keys before all actions, until the returned function ends it.
 * @param {(event: KeyboardEvent, pressed: string) => boolean} take true where it took the key
 * @returns {() => void}
 */
export function enter(take) {
  modes.push(take);
  return () => {
    const at = modes.indexOf(take);
    if (at >= 0) modes.splice(at, 1);
  };
}

/**
 * Keeps what is typed while `act` waits for an answer, so that nobody has to wait between two keys.
 * @param {() => Promise<boolean>} act true: the keys go, in their order, to what stands there then; false: to nobody
 */
export async function holding(act) {
  /** @type {KeyboardEvent[]} */
  const kept = [];
  const leave = enter((event) => {
    if (event.ctrlKey || event.metaKey) return false;
    kept.push(event);
    return true;
  });
  const ready = await act().finally(leave);
  if (ready) kept.forEach(again);
}

/** Presses a key a second time. @param {KeyboardEvent} event */
function again(event) {
  const { key, code, shiftKey, altKey } = event;
  const focus = document.activeElement;
  const place = focus instanceof HTMLElement && (modes.length || typing(focus)) ? focus : document.body;
  const passed = place.dispatchEvent(new KeyboardEvent("keydown", { key, code, shiftKey, altKey, bubbles: true, cancelable: true }));
  if (passed && key.length === 1 && place instanceof HTMLInputElement) {
    place.setRangeText(key, place.selectionStart ?? 0, place.selectionEnd ?? 0, "end"); // a made event writes nothing
    place.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

/** "Ctrl+z" and the like; Shift is named only where the character does not show it. @param {KeyboardEvent} event */
export function pressed(event) {
  const key = event.key === " " ? "Space" : event.key;
  const shift = event.shiftKey && key.length > 1 ? "Shift+" : "";
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift}${key}`;
}

/** @param {string} key @returns {string} */
function shown(key) {
  return key.replace("ArrowUp", "↑").replace("ArrowDown", "↓").replace("ArrowLeft", "←").replace("ArrowRight", "→");
}

/** @param {EventTarget | null} target */
function typing(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"));
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const key = pressed(event);
  if (modes.length && modes[modes.length - 1](event, key)) {
    event.preventDefault();
    return;
  }
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  // Enter and Space press the button or link that has the focus
  if ((key === "Enter" || key === "Space") && event.target instanceof HTMLElement && event.target.closest("button, a, summary, [role=button]")) return;
  for (const action of actions.values()) {
    if (keyOf(action.name) !== key || (event.repeat && !action.held)) continue;
    event.preventDefault();
    action.act(event);
    return;
  }
});

// The list of keys

/** @param {string} name */
function group(name) {
  return name.split(".")[0];
}

function draw() {
  const list = /** @type {HTMLElement} */ (document.getElementById("key-list"));
  const rows = [];
  let last = "";
  for (const action of actions.values()) {
    if (group(action.name) !== last) rows.push(el("h3", {}, (last = group(action.name)).replace(/^./, (c) => c.toUpperCase())));
    const button = el("button", { type: "button", "aria-pressed": "false", "aria-label": `Key for: ${action.words}` }, shown(keyOf(action.name)));
    button.addEventListener("click", () => change(action, button));
    rows.push(el("dt", {}, button), el("dd", {}, action.words));
  }
  list.replaceChildren(...rows);
}

/** @param {Action} action @param {HTMLElement} button */
function change(action, button) {
  button.setAttribute("aria-pressed", "true");
  button.textContent = "press a key";
  const leave = enter((event, key) => {
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return true;
    leave();
    const other = [...actions.values()].find((one) => one !== action && keyOf(one.name) === key);
    if (key !== "Escape" && other) announce(`${shown(key)} is the key for: ${other.words}`);
    else if (key !== "Escape") localStorage.setItem(STORE, JSON.stringify({ ...own(), [action.name]: key }));
    draw();
    label(document);
    return true;
  });
}

export function showKeys() {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("keys"));
  draw();
  dialog.showModal();
}

document.getElementById("show-keys")?.addEventListener("click", showKeys);
document.getElementById("keys-reset")?.addEventListener("click", () => {
  localStorage.removeItem(STORE);
  draw();
  label(document);
});
