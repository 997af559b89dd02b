// Forms that the app opens, as dialogs: fields, what is wrong beside each, and the stack they stand in.

import { blocks } from "./blocks.js";
import { byId, say } from "./dom.js";
import { label } from "./mrkdwn.js";

const dialog = byId("modal");
const holder = byId("modal-blocks");
let drawn = "";
let hands = { submit: async () => {}, close: async () => {} };

export const isOpen = () => dialog.open;

/** `onSubmit(values)` and `onClose()` do what they say and draw anew afterwards. */
export function start(onSubmit, onClose) {
  hands = { submit: onSubmit, close: onClose };
  byId("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = byId("modal-submit");
    if (button.hidden || button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    try {
      await hands.submit(values());
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
  byId("modal-x").addEventListener("click", () => hands.close());
  byId("modal-close").addEventListener("click", () => hands.close());
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    hands.close();
  });
}

/** Block id and words of each field that says something. */
function values() {
  const fields = [...holder.querySelectorAll(":scope > [data-block]")];
  return fields.map((field) => [field.dataset.block, field.read()]).filter(([, words]) => words !== undefined);
}

/** Shows the topmost form, or none. A form that has not changed stays as it is, with what was typed. */
export function draw(view, depth, ground) {
  if (!view) {
    if (dialog.open) dialog.close();
    drawn = "";
    // What one has written is nobody else's: it does not stay behind in a closed form.
    holder.replaceChildren();
    trouble("");
    return;
  }
  const key = JSON.stringify([view.id, view.hash, view.errors]);
  if (key === drawn && dialog.open) return;
  const typed = drawn.startsWith(`["${view.id}"`) && dialog.open ? new Map(values()) : null;
  drawn = key;
  const { title, submit, close, blocks: all } = view.drawn;
  say(byId("modal-title"), label(title) + (depth > 1 ? ` (${depth} of ${depth})` : ""));
  trouble(view.errors[""]);
  holder.replaceChildren(...blocks(all, { ...ground, chosen: view.values, errors: view.errors }));
  if (typed) keepTyped(typed);
  byId("modal-submit").hidden = !submit;
  say(byId("modal-submit"), submit ? label(submit) : "");
  say(byId("modal-close"), close ? label(close) : depth > 1 ? "Back" : "Close");
  if (!dialog.open) dialog.showModal();
  (holder.querySelector("[aria-invalid]") ?? holder.querySelector("textarea, input, select") ?? byId("modal-close")).focus();
}

/** Slack keeps what somebody is typing while the app draws errors beside it. */
function keepTyped(typed) {
  for (const field of holder.querySelectorAll(":scope > [data-block]")) {
    const words = typed.get(field.dataset.block);
    const text = field.querySelector("textarea, input:not([type=radio], [type=checkbox])");
    if (text && words !== undefined) text.value = words;
  }
}

/** A sentence for trouble that came with no form. */
export function trouble(words) {
  const line = byId("modal-trouble");
  line.hidden = !words;
  say(line, words ?? "");
}
