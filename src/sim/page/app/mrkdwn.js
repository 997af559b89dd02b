// Slack's own markup as nodes: bold, italics, links, mentions, dates, quotes, code. Nothing becomes HTML by itself.

import { h } from "./dom.js";
import { token } from "./time.js";

const EMOJI = {
  wave: "👋", tada: "🎉", warning: "⚠️", seedling: "🌱", white_check_mark: "✅", heart: "❤️", bulb: "💡", calendar: "📅",
  eyes: "👀", "+1": "👍", thumbsup: "👍", bell: "🔔", lock: "🔒", palm_tree: "🌴", speech_balloon: "💬", star: "⭐",
  chart_with_upwards_trend: "📈", question: "❓", handshake: "🤝", hourglass: "⌛", pray: "🙏", smile: "😄",
};

const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const emoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);

const INLINE = new RegExp(
  [
    "<([^<>\\n]+)>", // 1 link, mention, date
    "`([^`\\n]+)`", // 2 code
    "(?<![\\p{L}\\p{N}*])\\*(?!\\s)([^*\\n]+?)(?<!\\s)\\*(?![\\p{L}\\p{N}*])", // 3 bold
    "(?<![\\p{L}\\p{N}_])_(?!\\s)([^_\\n]+?)(?<!\\s)_(?![\\p{L}\\p{N}_])", // 4 italics
    "(?<![\\p{L}\\p{N}~])~(?!\\s)([^~\\n]+?)(?<!\\s)~(?![\\p{L}\\p{N}~])", // 5 struck out
  ].join("|"),
  "gu",
);

/** `reader`: `{ names, zone, now }`. */
export function mrkdwn(text, reader) {
  const nodes = [];
  let quote = [];
  const endQuote = () => {
    if (quote.length) nodes.push(h("blockquote", {}, lines(quote, reader)));
    quote = [];
  };
  const parts = text.split(/```\n?([\s\S]*?)```/);
  parts.forEach((part, n) => {
    if (n % 2) {
      endQuote();
      nodes.push(h("pre", {}, plain(part)));
      return;
    }
    let open = [];
    const endLines = () => {
      if (open.some((line) => line.trim())) nodes.push(h("span", {}, lines(open, reader)));
      open = [];
    };
    for (const line of part.split("\n")) {
      const quoted = line.match(/^(?:>|&gt;)\s?(.*)$/);
      if (quoted) {
        endLines();
        quote.push(quoted[1]);
      } else {
        endQuote();
        open.push(line);
      }
    }
    endLines();
  });
  endQuote();
  return nodes;
}

function lines(all, reader) {
  return all.flatMap((line, n) => (n ? [h("br"), ...inline(line, reader)] : inline(line, reader)));
}

function inline(text, reader) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > from) nodes.push(emoji(plain(text.slice(from, found.index))));
    const [whole, angled, code, bold, italics, struck] = found;
    if (angled !== undefined) nodes.push(reference(angled, reader));
    else if (code !== undefined) nodes.push(h("code", {}, plain(code)));
    else if (bold !== undefined) nodes.push(h("strong", {}, inline(bold, reader)));
    else if (italics !== undefined) nodes.push(h("em", {}, inline(italics, reader)));
    else nodes.push(h("s", {}, inline(struck, reader)));
    from = found.index + whole.length;
  }
  if (from < text.length) nodes.push(emoji(plain(text.slice(from))));
  return nodes;
}

function reference(inside, reader) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : plain(inside.slice(bar + 1));
  if (target.startsWith("@")) return mention(target.slice(1), reader);
  if (target.startsWith("#")) return h("span", { class: "mention" }, `#${label ?? target.slice(1)}`);
  if (target.startsWith("!date^")) {
    const [, seconds, words] = target.split("^");
    return h("time", {}, token(seconds, words ?? "", reader.now, reader.zone) || label || "?");
  }
  if (target.startsWith("!")) return h("span", { class: "mention" }, `@${label ?? target.slice(1)}`);
  return link(plain(target), label);
}

export const mention = (id, reader) => h("span", { class: "mention" }, `@${reader.names[id] ?? id}`);

export function link(url, label) {
  if (!/^(https?|mailto):/i.test(url)) return h("span", {}, label ?? url);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label ?? url);
}

/** A text object of either kind, as nodes. */
export function words(object, reader) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text ?? "", reader) : [emoji(object.text ?? "")];
}

/** A text object as one line of plain text. */
export const label = (object) => emoji(object?.text ?? "");
