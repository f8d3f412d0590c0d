// The numbers of the bottleneck, and what they get from and give to the pointed channel.

import { svg } from "../shared/nodes.js";
import { cellPlaces } from "./geometry.js";
import { BLOCK } from "./words.js";

const FLAT = 30, NAMED = 9, ROOM = 34; // numbers, from so many on only some are written; px for one

/** @returns {{lines, cells, build(g, source, state, ratio, count), draw(g, source, state, row)}} */
export function bottleneck() {
  const lines = svg("g", { class: "lines", "data-part": "excite" });
  const cells = svg("g", { "data-part": "bottleneck excite" });
  let places = [], boxes = [], texts = [], paths = [];

  function build(g, source, state, ratio, count) {
    const block = source.block(state), own = ratio === block.ratio, n = own ? source.hidden(state).length : count;
    places = cellPlaces(g, n ?? 0);
    boxes = places.map((place) => svg("rect", { ...place, rx: n > FLAT ? 1 : 3, class: own ? "cell" : "count" }));
    texts = own ? places.map((place) => svg("text", { x: place.x + place.width / 2,
      y: place.y + place.height / 2 + 4, class: "cellnumber", "text-anchor": "middle" })) : [];
    paths = own ? places.map(() => [svg("path"), svg("path")]) : [];
    lines.replaceChildren(...paths.flat());
    cells.replaceChildren(...boxes, ...texts, ...labels(g, source.inside(state), block, ratio, n, own));
  }

  function draw(g, source, state, row) {
    if (!paths.length) return;
    const h = source.hidden(state), most = source.largest(state), end = g.y(state.row) + g.map / 2;
    const to = h.map((v, i) => row.back[i] * v), named = h.length > FLAT ? apart(places, to) : null;
    h.forEach((value, i) => {
      const place = places[i], middle = place.y + place.height / 2;
      colour(boxes[i], texts[i], value, most.h, !named || named.has(i));
      if (named) grow(i, named.has(i) ? 14 : place.height);
      stroke(paths[i][0], [g.from, end], [place.x - 1, middle], (row.to[i] * row.z) / most.to);
      stroke(paths[i][1], [g.hid + g.hw + 1, middle], [g.to, end], to[i] / most.back);
    });
  }

  /** Among many thin cells, those that are named grow to hold their number. */
  function grow(i, height) {
    const place = places[i];
    boxes[i].setAttribute("y", place.y + (place.height - height) / 2);
    boxes[i].setAttribute("height", height);
    boxes[i].setAttribute("rx", height > 10 ? 3 : 1);
    const wide = height > place.height ? Math.max(ROOM, place.width) : place.width;
    boxes[i].setAttribute("width", wide);
    boxes[i].setAttribute("x", place.x + (place.width - wide) / 2);
    if (height > place.height) cells.append(boxes[i], texts[i]);
  }

  return { lines, cells, build, draw };
}

function labels(g, inside, block, ratio, count, own) {
  if (!own && count === null) return label(g, BLOCK.uneven(block, ratio));
  if (!count) return label(g, BLOCK.none, ...(own ? [BLOCK.formula(inside)] : []));
  const below = own ? (inside.functions[0] === "relu" ? BLOCK.shut : "") : BLOCK.counted(block.ratio);
  return label(g, BLOCK.bottleneck(block, ratio, count), below);
}

function label(g, ...lines) {
  return lines.map((line, i) => svg("text", { x: g.hid + g.hw / 2, y: g.foot + 18 + 14 * i,
    class: i ? "small soft" : "small", "text-anchor": "middle" }, line));
}

function colour(box, text, value, most, written) {
  const t = Math.min(1, Math.abs(value) / most), share = value ? 10 + 90 * t : 0;
  box.style.fill = `color-mix(in srgb, var(${value < 0 ? "--orange" : "--blue"}) ${share}%, var(--ground))`;
  text.textContent = !written ? "" : value ? value.toFixed(2).replace("-", "−") : "0";
  text.setAttribute("class", `cellnumber${t > 0.5 ? " light" : value ? "" : " shut"}`);
}

/** The largest of many numbers that stand far enough from one another to be written. */
function apart(places, sizes) {
  const order = sizes.map((_, i) => i).sort((a, b) => Math.abs(sizes[b]) - Math.abs(sizes[a])), found = new Set();
  for (const i of order) {
    const far = [...found].every((k) => Math.abs(places[k].y - places[i].y) > 15);
    if (found.size < NAMED && sizes[i] && far) found.add(i);
  }
  return found;
}

/** A line between two places; its width and strength are what it carries, its colour the sign. */
function stroke(path, [x1, y1], [x2, y2], carried) {
  const size = Math.min(1, Math.abs(carried)), middle = (x1 + x2) / 2;
  path.setAttribute("d", `M${x1},${y1} C${middle},${y1} ${middle},${y2} ${x2},${y2}`);
  path.setAttribute("class", carried < 0 ? "negative" : "positive");
  path.style.strokeOpacity = size < 0.004 ? 0 : 0.1 + 0.75 * size;
  path.style.strokeWidth = 0.6 + 2.8 * size;
}
