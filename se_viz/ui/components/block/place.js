// Where the block stands in a network: a module from top to bottom.

import { svg } from "../shared/nodes.js";
import { whole } from "../shared/numbers.js";
import { BLOCK } from "./words.js";

/** Nodes of the drawing; `widths` are the channels before, within and after the bottleneck. */
export function placeDiagram(place, widths) {
  const added = place === "residual" || place === "se", inception = place === "inception";
  const middle = added ? 100 : 89, top = 12, parts = [wire(`M${middle},0 V${top}`)];
  parts.push(...(inception ? branches(middle, top) : box(middle, top, 108, 22, BLOCK.boxes.three)));
  let end = inception ? top + 40 : top + 22;
  if (place === "se" || inception) {
    parts.push(wire(`M${middle},${end} V${end + 10}`), ...seBox(middle, end + 10, widths));
    end += 10 + 54;
  }
  const plus = added ? Math.max(end + 18, 96) : 134;
  parts.push(wire(`M${middle},${end} V${added ? plus - 8 : plus}`), ...(added ? sum(middle, plus) : []));
  return parts;
}

const wire = (d) => svg("path", { d, class: "wire" });

function box(middle, top, width, height, text) {
  return [svg("rect", { x: middle - width / 2, y: top, width, height, rx: 4, class: "box" }),
    svg("text", { x: middle, y: top + height / 2 + 4, "text-anchor": "middle", class: "small" }, text)];
}

function branches(middle, top) {
  const lanes = [-60, -20, 20, 60].map((x) => [
    svg("rect", { x: middle + x - 15, y: top + 9, width: 30, height: 14, rx: 3, class: "box" }),
    wire(`M${middle},${top} Q${middle + x},${top} ${middle + x},${top + 9} M${middle + x},${top + 23} `
      + `Q${middle + x},${top + 34} ${middle},${top + 40}`)]);
  return [...lanes.flat(), svg("title", {}, BLOCK.boxes.module)];
}

function seBox(middle, top, widths) {
  const text = (y, words) => svg("text", { x: middle, y, "text-anchor": "middle", class: "small strong blue" }, words);
  const between = widths.map((width) => (width === null ? "?" : whole(width))).join(" → ");
  return [svg("rect", { x: middle - 67, y: top, width: 134, height: 54, rx: 6, class: "box se" }),
    text(top + 16, BLOCK.boxes.squeeze), text(top + 31, between), text(top + 46, BLOCK.boxes.scale)];
}

function sum(middle, y) {
  return [wire(`M${middle},4 H22 V${y} H${middle - 8}`), svg("circle", { cx: middle, cy: y, r: 8, class: "plus" }),
    wire(`M${middle - 4},${y} h8 M${middle},${y - 4} v8 M${middle},${y + 8} V134`)];
}
