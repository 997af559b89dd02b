// Building blocks of the page: elements are made here, and only text ever comes from messages.

/** Makes an element: attributes by name, `on...` for listeners, children as nodes or text. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) listen(element, name.slice(2), value);
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
  parent.drawnFrom = key;
  become(parent, draw());
  return true;
}

/** One listener an event, which can be exchanged: an element that stays does what its newest drawing says. */
function listen(element, event, act) {
  element.acts ??= {};
  if (!element.acts[event]) element.addEventListener(event, (happened) => element.acts[event]?.(happened));
  element.acts[event] = act;
}

/**
 * Gives `parent` these children. What is there already and stands for the same thing stays the same element, so that it
 * keeps the focus and is not drawn anew under somebody's pointer; only what differs in it is changed.
 */
export function become(parent, nodes) {
  const old = [...parent.childNodes];
  const take = (fits) => {
    const at = old.findIndex(fits);
    return at < 0 ? undefined : old.splice(at, 1)[0];
  };
  const kept = nodes.flat().filter((node) => node !== null && node !== undefined).map((drawn) => {
    const node = drawn instanceof Node ? drawn : document.createTextNode(drawn);
    const same = thing(node);
    const before = take((one) => one === node) ?? take((one) => one.nodeName === node.nodeName && thing(one) === same);
    return before ? alter(before, node) : node;
  });
  order(parent, kept);
}

/** Puts the nodes in order, moving none that stands right, and takes the others away. */
export function order(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, n) => {
    if (parent.childNodes[n] !== node) parent.insertBefore(node, parent.childNodes[n] ?? null);
  });
}

/** What a node stands for, if that can be told: its own name, or that of the first thing to press in it. */
const thing = (node) => (node.nodeType === Node.ELEMENT_NODE ? named(node) || named(node.querySelector("[data-same], [id]")) : "");
const named = (node) => node?.dataset.same || node?.id || "";

/** What an element got after it was drawn: it is busy, or was put into its place. */
const OWN = new Set(["aria-busy", "style"]);

/** `before`, made to look and act like `node`; or `node`, where something is filled in that is read from it. */
export function alter(before, node) {
  if (before === node) return before;
  if (before.nodeType !== Node.ELEMENT_NODE) {
    if (before.data !== node.data) before.data = node.data;
    return before;
  }
  if (node.matches("svg, img, .field, .chosen, .options, input, select, textarea")) return before.isEqualNode(node) ? before : node;
  for (const { name } of [...before.attributes]) if (!node.hasAttribute(name) && !OWN.has(name)) before.removeAttribute(name);
  for (const { name, value } of node.attributes) if (before.getAttribute(name) !== value) before.setAttribute(name, value);
  for (const event of Object.keys(before.acts ?? {})) before.acts[event] = node.acts?.[event];
  for (const [event, act] of Object.entries(node.acts ?? {})) listen(before, event, act);
  become(before, [...node.childNodes]);
  return before;
}

let pressed = false;
let released = [];
for (const kind of ["pointerdown", "pointerup", "pointercancel"]) {
  document.addEventListener(kind, () => {
    pressed = kind === "pointerdown";
    // The click follows the release; then what has waited is drawn.
    if (!pressed) setTimeout(() => released.splice(0).forEach((go) => go()));
  }, { capture: true, passive: true });
}

/** Waits until no button of the mouse is pressed, a second at most: nothing moves under a pointer that is down. */
export const atRest = () => (pressed ? Promise.race([new Promise((go) => released.push(go)), new Promise((go) => setTimeout(go, 1_000))]) : Promise.resolve());

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
