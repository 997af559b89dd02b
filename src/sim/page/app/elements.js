// What can be pressed or chosen in messages, App Home and forms, and is told to the app at once.

import { byId, h } from "./dom.js";
import { field } from "./inputs.js";
import { label, words } from "./mrkdwn.js";

export function element(part, block, ground) {
  const control = `${block.block_id}/${part.action_id}`;
  switch (part.type) {
    case "button":
    case "icon_button":
      return button(part, control, ground);
    case "overflow":
      return overflow(part, control, ground);
    case "image":
      return picture(part);
    case "plain_text":
    case "mrkdwn":
      return h("span", {}, words(part, ground.reader));
    default: {
      // A select, a date, radio buttons or checkboxes outside of a form: each change is told.
      const chosen = ground.chosen?.[block.block_id]?.[part.action_id];
      const one = field(part, control, chosen, ground);
      one.node.addEventListener("change", () => {
        const value = one.read();
        if (value !== undefined) ground.act(control, value);
      });
      return h("span", { class: "chosen" }, one.node, sign(control, ground));
    }
  }
}

function button(part, control, ground) {
  const attributes = {
    type: "button",
    class: part.style ?? "",
    // What it is for, whichever revision of the message it stands in.
    "data-same": `${part.action_id} ${part.value ?? ""}`,
    "data-action": part.action_id,
    "aria-label": part.accessibility_label,
    onclick: async (event) => {
      if (part.url) window.open(part.url, "_blank", "noopener");
      if (part.confirm && !window.confirm(`${label(part.confirm.title)}\n${label(part.confirm.text)}`)) return;
      const pressed = event.currentTarget;
      if (pressed.getAttribute("aria-busy") === "true") return;
      pressed.setAttribute("aria-busy", "true");
      try {
        await ground.act(control);
      } finally {
        pressed.removeAttribute("aria-busy");
      }
    },
  };
  return h("span", { class: "pressable" }, h("button", attributes, label(part.text)), sign(control, ground));
}

/** Slack's warning sign: the last tap was not acknowledged. */
function sign(control, ground) {
  if (!ground.failed?.(control)) return null;
  const words = "The app did not answer. Press again.";
  return h("span", { class: "sign", role: "img", "aria-label": words, title: words }, "⚠");
}

function overflow(part, control, ground) {
  const id = `menu-${control}`;
  const close = (menu) => menu.hidePopover();
  const items = part.options.map((option) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        "data-option": option.value,
        onclick: (event) => {
          close(event.currentTarget.parentElement);
          ground.act(control, option.value);
        },
      },
      label(option.text),
    ),
  );
  const menu = h("div", { id, class: "menu", role: "menu", popover: "auto", onkeydown: along, ontoggle: place }, items);
  const opener = h(
    "button",
    { type: "button", class: "more", "aria-label": "More actions", "aria-haspopup": "menu", popovertarget: id, "data-same": part.options.map((option) => option.value).join(" ") },
    "⋯",
  );
  return h("span", { class: "pressable" }, opener, menu, sign(control, ground));
}

/** Arrow keys go along the menu. */
function along(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.children];
  items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
}

/** Below its opener, and inside of the window. */
function place(event) {
  if (event.newState !== "open") return;
  const menu = event.currentTarget;
  const at = menu.previousElementSibling.getBoundingClientRect();
  const room = byId("top").ownerDocument.documentElement;
  const left = Math.min(at.left, room.clientWidth - menu.offsetWidth - 8);
  const below = at.bottom + menu.offsetHeight + 8 < room.clientHeight;
  menu.style.left = `${Math.max(left, 8)}px`;
  menu.style.top = `${below ? at.bottom + 4 : Math.max(at.top - menu.offsetHeight - 4, 8)}px`;
  menu.firstElementChild?.focus();
}

function picture(part) {
  const words = part.alt_text ?? "";
  if (!part.image_url) return h("span", { class: "no-picture" }, `Picture: ${words}`);
  const image = h("img", { src: part.image_url, alt: words, loading: "lazy" });
  // Pictures from other hosts are not fetched by this page: what they show is said instead.
  image.addEventListener("error", () => image.replaceWith(h("span", { class: "no-picture" }, `Picture: ${words}`)));
  return image;
}
