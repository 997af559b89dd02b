// One conversation as one person sees it: messages by day, edits, what only this person sees.

import { blocks } from "./blocks.js";
import { alter, byId, face, h, order, svg } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import * as time from "./time.js";

const log = byId("messages");
/** By `ts`: the element, and what it was drawn from. */
let shown = new Map();
let showing = "";

export function clear() {
  shown = new Map();
  showing = "";
  log.replaceChildren();
}

/**
 * Draws what is new or changed and leaves the rest alone, so that focus and place stay.
 * `person`: who reads; `ground(message)`: what pressing does; `failed`: controls that were not acknowledged.
 */
export function draw(channel, messages, person, world, now, ground, failed) {
  if (showing !== `${person.id}/${channel}`) clear();
  const first = showing === "";
  showing = `${person.id}/${channel}`;
  const low = first || log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const next = new Map();
  const nodes = [];
  let day = "";
  let before = null;
  for (const message of messages) {
    const at = time.ofTs(message.ts);
    const today = time.day(at, person.zone);
    const begins = today !== day;
    if (begins) nodes.push(keep(next, `day ${today}`, today, () => divider(today)));
    day = today;
    const follows = !begins && before && before.author === message.author && !message.ephemeral && !before.ephemeral && at - time.ofTs(before.ts) < 300_000;
    const signs = [...failed].filter((control) => control.startsWith(`${message.ts}/`));
    // Words such as "today" in a message change at midnight.
    const nearby = /\{date\w*_pretty\}/.test(JSON.stringify(message.blocks)) ? time.day(now, person.zone) : "";
    nodes.push(keep(next, message.ts, [message, follows, signs, nearby], () => drawOne(message, at, follows, person, world, ground(message), signs)));
    before = message;
  }
  if (!messages.length) nodes.push(keep(next, "empty", "", () => h("p", { class: "empty quiet" }, "Nothing has been said here yet.")));
  shown = next;
  order(log, nodes);
  if (low) toNewest();
}

function keep(next, key, from, make) {
  const description = JSON.stringify(from);
  const old = shown.get(key);
  const entry = old?.description === description ? old : { description, node: old ? alter(old.node, make()) : make() };
  next.set(key, entry);
  return entry.node;
}

const eye = () =>
  svg(
    "svg",
    { viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg("path", { d: "M1 8s2.5-4.5 7-4.5S15 8 15 8s-2.5 4.5-7 4.5S1 8 1 8z" }),
    svg("circle", { cx: 8, cy: 8, r: 2 }),
  );

const unanswered = () => h("p", { class: "sign" }, "⚠ ", h("small", {}, "The app did not answer the last press."));

const divider = (words) => h("h2", { class: "day" }, h("span", {}, words));

function drawOne(message, at, follows, person, world, ground, signs) {
  const bot = message.author === world.bot;
  const name = bot ? world.app : (world.full[message.author] ?? message.author_name);
  const clock = time.clock(at, person.zone);
  const content = message.blocks?.length
    ? blocks(message.blocks, ground)
    : [h("div", { class: "section" }, h("div", {}, mrkdwn(message.text, ground.reader)))];
  const edited = message.edited_ts && !message.ephemeral ? h("span", { class: "edited quiet", title: time.full(time.ofTs(message.edited_ts), person.zone) }, "(edited)") : null;
  const files = message.files.map((file) => h("p", { class: "file" }, `File: ${file.title ?? file.name ?? "untitled"}`));
  return h(
    "article",
    { class: `message${message.ephemeral ? " private" : ""}${follows ? " follows" : ""}`, id: `message-${message.ts}`, "aria-label": `${name}, ${clock}${message.ephemeral ? ", only visible to you" : ""}` },
    message.ephemeral ? h("p", { class: "only" }, eye(), "Only visible to you") : null,
    follows ? h("span", { class: "face", "aria-hidden": "true" }) : bot ? h("span", { class: "face bot", "aria-hidden": "true" }) : face(name),
    h(
      "div",
      { class: "body" },
      follows ? null : h("p", { class: "by" }, h("span", { class: "name" }, name), bot ? h("span", { class: "app" }, "APP") : null, h("time", { class: "quiet", datetime: at.toISOString() }, clock)),
      h("div", { class: "content" }, content, files, edited, message.warning && !signs.length ? unanswered() : null),
    ),
  );
}

/** Down to the newest message; of one that is longer than the window, to its beginning. */
export function toNewest() {
  const newest = log.lastElementChild;
  if (newest && newest.offsetHeight > log.clientHeight) log.scrollTop = newest.offsetTop - log.offsetTop - 8;
  else log.scrollTop = log.scrollHeight;
}
