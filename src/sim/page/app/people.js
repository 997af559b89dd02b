// The list of people: whom one can be.

import { byId, face, h, redraw, say } from "./dom.js";

const ORDER = { coordinator: 0, mentor: 1, mentee: 2 };
const list = byId("people-list");
const search = byId("search");
let drawn = { people: [], me: null };
let choose = () => {};

export function start(onChoose) {
  choose = onChoose;
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      const first = list.querySelector("button");
      if (event.key === "Enter") first?.click();
      else first?.focus();
    }
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...list.querySelectorAll("button")];
    (all[all.indexOf(document.activeElement) + step] ?? search).focus();
  });
}

export function draw(people, me) {
  drawn = { people, me };
  show();
}

const rank = (person) => Math.min(...person.roles.map((role) => ORDER[role] ?? 3), 3);

function show() {
  const wanted = search.value.trim().toLowerCase().split(/\s+/);
  const found = drawn.people
    .filter((person) => !person.deleted)
    .filter((person) => {
      const words = [person.name, person.about, person.zone, ...person.roles].join(" ").toLowerCase();
      return wanted.every((word) => words.includes(word));
    })
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  byId("nobody").hidden = found.length > 0;
  redraw(list, [found, drawn.me], () => found.map((person) => h("li", {}, line(person))));
}

function line(person) {
  const unread = person.unread ? `, ${person.unread} unread` : "";
  return h(
    "button",
    {
      type: "button",
      class: "person",
      id: `person-${person.id}`,
      "aria-current": person.id === drawn.me ? "true" : undefined,
      "aria-label": `${person.name}, ${person.roles.join(" and ")}${person.about ? `, ${person.about}` : ""}${unread}`,
      onclick: () => choose(person.id),
    },
    face(person.name),
    h(
      "span",
      { class: "who" },
      h("span", { class: "name" }, person.name),
      h("span", { class: "about" }, person.roles.map((role) => h("span", { class: `role ${role}` }, role)), person.about ? h("span", { class: "quiet with", title: person.about }, person.about) : null),
    ),
    person.unread ? h("span", { class: "count" }, String(person.unread)) : null,
  );
}

/** Says how many are waiting, for those who do not see the numbers change. */
export function announce(text) {
  say(byId("spoken"), text);
}
