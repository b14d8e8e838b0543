// Builds elements.  Text goes in as text nodes only; hidden characters (controls, bidi marks) stand as labelled chips.
const Dateline = {};

Dateline.dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
  const LAST_LATIN = "\u024f";

  // Joiners between letters of Arabic, Indic and the like are spelling; the same rule as in visible.py.
  function isHidden(text, at, character) {
    if (character === "\n" || character === "\t") return false;
    if (character === "\r") return text[at + 1] !== "\n";
    if (character === "\u200c" || character === "\u200d") {
      return !((text[at - 1] || "") > LAST_LATIN && (text[at + 1] || "") > LAST_LATIN);
    }
    return true;
  }

  function code(character) {
    return "U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  }

  function chip(character, names) {
    const label = code(character);
    return el("span", { class: "chip", title: names[label] || "hidden character", "data-code": label }, label);
  }

  // The nodes of text[start, end): text nodes, and chips where characters would not show.
  function shown(text, names = {}, start = 0, end = text.length) {
    const nodes = [];
    let from = start;
    const hidden = new RegExp(HIDDEN); // its own: a chip's label passes through here as well
    hidden.lastIndex = start;
    for (let found = hidden.exec(text); found && found.index < end; found = hidden.exec(text)) {
      if (!isHidden(text, found.index, found[0])) continue;
      if (found.index > from) nodes.push(document.createTextNode(text.slice(from, found.index)));
      nodes.push(chip(found[0], names));
      from = found.index + found[0].length;
    }
    if (end > from) nodes.push(document.createTextNode(text.slice(from, end)));
    return nodes;
  }

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : String(value));
    }
    for (const child of children.flat(Infinity)) {
      if (child === null || child === undefined || child === false || child === "") continue;
      element.append(...(child instanceof Node ? [child] : shown(String(child))));
    }
    return element;
  }

  const el = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
  const svg = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

  // Something that acts as a button though it is drawn: Enter and Space press it as well.
  function pressable(element, press) {
    element.setAttribute("tabindex", "0");
    element.setAttribute("role", "button");
    element.addEventListener("click", press);
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      press(event);
    });
    return element;
  }

  function announce(text) {
    document.getElementById("announce").textContent = text;
  }

  return { el, svg, shown, pressable, announce };
})();
