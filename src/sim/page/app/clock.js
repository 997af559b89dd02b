// The bar at the top: what time it is in the simulation, how far the programme is, and how fast time runs.

import { byId, say } from "./dom.js";
import { post } from "./server.js";
import * as time from "./time.js";

let digests = 0;
/** More digests than these are hurried to. */
let wanted = Infinity;
let tempo = { paused: false, speed: 1, skipping: false };

export function start() {
  const turn = (to) => () => post("controls", { to });
  byId("pause").addEventListener("click", () => post("controls", { to: tempo.paused ? "play" : "pause" }));
  byId("slower").addEventListener("click", turn("slower"));
  byId("faster").addEventListener("click", turn("faster"));
  byId("skip").addEventListener("click", () => {
    wanted = digests;
    return post("controls", { to: "skip" });
  });
}

/** Says whether time had hurried to a digest, and it has arrived. */
export function draw(news) {
  ({ tempo } = news);
  digests = news.progress.digests;
  const arrived = digests > wanted && !tempo.skipping;
  if (arrived) wanted = Infinity;
  const { progress } = news;
  say(byId("date"), `${time.full(new Date(news.now), "UTC")} UTC`);
  const weeks = progress.weeks ? ` of ${progress.weeks}` : "";
  say(byId("week"), progress.over ? "The programme is over" : progress.week ? `Week ${progress.week}${weeks}` : "");
  byId("course").value = progress.weeks ? progress.week / progress.weeks : 0;
  byId("course").hidden = !progress.weeks;
  const read = `${progress.digests} ${progress.digests === 1 ? "digest" : "digests"}`;
  say(byId("counts"), progress.asked ? `${progress.asked} asked · ${progress.answered} answered · ${read}` : "");
  say(byId("pause"), tempo.paused ? "Play" : "Pause");
  byId("pause").setAttribute("aria-pressed", String(tempo.paused));
  const pace = tempo.skipping ? "hurrying" : tempo.paused ? "paused" : news.held ? "1:1" : spoken(tempo.speed);
  say(byId("speed"), pace);
  byId("skip").disabled = tempo.skipping || progress.over;
  byId("held").hidden = !news.held || tempo.paused;
  return arrived;
}

/** Simulated time in a second of ours. */
function spoken(speed) {
  if (speed <= 1) return "1:1";
  const [unit, name] = [[86_400, "day"], [3_600, "hour"], [60, "minute"], [1, "second"]].find(([unit]) => speed >= unit);
  const count = Math.round((speed / unit) * 10) / 10;
  return `${count} ${name}${count === 1 ? "" : "s"} a second`;
}
