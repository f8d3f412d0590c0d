// The picture, and the dial of its light.

import { choice } from "../shared/choice.js";
import { el } from "../shared/nodes.js";
import { BLOCK } from "./words.js";

/** @returns {{node, draw(source, state, changed)}} */
export function dial(choose) {
  const frames = [0, 1].map(() => el("img", { alt: "", width: 224, height: 224 }));
  const shown = el("div", { class: "picture", role: "img", "data-part": "picture" }, ...frames);
  const tabs = el("div", { class: "tabs", "data-part": "picture" });
  const caption = el("p", { class: "small soft caption", "data-part": "picture" });
  const knobs = el("div", { class: "knobs", "data-part": "light" });
  const node = el("section", { class: "scene-top" }, el("div", { class: "view" }, shown, tabs), caption, knobs);
  let front = 0, last = "", kind = "contrast";

  function swap(source, state) {
    front = 1 - front;
    frames[front].src = source.light(state).image;
    frames.forEach((frame, i) => frame.classList.toggle("front", i === front));
    const { name } = source.data.picture;
    shown.setAttribute("aria-label", `${name}, ${BLOCK.light(source.light(state))}`);
    caption.textContent = source.data.picture.said;
  }

  function turn(source, state) {
    kind = source.light(state).kind || kind;
    const redraw = (other) => { kind = other; choose({ light: mildest(source.data.picture.lights, other) }); };
    knobs.replaceChildren(el("h3", {}, BLOCK.dial), kinds(kind, redraw),
      strengths(source.data, kind, state, choose));
  }

  return {
    node,
    draw(source, state, changed) {
      if (changed.has("light") || changed.has("data")) {
        const focused = knobs.contains(knobs.getRootNode().activeElement) ? knobs.getRootNode().activeElement : null;
        const kept = focused?.dataset.value;
        swap(source, state);
        turn(source, state);
        if (kept) knobs.querySelector(`[data-value="${kept}"]`)?.focus();
      }
      const now = JSON.stringify(source.data.pictures.map(({ id }) => id)) + source.data.picture.id;
      if (now !== last) tabs.replaceChildren(picker(source.data, choose));
      last = now;
    },
  };
}

function picker({ pictures, picture }, choose) {
  const buttons = pictures.map(({ id, name, image }) => el("button", { type: "button", "data-value": id,
    class: "thumb", "aria-label": name, title: name }, el("img", { src: image, alt: "", width: 32, height: 32 })));
  const all = choice(BLOCK.pictures, pictures.length > 1 ? buttons : [], (id) => choose({ picture: id }),
    { class: "thumbs" });
  all.show(picture.id);
  return all.node;
}

function kinds(kind, onPick) {
  const all = choice(BLOCK.dial, Object.entries(BLOCK.kinds).map(([name, { title }]) =>
    el("button", { type: "button", class: "pill", "data-value": name }, title)), onPick, { class: "kinds" });
  all.show(kind);
  return all.node;
}

/** The first strength of a kind. */
const mildest = (lights, kind) => lights.findIndex((light) => light.kind === kind);

function strengths(data, kind, state, choose) {
  const { lights } = data.picture;
  const own = lights.map((light, i) => [light, i]).filter(([light]) => !light.kind || light.kind === kind);
  const dots = own.map(([light, i]) => el("button", { type: "button", class: "dot", "data-value": i,
    "aria-label": BLOCK.light(light) }, el("i"), el("span", {}, light.kind ? light.strength : data.harmless[kind])));
  const all = choice(BLOCK.kinds[kind].unit, [el("div", { class: "dots" }, ...dots)],
    (value) => choose({ light: Number(value) }));
  all.show(state.light);
  return all.node;
}
