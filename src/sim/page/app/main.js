// The page itself: who one is, what is open, and fetching again what is shown when something has changed.

import * as clock from "./clock.js";
import * as conversation from "./conversation.js";
import { atRest, byId, say } from "./dom.js";
import * as home from "./home.js";
import * as modal from "./modal.js";
import * as people from "./people.js";
import * as places from "./places.js";
import { get, listen, of, page, post } from "./server.js";
import * as time from "./time.js";

/** How long after the last key or click a private answer, and a form, still hold time back. */
const PATIENCE_MS = 45_000;
const FORM_PATIENCE_MS = 600_000;

const state = {
  me: null, // who one is
  at: null, // "home" or a conversation's id
  world: null,
  seen: null, // what the person has in front of them
  now: new Date(0),
  acted: new Set(), // as whom one has acted: their forms open here
  failed: new Set(), // controls that were not acknowledged
  tapped: false, // in this conversation
  touched: 0, // when one last pressed or typed anything
  held: false,
};

const me = () => state.world?.people.find((person) => person.id === state.me);
const reader = () => ({ names: state.world.full, zone: me().zone, now: state.now });
const pane = (name) => (document.body.dataset.pane = name);

async function look() {
  const world = await get("world");
  world.full = { ...world.names, ...Object.fromEntries(world.people.map((person) => [person.id, person.name])) };
  state.world = world;
  state.now = new Date(world.now);
  people.draw(world.people, state.me);
  if (!state.me) return;
  const who = state.me;
  const seen = await get(of(who));
  if (who !== state.me) return;
  state.seen = seen;
  places.draw(me(), seen, world, state.now, state.at, open);
  heading();
  if (state.at === "home") {
    home.draw(seen.home, time.day(state.now, me().zone), ground("home", (control) => `home/${control}`), [...state.failed]);
  } else if (state.at) {
    await lookAt(who, state.at);
  }
  const mine = state.acted.has(who) ? seen.modal : null;
  modal.draw(mine, seen.modals, ground("modal", (control) => `modal/${control}`));
  attend();
}

async function lookAt(who, channel) {
  const messages = await get(of(who, `/conversations/${encodeURIComponent(channel)}`));
  if (who !== state.me || channel !== state.at) return;
  const before = state.private;
  state.private = messages.some((message) => message.ephemeral && time.ofTs(message.ts) >= state.tappedAt);
  const spot = (message) => ({ message: { channel, ts: message.ts } });
  const grounds = (message) => ({
    ...ground(spot(message), (control) => `${message.ts}/${control}`),
    chosen: message.chosen,
  });
  conversation.draw(channel, messages, me(), state.world, state.now, grounds, state.failed);
  if (!before && state.private) conversation.toNewest();
  if (state.seen.places.some((place) => place.id === channel && place.unread) && document.hasFocus()) {
    // Read by whoever looks at it; a moment later, so that the simulated person is not robbed of it.
    setTimeout(() => channel === state.at && post(of(who, "/read"), { channel }), 1_500);
  }
}

/** Where a control stands, and what happens when it is used. */
function ground(spot, key) {
  return {
    reader: reader(),
    users: state.world.full,
    failed: (control) => state.failed.has(key(control)),
    act: async (control, option) => {
      state.acted.add(state.me);
      if (!state.tapped) state.tappedAt = new Date(Math.floor(state.now.getTime() / 1000) * 1000);
      state.tapped = true;
      touch();
      const came = await post(of(state.me, "/tap"), { spot, control, option });
      if (came.acknowledged) state.failed.delete(key(control));
      else {
        state.failed.add(key(control));
        people.announce(came.warning ?? "The app did not answer.");
      }
      await refresh();
    },
  };
}

function heading() {
  const person = me();
  const place = state.seen.places.find((one) => one.id === state.at);
  const named = state.at === "home" ? [state.world.app, `App Home of ${person.name}`] : place && places.titles(place, person, state.world);
  if (named) {
    say(byId("heading"), named[0]);
    say(byId("subheading"), `${named[1]} · ${time.clock(state.now, person.zone)} for ${person.name.split(" ")[0]}`);
  }
  byId("messages").hidden = state.at === "home";
  byId("home").hidden = state.at !== "home";
  byId("composer").hidden = !state.at;
  const alone = state.at === "home" || !place || place.members.every((id) => id === person.id || id === state.world.bot);
  byId("words").placeholder = alone ? "/rapport" : `Message as ${person.name.split(" ")[0]}, or /rapport`;
}

async function be(id) {
  Object.assign(state, { me: id, at: null, tapped: false, private: false, failed: new Set() });
  conversation.clear();
  home.clear();
  modal.draw(null);
  byId("hint").hidden = true;
  byId("arrived").hidden = true;
  pane("places");
  const seen = await get(of(id));
  const first = seen.places.find((place) => place.unread) ?? seen.places[0];
  await open(first?.id ?? "home", false);
}

/** The digest for which time had hurried is here: one step leads to whoever has it. */
function arrived(id) {
  const reader = state.world.people.find((person) => person.id === id);
  if (!reader) return;
  say(byId("arrived-read"), `Read it as ${reader.name}`);
  byId("arrived-read").onclick = async () => {
    await be(reader.id);
    pane("main");
  };
  byId("arrived").hidden = false;
}

/** What is open stands in the address, so that it is open again after a reload. */
async function reopen() {
  const [id, at] = location.hash.slice(1).split("/");
  await refresh();
  if (!state.world?.people.some((person) => person.id === id)) return;
  await be(id);
  if (at) await open(at);
}

async function open(at, go = true) {
  Object.assign(state, { at, tapped: false, private: false, tappedAt: new Date(8.64e15) });
  if (go) pane("main");
  history.replaceState(null, "", `#${state.me}/${at}`);
  if (at === "home") await post(of(state.me, "/home"));
  await refresh();
  if (go && matchMedia("(max-width: 760px)").matches) byId("main").focus();
}

/** One look at a time; what changes meanwhile is looked at afterwards. */
let looking = null;
let again = false;
async function refresh() {
  again = true;
  looking ??= (async () => {
    while (again) {
      again = false;
      await atRest();
      await look().catch((trouble) => lost(trouble));
    }
    looking = null;
  })();
  await looking;
}

function lost(trouble) {
  if (trouble) console.warn(trouble);
  say(byId("subheading"), "The demo has stopped, or cannot be reached.");
}

function touch() {
  state.touched = Date.now();
}

/** Tells the server whether one is in the middle of something, so that time waits. */
function attend() {
  const idle = Date.now() - state.touched;
  const answering = (state.tapped && state.private) || byId("words").value !== "";
  const held = (modal.isOpen() && idle < FORM_PATIENCE_MS) || (answering && idle < PATIENCE_MS);
  if (held === state.held) return;
  state.held = held;
  post("attention", { page, held }).catch(() => {});
}

async function speak(event) {
  event.preventDefault();
  const box = byId("words");
  const words = box.value.trim();
  if (!words || !state.me) return;
  state.acted.add(state.me);
  const channel = state.at === "home" ? undefined : state.at;
  const came = await post(of(state.me, "/say"), { channel, words: words });
  box.value = came.acknowledged ? "" : words;
  if (came.warning) people.announce(came.warning);
  say(byId("composer-label"), came.warning ?? "Message or command");
  byId("composer-label").className = came.warning ? "error" : "hidden";
  if (!channel && came.channel) await open(came.channel);
  else await refresh();
}

function start() {
  people.start(be);
  clock.start();
  modal.start(
    async (values) => {
      const came = await post(of(state.me, "/submit"), { values });
      await refresh();
      if (!came.acknowledged && came.warning) modal.trouble(came.warning);
    },
    async () => {
      await post(of(state.me, "/close"));
      await refresh();
    },
  );
  byId("composer").addEventListener("submit", speak);
  byId("to-people").addEventListener("click", () => pane("people"));
  byId("to-places").addEventListener("click", () => pane("places"));
  const hint = byId("hint");
  hint.hidden = localStorage.getItem("hint") === "read";
  if (matchMedia("(max-width: 760px)").matches) byId("people").prepend(hint);
  byId("hint-close").addEventListener("click", () => {
    localStorage.setItem("hint", "read");
    hint.hidden = true;
  });
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, touch, { passive: true });
  setInterval(attend, 1_000);
  let version = -1;
  listen((news) => {
    if (clock.draw(news) && state.world) refresh().then(() => arrived(news.progress.reader));
    state.now = new Date(news.now);
    if (news.version !== version) {
      version = news.version;
      refresh();
    } else if (state.me && state.seen) {
      places.draw(me(), state.seen, state.world, state.now, state.at, open);
      heading();
    }
  }, lost);
  reopen();
}

start();
