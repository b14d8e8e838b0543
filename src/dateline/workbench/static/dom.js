// Builds elements; text goes in as text nodes only.

/**
 * @param {string} name
 * @param {Record<string, any>} [attributes] functions under "on..." become listeners
 * @param {...(Node|string|number|null|undefined|false)} children
 * @returns {HTMLElement}
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false && child !== "").map((c) => (c instanceof Node ? c : String(c))));
  return element;
}

/** Said to those who hear the page. @param {string} words */
export function announce(words) {
  const place = document.getElementById("announce");
  if (place) place.textContent = words;
}

/**
 * A short message in the corner, with something to do about it where `act` is given.
 * @param {string} words
 * @param {{bad?: boolean, label?: string, act?: () => void}} [options]
 */
export function toast(words, { bad = false, label, act } = {}) {
  const place = document.getElementById("toasts");
  if (!place) return;
  const one = el("div", { class: bad ? "toast is-bad" : "toast" }, el("span", {}, words));
  if (label && act) one.append(el("button", { type: "button", onclick: () => { one.remove(); act(); } }, label));
  place.replaceChildren(one);
  setTimeout(() => one.remove(), bad ? 9000 : 4500);
}

/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
export function all(selector, within = document) {
  return /** @type {HTMLElement[]} */ ([...within.querySelectorAll(selector)]);
}
