// The conversations of the person whom one is, App Home first.

import { byId, face, h, redraw, say } from "./dom.js";
import * as time from "./time.js";

const list = byId("places-list");

/** `bot` is the app's id, `at` what is open now: `home` or a conversation's id. */
export function draw(person, seen, world, now, at, choose) {
  say(byId("me"), person.name);
  say(byId("my-time"), `${time.full(now, person.zone)}\n${person.zone.replaceAll("_", " ")}`);
  const places = seen.places.map(({ id, kind, title, members, unread }) => ({ id, kind, title, members, unread }));
  redraw(list, [places, at, person.id], () => [
    entry("home", world.app, "App Home", 0, at, choose, h("span", { class: "face house", "aria-hidden": "true" }, "⌂")),
    ...places.map((place) => entry(place.id, ...titles(place, person, world), place.unread, at, choose, picture(place, person, world))),
  ]);
}

const others = (place, person, world) =>
  place.members.filter((id) => id !== person.id && id !== world.bot).map((id) => world.full[id] ?? world.names[id] ?? id);

function picture(place, person, world) {
  const name = others(place, person, world)[0];
  if (!name && place.members.includes(world.bot)) return h("span", { class: "face bot", "aria-hidden": "true" });
  return face(name ?? person.name);
}

/** The title of a conversation, and what stands under it. */
export function titles(place, person, world) {
  const names = others(place, person, world);
  if (place.kind === "channel") return [`#${place.title}`, `${place.members.length} members`];
  if (names.length) return [names.join(", "), `you, ${names.map((name) => name.split(" ")[0]).join(", ")} and ${world.app}`];
  if (place.members.includes(world.bot)) return [world.app, "messages, only to you"];
  return ["Yourself", "commands typed nowhere else"];
}

function entry(id, title, under, unread, at, choose, picture) {
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        class: unread ? "place new" : "place",
        id: `place-${id}`,
        "aria-current": id === at ? "page" : undefined,
        "aria-label": `${title}, ${under}${unread ? `, ${unread} unread` : ""}`,
        onclick: () => choose(id),
      },
      picture,
      h("span", { class: "who" }, h("span", { class: "name" }, title), h("span", { class: "quiet with" }, under)),
      unread ? h("span", { class: "count" }, String(unread)) : null,
    ),
  );
}
