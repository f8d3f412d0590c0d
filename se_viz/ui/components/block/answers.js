// What the network takes the picture for, by whose gates it is given.

import { el } from "../shared/nodes.js";
import { percent } from "../shared/numbers.js";
import { BLOCK } from "./words.js";

/** @returns {{node, draw(source, state, changed)}} */
export function answers() {
  const node = el("section", { class: "answers", "data-part": "answers" });
  return {
    node,
    draw(source, state, changed) {
      if (!changed.has("light") && !changed.has("data")) return;
      const found = source.light(state).answers;
      node.replaceChildren(...(found.length ? [table(source.data.picture, found), el("p", { class: "small soft" },
        BLOCK.oneOnly)] : [el("p", { class: "small soft" }, BLOCK.noAnswers)]));
    },
  };
}

function table(picture, found) {
  const count = Math.max(0, ...found.map((answer) => answer.pictures ?? 0));
  const heads = BLOCK.columns(picture.own, count);
  const head = el("div", { class: "way head small soft", role: "row" },
    ...heads.map((text) => el("span", { role: "columnheader" }, text)));
  return el("div", { class: "ways", role: "table", "aria-label": BLOCK.answers }, head,
    ...found.map((answer) => line(picture, answer)));
}

function line(picture, answer) {
  const right = answer.now === picture.own;
  const bar = el("i", { class: `bar ${answer.gates}`, style: `transform:scaleX(${answer.ofClean})` });
  return el("div", { class: "way", role: "row", title: BLOCK.help[answer.gates] },
    el("span", { role: "rowheader" }, BLOCK.gates[answer.gates](picture.other)),
    el("span", { class: "own", role: "cell" }, percent(answer.ofClean)),
    el("span", { class: "all", role: "cell" }, answer.accuracy == null ? "" : percent(answer.accuracy)),
    el("span", { class: "track" }, bar),
    el("span", { class: "taken", role: "cell" }, right ? "" : BLOCK.taken(answer.now, answer.probability)));
}
