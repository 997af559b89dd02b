// Building blocks of the page: elements are made here, and only text ever comes from messages.

/** Makes an element: attributes by name, `on...` for listeners, children as nodes or text. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** The same for pictures. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.flat());
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Puts text into an element, if it is not there already: screen readers speak what changes. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows `children` in `parent`, if their description has changed since the last time; says whether it had. */
export function redraw(parent, description, draw) {
  const key = JSON.stringify(description);
  if (parent.drawnFrom === key) return false;
  const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  parent.drawnFrom = key;
  parent.replaceChildren(...draw());
  if (focused) parent.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  return true;
}

/** Forgets what was drawn, so that the next redraw draws. */
export function forget(parent) {
  parent.drawnFrom = undefined;
}

/** Two letters for somebody without a picture, on one of eight grounds that follows from the name. */
export function face(name, size = "") {
  const letters = name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => word[0].toUpperCase()).join("");
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 8191;
  return h("span", { class: `face face-${sum % 8} ${size}`, "aria-hidden": "true" }, letters);
}
