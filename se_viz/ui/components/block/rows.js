// The block itself: some channels from left to right, and the bottleneck between them.

import { goal } from "../shared/choice.js";
import { el, svg } from "../shared/nodes.js";
import { bottleneck } from "./bottleneck.js";
import { geometry } from "./geometry.js";
import { emptyRow, fillRow, pointRow } from "./row.js";
import { BLOCK } from "./words.js";

const BUILT = ["data", "block", "ratio"];

/** @returns {{node, resize(source, state), draw(source, state, changed)}} */
export function rows(choose) {
  const node = el("section", { class: "core" });
  let g = null, all = [], middle = null, built = "";

  function build(source, state, found) {
    const root = svg("svg", { width: g.width, height: g.height, role: "listbox", "aria-label": BLOCK.rows });
    middle = bottleneck();
    all = found.map((_, i) => emptyRow(g, i));
    root.append(heads(g, source.inside(state), source.data), ...all.map((r) => r.node), middle.lines, middle.cells);
    listen(root, all, choose);
    node.replaceChildren(root);
  }

  function draw(source, state, changed) {
    if (!g) return;
    const found = source.rows(state), now = `${g.width} ${state.block} ${found.length}`;
    const anew = now !== built || changed.has("data");
    if (!found.length) node.replaceChildren(el("p", { class: "soft waiting", role: "status" }, BLOCK.waiting(state.block)));
    built = found.length ? now : "";
    if (!found.length) return;
    g = geometry(g.width, found.length);
    if (anew) build(source, state, found);
    const scale = { most: source.largest(state).z, span: source.data.picture.span }, moved = Boolean(source.light(state).kind);
    all.forEach((r, i) => { fillRow(r, found[i], g, scale, moved); pointRow(r, i === state.row); });
    if (anew || BUILT.some((name) => changed.has(name))) {
      const ratio = state.ratio ?? source.block(state).ratio;
      middle.build(g, source, state, ratio, source.block(state).ratios[ratio]?.count);
    }
    middle.draw(g, source, state, found[state.row]);
  }

  return {
    node,
    draw,
    resize(source, state) {
      const width = Math.floor(node.clientWidth);
      if (width < 200 || g?.width === width) return; // hidden, or as it was
      g = geometry(width, 1);
      draw(source, state, new Set(["data"]));
    },
  };
}

function listen(root, all, choose) {
  const at = (event) => all.findIndex((r) => r.node.contains(event.target));
  const pick = (event, told) => { const row = at(event); if (row >= 0) choose({ row }, told); };
  root.addEventListener("pointerover", (event) => { if (event.pointerType === "mouse") pick(event, false); });
  root.addEventListener("click", (event) => pick(event, true));
  root.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") return;
    const to = goal(event, at(event), all.length);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    all[to].node.focus();
    choose({ row: to });
  });
}

function heads(g, inside, data) {
  const out = svg("g", { "aria-hidden": "true" }), { heads: said, short } = BLOCK;
  const formula = BLOCK.formula({ functions: inside.functions, hidden: inside.hidden[0].length });
  const places = [["u", "u", g.u, "start", said.u, short.u], ["squeeze", "z", g.z, "start", [said.z, BLOCK.mean(data.squeeze)], short.z],
    ["excite bottleneck", "h", g.hid + g.hw / 2, "middle", [BLOCK.excite, formula], short.h],
    ["gates excite", "s", g.s, "start", [said.s, BLOCK.range(data.picture.span)], short.s], ["scale", "x", g.x, "start", said.x, short.x]];
  for (const [parts, , x, anchor, [title, below], narrow] of places) {
    const lines = g.wide ? [svg("text", { x, y: 15, class: "head" }, title),
      svg("text", { x, y: 31, class: "formula" }, below)] : [svg("text", { x, y: 16, class: "strong" }, narrow)];
    out.append(svg("g", { "data-part": parts, "text-anchor": anchor }, ...lines));
  }
  return out;
}
