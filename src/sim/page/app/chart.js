// Slack's chart block as a picture: pie, bar, area and line, with the numbers in words for screen readers.

import { h, svg } from "./dom.js";

const WIDTH = 560;
const HEIGHT = 220;
const LEFT = 40;
const BOTTOM = 28;
const TOP = 12;

export function chart(block) {
  const { chart: drawn, title } = block;
  const series = drawn.segments ? drawn.segments.map((segment) => segment.label) : drawn.series.map((one) => one.name);
  const picture = drawn.type === "pie" ? pie(drawn.segments) : grid(drawn);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", spoken(drawn, title));
  const legend = h("ul", { class: "legend", "aria-hidden": "true" }, series.map((name, n) => h("li", { class: `series-${n}` }, name)));
  return h("figure", { class: "chart" }, h("figcaption", {}, title), picture, series.length > 1 || drawn.segments ? legend : null);
}

function spoken(drawn, title) {
  const points = (data) => data.map((point) => `${point.label} ${point.value}`).join(", ");
  const parts = drawn.segments ? [points(drawn.segments)] : drawn.series.map((one) => `${one.name}: ${points(one.data)}`);
  return `${title}, ${drawn.type} chart. ${parts.join(". ")}.`;
}

function grid({ type, series, axis_config: axis }) {
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "plot" });
  const categories = axis.categories;
  const values = series.flatMap((one) => one.data.map((point) => point.value));
  // Bars begin at nought; a line may begin where its numbers are.
  const floor = type === "line" ? Math.min(...values) : Math.min(...values, 0);
  const unit = nice((Math.max(...values, 0) - floor || 1) / 4);
  const low = Math.floor(floor / unit) * unit;
  const high = Math.max(Math.ceil(Math.max(...values) / unit) * unit, low + unit);
  const rules = Math.round((high - low) / unit);
  const y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / (high - low || 1));
  const step = (WIDTH - LEFT - 8) / categories.length;
  const x = (n) => LEFT + step * (n + 0.5);
  for (let line = 0; line <= rules; line += 1) {
    const value = low + unit * line;
    picture.append(svg("line", { x1: LEFT, x2: WIDTH - 8, y1: y(value), y2: y(value), class: "rule" }));
    picture.append(svg("text", { x: LEFT - 6, y: y(value) + 4, class: "tick end" }, String(+value.toFixed(2))));
  }
  const every = Math.ceil(categories.length / 12);
  categories.forEach((name, n) => {
    if (n % every === 0) picture.append(svg("text", { x: x(n), y: HEIGHT - 8, class: "tick middle" }, name));
  });
  series.forEach((one, s) => {
    const at = (point) => categories.indexOf(point.label);
    const points = one.data.filter((point) => at(point) >= 0);
    const path = points.map((point, n) => `${n ? "L" : "M"}${x(at(point)).toFixed(1)} ${y(point.value).toFixed(1)}`).join("");
    if (type === "bar") {
      const width = (step * 0.7) / series.length;
      for (const point of points) {
        const [top, bottom] = [y(Math.max(point.value, 0)), y(Math.min(point.value, 0))];
        const left = x(at(point)) - step * 0.35 + width * s;
        picture.append(svg("rect", { x: left, y: top, width, height: Math.max(bottom - top, 0.5), rx: 2, class: `fill-${s}` }));
      }
      return;
    }
    if (type === "area" && points.length) {
      const [first, last] = [x(at(points[0])), x(at(points[points.length - 1]))];
      picture.append(svg("path", { d: `${path}L${last} ${y(low)}L${first} ${y(low)}Z`, class: `fill-${s} soft` }));
    }
    picture.append(svg("path", { d: path, class: `line-${s}` }));
    for (const point of points) picture.append(svg("circle", { cx: x(at(point)), cy: y(point.value), r: 3, class: `fill-${s}` }));
  });
  return picture;
}

/** The next round number above. */
function nice(value) {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((step) => step >= value);
}

function pie(segments) {
  const picture = svg("svg", { viewBox: "0 0 220 220", class: "plot round" });
  const total = segments.reduce((sum, segment) => sum + Math.max(segment.value, 0), 0) || 1;
  let from = -Math.PI / 2;
  segments.forEach((segment, n) => {
    const share = Math.min(Math.max(segment.value, 0) / total, 0.99999);
    const to = from + share * 2 * Math.PI;
    const point = (angle) => `${(110 + 100 * Math.cos(angle)).toFixed(2)} ${(110 + 100 * Math.sin(angle)).toFixed(2)}`;
    const d = `M110 110L${point(from)}A100 100 0 ${share > 0.5 ? 1 : 0} 1 ${point(to)}Z`;
    picture.append(svg("path", { d, class: `fill-${n}` }));
    from = to;
  });
  return picture;
}
