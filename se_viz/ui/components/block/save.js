// The figure as a file of its own: the picture beside the rows, every style written out.

import { svg } from "../shared/nodes.js";
import { BLOCK } from "./words.js";

const STYLES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "opacity",
  "font-size", "font-weight", "font-style", "font-family", "text-anchor", "x", "width", "transform", "image-rendering"];
const MARGIN = 16, SIDE = 210;

/** An SVG file's text of the rows as they are drawn, with the picture and where they are from. */
export function standalone(rows, source, state) {
  const width = SIDE + 3 * MARGIN + rows.width.baseVal.value, height = rows.height.baseVal.value + 2 * MARGIN;
  const copy = written(rows);
  copy.setAttribute("x", SIDE + 2 * MARGIN);
  copy.setAttribute("y", MARGIN);
  const style = getComputedStyle(rows), ground = getComputedStyle(rows.closest(".se")).getPropertyValue("--ground");
  const out = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
    svg("rect", { width, height, fill: ground.trim() || "white" }),
    svg("image", { x: MARGIN, y: MARGIN, width: SIDE, height: SIDE, href: source.light(state).image }),
    ...lines(source, state).map((text, i) => svg("text", { x: MARGIN, y: SIDE + 2 * MARGIN + 8 + 18 * i,
      "font-size": 12, "font-family": style.fontFamily, fill: style.color }, text)), copy);
  return new XMLSerializer().serializeToString(out);
}

const lines = (source, state) => [source.data.picture.name, BLOCK.light(source.light(state)), state.block,
  source.data.network];

/** A copy with the styles that it has on the page. */
function written(node) {
  const copy = node.cloneNode(true), now = node.querySelectorAll("*"), then = copy.querySelectorAll("*");
  now.forEach((each, i) => {
    const style = getComputedStyle(each);
    for (const name of STYLES) {
      const value = style.getPropertyValue(name);
      if (value && value !== "auto") then[i].style.setProperty(name, value);
    }
  });
  return copy;
}

/** Hand a text to the browser as a file. */
export function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
