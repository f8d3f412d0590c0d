// The living block: one SE block with the real numbers of a picture. It is handed numbers and hands
// back choices; it knows nothing of the page or app around it.

import { el } from "../shared/nodes.js";
import { ribbon } from "../ribbon/strip.js";
import { answers } from "./answers.js";
import { dial } from "./dial.js";
import { dim } from "./dimming.js";
import { model } from "./model.js";
import { rows } from "./rows.js";
import { download, standalone } from "./save.js";
import { side } from "./side.js";
import { asState, firstState, toldState, usualRow } from "./state.js";
import { stepAfter, steps } from "./steps.js";
import { BLOCK } from "./words.js";

/**
 * Draw the living block into `root`.
 * @param {Element} root an empty element
 * @param {object} data numbers, as `components/block/block_data.py` makes them
 * @param {object} choice what is chosen at first, a part of what onChoice is told
 * @param {function} onChoice is told what was chosen by click, key or tap, never where the pointer is:
 *   {picture, block: "SE_3_3", channel: 98, light: "contrast-0.4", step, place, ratio}
 * @returns {{update(data, choice), destroy()}} `update` tells nobody.
 */
export function mount(root, data, choice, onChoice) {
  let source = model(data), state = firstState(source), last = "", given = "";
  const strip = ribbon((block) => choose({ block }));
  const light = dial(choose), said = answers(), core = rows(choose), where = side(choose);
  const foot = steps(choose, save), lead = el("p", { class: "lead", "aria-live": "polite" });
  strip.node.dataset.part = "ribbon";
  strip.key.dataset.part = "key";
  const hint = el("p", { class: "small soft still-hint", "data-part": "ribbon" }, BLOCK.hint);
  const place = el("div", { class: "strip-place" }, strip.node, hint);
  const shell = el("div", { class: "lb" }, lead, place, strip.key, el("div", { class: "scene" }, light.node,
    said.node), core.node, where.node, foot.node);
  const frame = el("div", { class: "se lb-frame", role: "figure", "aria-label": BLOCK.figure }, shell);
  root.append(frame);

  /** Draw a choice; tell of it where it is more than the pointer passing, and news. */
  function choose(part, told = true) {
    if ("picture" in part) {
      onChoice({ ...toldState(source, state), picture: part.picture });
      return;
    }
    set(part);
    const news = toldState(source, state), now = JSON.stringify(news);
    if (told && now !== last) onChoice(news);
    if (told) last = now;
  }

  function set(part) {
    const changed = new Set(Object.keys(part).filter((name) => state[name] !== part[name]));
    if (!changed.size) return;
    Object.assign(state, part);
    if (changed.has("block") && !("row" in part)) state.row = usualRow(source, state);
    if (changed.has("block") && !("ratio" in part)) state.ratio = null;
    draw(changed);
  }

  function draw(changed) {
    strip.draw(source.strips(state), state.block);
    [light, said, core, where, foot].forEach((part) => part.draw(source, state, changed));
    hint.hidden = Boolean(source.light(state).kind);
    lead.textContent = leading(source, state);
    lead.hidden = Boolean(source.data.lesson && !source.light(state).kind); // the scene's words stand there
    const ratio = state.ratio ?? source.block(state).ratio;
    shell.classList.toggle("counted", ratio !== source.block(state).ratio);
    dim(shell, state.step, source.data.focus);
  }

  function onKey(event) {
    const inside = frame.contains(event.composedPath()[0]);
    if (!inside && (event.target !== document.body || source.data.focus)) return;
    const step = stepAfter(state.step, event);
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    choose({ step });
  }

  function save() {
    const drawn = core.node.querySelector("svg");
    if (drawn) download(`${state.block}.svg`, standalone(drawn, source, state));
  }

  /** New numbers, and a choice where it is another than the one that was handed in last. */
  function update(now, asked) {
    const other = JSON.stringify(asked) !== given, before = state;
    const { channel } = other ? asked : toldState(source, state);
    given = JSON.stringify(asked);
    source = model(now);
    const known = source.data.blocks.some(({ name }) => name === before.block);
    state = { ...firstState(source), ...(known ? before : {}) };
    state.light = Math.min(state.light, source.data.picture.lights.length - 1);
    if (other) Object.assign(state, asState(source, state, asked));
    const row = source.rows(state).findIndex((each) => each.channel === channel);
    state.row = row >= 0 ? row : usualRow(source, state);
    last = JSON.stringify(toldState(source, state));
    draw(new Set(["data", ...Object.keys(state)]));
  }

  const watch = new ResizeObserver(() => { core.resize(source, state); dim(shell, state.step, source.data.focus); });
  frame.addEventListener("keydown", onKey);
  document.addEventListener("keydown", onKey);
  watch.observe(core.node);
  core.resize(source, state);
  update(data, choice);
  return {
    update,
    destroy() {
      watch.disconnect();
      document.removeEventListener("keydown", onKey);
      frame.remove();
    },
  };
}

function leading(source, state) {
  const light = source.light(state);
  if (!light.kind) return BLOCK.lead;
  const [early, late] = [true, false].map((first) => source.part(state, first));
  return early.own === null || early.many === null
    ? BLOCK.movedAlone(light, early, late) : BLOCK.moved(light, early, late, source.data.measured);
}
