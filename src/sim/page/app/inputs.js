// Fields of a form: how each kind looks, and the words that stand for what was filled in.

import { h } from "./dom.js";
import { label, words } from "./mrkdwn.js";

let fields = 0;

/** An input block: label, field, hint, and what is wrong. The field's reader is kept at `node.read`. */
export function input(block, ground) {
  fields += 1;
  const id = `field-${fields}`;
  const chosen = ground.chosen?.[block.block_id]?.[block.element.action_id];
  const wrong = ground.errors?.[block.block_id];
  const one = field(block.element, id, chosen, ground);
  const target = one.target ?? one.node;
  target.id = id;
  const described = [];
  if (block.hint) described.push(`${id}-hint`);
  if (wrong) described.push(`${id}-error`);
  if (described.length) target.setAttribute("aria-describedby", described.join(" "));
  if (wrong) target.setAttribute("aria-invalid", "true");
  const optional = block.optional ? h("span", { class: "quiet" }, " (optional)") : null;
  const name = one.group
    ? h("legend", {}, label(block.label), optional)
    : h("label", { for: id }, label(block.label), optional);
  const node = h(
    one.group ? "fieldset" : "div",
    { class: wrong ? "field wrong" : "field", "data-block": block.block_id },
    name,
    one.node,
    block.hint ? h("p", { class: "quiet", id: `${id}-hint` }, words(block.hint, ground.reader)) : null,
    wrong ? h("p", { class: "error", id: `${id}-error`, role: "alert" }, wrong) : null,
  );
  node.read = () => one.read();
  if (block.dispatch_action) {
    one.node.addEventListener("change", () => ground.act(`${block.block_id}/${block.element.action_id}`, one.read()));
  }
  return node;
}

/** A field by itself: `{ node, read, group }`. `read` gives words for the server, or undefined when nothing is chosen. */
export function field(part, name, chosen, ground) {
  const options = [...(part.options ?? []), ...(part.option_groups ?? []).flatMap((group) => group.options)];
  switch (part.type) {
    case "radio_buttons":
    case "checkboxes":
      return several(part, options, name, chosen, ground);
    case "static_select":
    case "external_select":
      return select(part, options.map((option) => [option.value, label(option.text)]), chosen?.selected_option?.value);
    case "users_select":
      return select(part, Object.entries(ground.users ?? {}), chosen?.selected_user);
    case "multi_static_select": {
      const values = (chosen?.selected_options ?? []).map((option) => option.value);
      return multiple(part, options.map((option) => [option.value, label(option.text)]), values);
    }
    case "multi_users_select":
      return multiple(part, Object.entries(ground.users ?? {}), chosen?.selected_users ?? []);
    case "datepicker":
      return typed("date", part, chosen?.selected_date);
    case "timepicker":
      return typed("time", part, chosen?.selected_time);
    case "number_input":
      return typed("number", part, chosen?.value);
    case "email_text_input":
      return typed("email", part, chosen?.value);
    case "url_text_input":
      return typed("url", part, chosen?.value);
    default:
      return text(part, chosen?.value);
  }
}

function text(part, value) {
  const attributes = { maxlength: part.max_length ?? 3000, placeholder: label(part.placeholder), value: value ?? "" };
  const node = part.multiline ? h("textarea", { rows: 4, ...attributes }) : h("input", { type: "text", ...attributes });
  return { node, read: () => node.value };
}

function typed(type, part, value) {
  const bounds = { min: part.min_value, max: part.max_value, step: part.is_decimal_allowed ? "any" : undefined };
  const node = h("input", { type, placeholder: label(part.placeholder), value: value ?? "", ...bounds });
  return { node, read: () => node.value };
}

function select(part, choices, chosen) {
  const empty = h("option", { value: "" }, label(part.placeholder) || "Choose");
  const node = h("select", {}, empty, choices.map(([value, words]) => h("option", { value, selected: value === chosen }, words)));
  return { node, read: () => node.value || undefined };
}

function multiple(part, choices, chosen) {
  const size = Math.min(Math.max(choices.length, 2), 6);
  const node = h("select", { multiple: true, size }, choices.map(([value, words]) => h("option", { value, selected: chosen.includes(value) }, words)));
  return { node, read: () => [...node.selectedOptions].map((option) => option.value).join(",") };
}

function several(part, options, name, chosen, ground) {
  const radio = part.type === "radio_buttons";
  const values = radio ? [chosen?.selected_option?.value] : (chosen?.selected_options ?? []).map((option) => option.value);
  const node = h(
    "div",
    { class: "options", role: radio ? "radiogroup" : "group" },
    options.map((option) =>
      h(
        "label",
        { class: "option" },
        h("input", { type: radio ? "radio" : "checkbox", name, value: option.value, checked: values.includes(option.value) }),
        h(
          "span",
          {},
          words(option.text, ground.reader),
          option.description ? h("small", { class: "quiet" }, words(option.description, ground.reader)) : null,
        ),
      ),
    ),
  );
  const read = () => {
    const picked = [...node.querySelectorAll("input:checked")].map((box) => box.value);
    return radio ? picked[0] : picked.join(",");
  };
  return { node, read, group: true };
}
