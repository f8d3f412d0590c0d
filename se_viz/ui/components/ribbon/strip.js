// The network as a ribbon: each block as its sorted gates; below it, how far they moved.

import { choice } from "../shared/choice.js";
import { cividis, cividisBar } from "../shared/colours.js";
import { el, svg } from "../shared/nodes.js";
import { RIBBON } from "./words.js";

const ROOMY = 24; // blocks, up to which each has room for a number

/**
 * @param onPick is told the name of a block
 * @returns {{node, key, draw(data, chosen)}} data: blocks [{name, channels, part}], strips (a list of
 *   gates from low to high for each block, null for no number), span (the ends of their scale); moves (or null), shared (of these the part that every
 *   picture has, or null) and reach, the move that fills a bar; brief, whether words are left out.
 */
export function ribbon(onPick) {
  const node = el("div", { class: "ribbon-place" }), legend = ribbonKey();
  let group = null, buttons = [], last = "";

  function build(blocks) {
    buttons = blocks.map(blockButton);
    group = choice(RIBBON.label, parts(blocks, buttons), onPick,
      { class: blocks.length > ROOMY ? "ribbon dense" : "ribbon" });
    node.replaceChildren(group.node);
  }

  function draw(data, chosen) {
    const now = JSON.stringify(data.blocks);
    if (now !== last) build(data.blocks);
    last = now;
    buttons.forEach((button, i) => paintBlock(button, data, i));
    node.classList.toggle("moving", Boolean(data.moves));
    group.show(chosen);
    legend.draw(data);
  }

  return { node, key: legend.node, draw };
}

/** Blocks that belong together, under what they are called. */
function parts(blocks, buttons) {
  const names = [...new Set(blocks.map((block) => block.part))];
  return names.map((name) => {
    const own = buttons.filter((_, i) => blocks[i].part === name).map((button) => button.node);
    return el("div", { class: "part", style: `flex-grow:${own.length}` },
      el("span", { class: "small soft title", "aria-hidden": "true" }, name),
      el("div", { class: "blocks" }, ...own));
  });
}

function blockButton(block) {
  const strip = svg("svg", { class: "strip", preserveAspectRatio: "none", "aria-hidden": "true" });
  const [shared, own] = ["shared", "own"].map((name) => el("i", { class: name }));
  const move = el("b");
  const node = el("button", { type: "button", "data-value": block.name }, strip,
    el("span", { class: "moved", "aria-hidden": "true" }, el("span", { class: "bars" }, shared, own, move)),
    el("span", { class: "name small", "aria-hidden": "true" }, block.name));
  return { node, strip, shared, own, move, block };
}

function paintBlock(button, data, i) {
  const gates = data.strips[i], move = data.moves ? data.moves[i] : 0;
  button.strip.setAttribute("viewBox", `0 0 ${gates.length} 1`);
  while (button.strip.childElementCount < gates.length) {
    button.strip.append(svg("rect", { x: button.strip.childElementCount, width: 1, height: 1,
      "shape-rendering": "crispEdges" }));
  }
  gates.forEach((gate, k) => { button.strip.children[k].style.fill = gate === null ? "none" : cividis(gate, data.span); });
  const full = data.reach ? move / data.reach : 0, height = 100 * Math.min(1, full);
  const along = data.shared ? height * data.shared[i] : height;
  button.own.classList.toggle("over", full > 1); // longer than there is room: its end is open
  button.shared.style.height = `${along}%`;
  button.own.style.height = `${height - along}%`;
  button.move.textContent = move ? move.toFixed(2).replace(/^0/, "") : "";
  button.node.setAttribute("aria-label", RIBBON.block(button.block, move));
}

/** What colours and bars mean. */
function ribbonKey() {
  const scale = el("span", { class: "scale", style: `background:${cividisBar()}` });
  const still = el("p", { class: "soft" }, RIBBON.still);
  const apart = el("span", {}, el("i", { class: "shared" }), RIBBON.shared, el("br"),
    el("i", { class: "own" }), RIBBON.own);
  const moved = el("p", { class: "soft" }, RIBBON.moved, el("br"), apart);
  const [first, last] = [el("span"), el("span")];
  const node = el("div", { class: "ribbon-key" }, scale,
    el("span", { class: "ends small soft" }, first, last), still, moved);
  return {
    node,
    draw({ moves, shared, brief, span }) {
      [first.textContent, last.textContent] = RIBBON.ends(span);
      still.hidden = Boolean(moves || brief);
      moved.hidden = !moves;
      apart.hidden = !shared;
    },
  };
}
