// Block Kit as elements. `ground` says who reads, and what happens when something is pressed:
// `{ reader: { names, zone, now }, act(control, option), failed(control), chosen, errors, users }`.

import { chart } from "./chart.js";
import { h } from "./dom.js";
import { element } from "./elements.js";
import { input } from "./inputs.js";
import { link, mention, words } from "./mrkdwn.js";

export function blocks(all, ground) {
  return (all ?? []).map((block) => {
    const draw = BLOCKS[block.type];
    return draw ? draw(block, ground) : h("p", { class: "quiet" }, `(a block of type ${block.type} is not shown here)`);
  });
}

const BLOCKS = {
  header: (block) => h("h3", { class: "block-header" }, words(block.text)),
  divider: () => h("hr"),
  section: (block, ground) =>
    h(
      "div",
      { class: "section" },
      h(
        "div",
        { class: "section-words" },
        h("div", {}, words(block.text, ground.reader)),
        block.fields ? h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, words(field, ground.reader)))) : null,
      ),
      block.accessory ? h("div", { class: "accessory" }, element(block.accessory, block, ground)) : null,
    ),
  context: (block, ground) =>
    h(
      "div",
      { class: "context" },
      block.elements.map((part) => (part.type === "image" ? element(part, block, ground) : h("span", {}, words(part, ground.reader)))),
    ),
  actions: (block, ground) => {
    const parts = block.elements;
    const scale = parts.filter((part) => part.type === "button").length >= 5;
    const row = { class: scale ? "actions scale" : "actions", role: "group", "aria-label": scale ? "Answers" : undefined };
    return h("div", row, parts.map((part) => element(part, block, ground)));
  },
  input: (block, ground) => input(block, ground),
  image: (block, ground) =>
    h("figure", { class: "image" }, block.title ? h("figcaption", {}, words(block.title)) : null, element(block, block, ground)),
  data_visualization: (block) => chart(block),
  table: (block, ground) => table(block, ground),
  data_table: (block, ground) => table(block, ground),
  markdown: (block, ground) => h("div", { class: "section" }, words({ type: "mrkdwn", text: block.text }, ground.reader)),
  rich_text: (block, ground) => h("div", { class: "section" }, rich(block, ground.reader)),
};
BLOCKS.context_actions = BLOCKS.actions;

function table(block, ground) {
  const cell = (one) => {
    if (one.type === "rich_text") return rich(one, ground.reader);
    if (one.type === "action_cell") return [element(one.element, block, ground)];
    return [one.text ?? ""];
  };
  const [head, ...rows] = block.rows;
  const line = (row, tag) => h("tr", {}, row.map((one) => h(tag, tag === "th" ? { scope: "col" } : {}, cell(one))));
  const caption = block.caption ? h("caption", {}, block.caption) : null;
  return h("div", { class: "table" }, h("table", {}, caption, h("thead", {}, line(head, "th")), h("tbody", {}, rows.map((row) => line(row, "td")))));
}

function rich(node, reader) {
  const inside = () => (node.elements ?? []).flatMap((part) => rich(part, reader));
  switch (node.type) {
    case "text": {
      let shown = node.text;
      if (node.style?.code) shown = h("code", {}, shown);
      if (node.style?.bold) shown = h("strong", {}, shown);
      if (node.style?.italic) shown = h("em", {}, shown);
      if (node.style?.strike) shown = h("s", {}, shown);
      return [shown];
    }
    case "user":
      return [mention(node.user_id, reader)];
    case "link":
      return [link(node.url, node.text)];
    case "emoji":
      return words({ type: "plain_text", text: `:${node.name}:` });
    case "rich_text_list":
      return [h(node.style === "ordered" ? "ol" : "ul", {}, node.elements.map((item) => h("li", {}, rich(item, reader))))];
    case "rich_text_quote":
      return [h("blockquote", {}, inside())];
    case "rich_text_preformatted":
      return [h("pre", {}, inside())];
    case "rich_text_section":
      return node.elements ? [h("span", { class: "rich" }, inside())] : [];
    default:
      return inside();
  }
}
