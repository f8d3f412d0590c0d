// The steps, and the sentence that says what happens to the pointed channel.

import { choice } from "../shared/choice.js";
import { el } from "../shared/nodes.js";
import { BLOCK } from "./words.js";

export const STEPS = ["whole", "squeeze", "excite", "scale"];
const KEYS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

/** @returns {{node, draw(source, state)}} */
export function steps(choose, save) {
  const buttons = choice(BLOCK.stepsLabel, STEPS.map((step) =>
    el("button", { type: "button", class: "pill", "data-value": step }, BLOCK.steps[step])),
  (step) => choose({ step }), { class: "steps" });
  const sentence = el("p", { class: "sentence", "aria-live": "polite" });
  const saving = el("button", { type: "button", class: "pill save", title: BLOCK.save, "aria-label": BLOCK.save }, "SVG ↓");
  saving.addEventListener("click", save);
  return {
    node: el("footer", {}, buttons.node, sentence, saving),
    draw(source, state) {
      buttons.show(state.step);
      sentence.textContent = spoken(source, state);
    },
  };
}

/** The step to which a key leads, or null. */
export function stepAfter(step, event) {
  const by = KEYS[event.key];
  if (!by || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return null;
  return STEPS[Math.min(STEPS.length - 1, Math.max(0, STEPS.indexOf(step) + by))];
}

function spoken(source, state) {
  const block = source.block(state), row = source.rows(state)[state.row];
  const ratio = state.ratio ?? block.ratio, found = block.ratios[ratio];
  if (ratio !== block.ratio) {
    return found?.count == null ? BLOCK.uneven(block, ratio) : BLOCK.counts(found.count, ratio, block.ratio);
  }
  if (!row) return BLOCK.waiting(block.name);
  const given = { row, block, sum: source.sum(state, state.row), size: source.inside(state).size,
    hidden: source.hidden(state).length };
  const hint = matchMedia("(pointer: coarse)").matches ? BLOCK.tap : source.data.lesson ? BLOCK.point : BLOCK.hover;
  return BLOCK.said[state.step](given)
    + (source.light(state).kind ? BLOCK.changed(row) : state.step === "whole" ? hint : "");
}
