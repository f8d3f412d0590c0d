// Where the block stands in a network, and what r costs: shapes and counts only.

import { choice } from "../shared/choice.js";
import { el, svg } from "../shared/nodes.js";
import { placeDiagram } from "./place.js";
import { BLOCK, short } from "./words.js";

/** @returns {{node, draw(source, state, changed)}} */
export function side(choose) {
  const picture = svg("svg", { viewBox: "0 0 178 134", class: "place", role: "img" });
  const caption = el("p", { class: "small soft placed" });
  const places = choice(BLOCK.where, Object.entries(BLOCK.places).map(([value, text]) =>
    el("button", { type: "button", class: "pill", "data-value": value }, text)),
  (value) => choose({ place: value }), { class: "places" });
  const dots = el("div"), facts = el("dl", { class: "facts" }), quoted = el("p", { class: "soft quoted" });
  const node = el("aside", { class: "side" },
    el("div", { "data-part": "place" }, el("h3", {}, BLOCK.where), places.node, picture, caption),
    el("div", { "data-part": "ratio" }, el("h3", {}, BLOCK.ratio), dots, facts, quoted));
  let last = "";

  function turn(source, state, ratio) {
    const known = Object.keys(source.block(state).ratios).map(Number).sort((a, b) => a - b);
    const now = known.join(" ");
    if (now !== last) dots.replaceChildren(slider(known, choose));
    last = now;
    dots.firstChild.show(ratio);
  }

  return {
    node,
    draw(source, state, changed) {
      if (!["place", "block", "ratio", "data"].some((name) => changed.has(name))) return;
      const block = source.block(state), ratio = state.ratio ?? block.ratio, found = block.ratios[ratio];
      const cost = source.data.costs[ratio];
      places.show(state.place);
      const between = found || ratio !== block.ratio ? [found?.count ?? null] : [];
      picture.replaceChildren(...placeDiagram(state.place, [block.channels, ...between, block.channels]));
      picture.setAttribute("aria-label", `${BLOCK.places[state.place]}. ${BLOCK.placesSaid[state.place]}`);
      caption.textContent = BLOCK.placesSaid[state.place];
      turn(source, state, ratio);
      const lines = BLOCK.facts(block, found ?? { count: null, weights: null }, cost);
      facts.replaceChildren(...lines.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
      quoted.textContent = cost?.error == null ? "" : BLOCK.quoted;
    },
  };
}

function slider(ratios, choose) {
  const all = choice(BLOCK.ratio, ratios.map((ratio) => el("button", { type: "button", class: "dot",
    "data-value": ratio, "aria-label": BLOCK.ratioOf(ratio) }, el("i"), el("span", {}, short(ratio)))),
  (value) => choose({ ratio: Number(value) }), { class: "dots" });
  return Object.assign(all.node, { show: all.show });
}
