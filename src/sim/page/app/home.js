// The app's Home tab of one person.

import { blocks } from "./blocks.js";
import { byId, forget, h, redraw } from "./dom.js";

const tab = byId("home");

export function clear() {
  forget(tab);
  tab.replaceChildren();
}

export function draw(view, day, ground, failed) {
  redraw(tab, [view?.hash, view?.drawn, day, failed], () => {
    if (!view) return [h("p", { class: "empty quiet" }, "The app has drawn nothing here yet.")];
    return [h("div", { class: "content" }, blocks(view.drawn.blocks, { ...ground, chosen: view.values }))];
  });
}
