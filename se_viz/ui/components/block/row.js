// One channel from left to right: its map, mean, gate and scaled map.

import { cividis } from "../shared/colours.js";
import { svg } from "../shared/nodes.js";
import { signed } from "../shared/numbers.js";
import { BLOCK } from "./words.js";

const text = (x, y, kind, anchor = "start") => svg("text", { x, y, class: kind, "text-anchor": anchor });
const part = (names, ...children) => svg("g", { "data-part": names }, ...children);

/** The parts of a row, still empty. */
export function emptyRow(g, i) {
  const top = g.y(i), mid = top + g.map / 2, high = g.wide ? 16 : 12, at = g.wide ? mid - 8 : mid - 14;
  const r = { ...means(g, mid, at, high), ...gates(g, mid, at, high), u: map(g, g.u, top), x: map(g, g.x, top),
    name: text(g.name, mid + 4, "small"), frame: frame(g, top),
    xt: text(g.xt, g.wide ? mid - 3 : mid + 4, "small soft"),
    xn: text(g.xt, g.wide ? mid + 14 : mid + 4, "number strong", g.wide ? "start" : "end") };
  r.node = svg("g", { class: "row", role: "option", "data-row": i }, r.frame, part("u", ...r.u, r.name),
    part("squeeze", track(g.z, at, g.zw, high), r.z, r.axis, r.z0, r.zn),
    part("gates excite", track(g.s, at, g.sw, high), r.s, r.s0, r.sn, ...(g.wide ? [r.was] : [])),
    part("scale", ...r.x, ...(g.wide ? [r.xt] : []), r.xn));
  return r;
}

const frame = (g, top) => svg("rect", { x: 0.75, y: top - (g.pitch - g.map) / 2 + 0.25, width: g.width - 1.5,
  height: g.pitch - 0.5, rx: 6, class: "frame" });
const track = (x, y, width, height) => svg("rect", { x, y, width, height, class: "track" });

function map(g, x, y) {
  const place = { x, y, width: g.map, height: g.map };
  return [svg("rect", { ...place, class: "mid" }), svg("image", { ...place, class: "map" })];
}

function means(g, mid, at, high) {
  const zero = g.z + g.zw / 2;
  return {
    z: svg("rect", { y: at, height: high, class: "bar z" }),
    axis: svg("line", { x1: zero, x2: zero, y1: at - 3, y2: at + high + 3, class: "axis" }),
    z0: svg("line", { y1: at - 2, y2: at + high + 2, class: "ghostline" }),
    zn: text(g.zn, g.wide ? mid + 4.5 : mid + 13, "number", g.wide ? "end" : "middle"),
  };
}

function gates(g, mid, at, high) {
  return {
    s: svg("rect", { x: g.s, y: at, height: high, class: "bar s" }),
    s0: svg("rect", { x: g.s, y: at - 2.5, height: high + 5, class: "ghost", rx: 1 }),
    sn: text(g.sn, g.wide ? mid + 4 : mid + 13, "number strong", g.wide ? "start" : "middle"),
    was: text(g.sn, mid + 17, "small soft"),
  };
}

/** One channel's numbers into its row; `most` is the largest |z|, `span` the ends of the gates' scale,
 *  `moved` whether the light changed. */
export function fillRow(r, c, g, { most, span }, moved) {
  const half = g.zw / 2, reach = (z) => half * Math.max(-1, Math.min(1, z / most));
  r.u[1].setAttribute("href", c.map);
  r.x[1].setAttribute("href", c.map);
  r.x[1].style.opacity = Math.min(1, Math.max(0, c.s)); // X = s U on one scale: its colours, s times as strong
  r.name.textContent = c.channel;
  r.z.style.x = `${g.z + half + Math.min(0, reach(c.z))}px`;
  r.z.style.width = `${Math.abs(reach(c.z))}px`;
  r.z.classList.toggle("negative", c.z < 0);
  r.zn.textContent = signed(c.z);
  r.z0.style.transform = `translateX(${g.z + half + reach(c.z0)}px)`;
  fromZero(r.s, c.s, g, span);
  r.s.style.fill = cividis(c.s, span);
  fromZero(r.s0, c.s0, g, span);
  [r.s0, r.z0].forEach((ghost) => { ghost.style.opacity = moved ? 1 : 0; });
  r.sn.textContent = c.s.toFixed(2);
  r.was.textContent = moved && c.s.toFixed(2) !== c.s0.toFixed(2) ? BLOCK.was(c.s0.toFixed(2)) : "";
  r.xt.textContent = `${signed(c.z)} × ${c.s.toFixed(2)}`;
  r.xn.textContent = g.wide ? `= ${signed(c.x)}` : signed(c.x);
  r.node.setAttribute("aria-label", BLOCK.row(c));
}

/** A bar from 0 to a gate. */
function fromZero(bar, gate, g, [first, last]) {
  const at = (value) => (g.sw * (value - first)) / (last - first);
  bar.style.x = `${g.s + Math.min(at(0), at(gate))}px`;
  bar.style.width = `${Math.abs(at(gate) - at(0))}px`;
}

/** Whether a row is the one that is pointed at. */
export function pointRow(r, on) {
  r.node.classList.toggle("on", on);
  r.node.setAttribute("aria-selected", on);
  r.node.setAttribute("tabindex", on ? 0 : -1);
}
