// Buttons of which one is chosen.

import { el } from "./nodes.js";

/**
 * By click, by arrow keys with the focus, Home and End.
 * @param nodes what stands in the group; buttons in it have data-value
 * @returns {{node, show(value)}}
 */
export function choice(label, nodes, onPick, attributes = {}) {
  const node = el("div", { role: "radiogroup", "aria-label": label, ...attributes }, ...nodes);
  const buttons = [...node.querySelectorAll("[data-value]")];
  buttons.forEach((button) => button.setAttribute("role", "radio"));
  node.addEventListener("click", (event) => {
    const button = event.target.closest("[data-value]");
    if (button) onPick(button.dataset.value);
  });
  node.addEventListener("keydown", (event) => {
    const to = goal(event, buttons.indexOf(event.target.closest("[data-value]")), buttons.length);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[to].focus();
    onPick(buttons[to].dataset.value);
  });
  return { node, show: (value) => marked(buttons, value) };
}

/** Where an arrow key leads in a list, or null. */
export function goal(event, at, count) {
  if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return null;
  const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
  if (step) return Math.min(count - 1, Math.max(0, at + step));
  return { Home: 0, End: count - 1 }[event.key] ?? null;
}

/** Mark the chosen one; where none is, the first can be reached by keys. */
function marked(buttons, value) {
  const chosen = buttons.findIndex((button) => button.dataset.value === String(value));
  buttons.forEach((button, i) => {
    button.setAttribute("aria-checked", i === chosen);
    button.tabIndex = i === Math.max(0, chosen) ? 0 : -1;
  });
}
