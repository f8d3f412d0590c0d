// What the figure asks of the data: decoded once, then kept.

import { decoded } from "../shared/numbers.js";

const POSITIVE = [0, 114, 178], NEGATIVE = [213, 94, 0], MOST = 127;

/** @param data as `components/block/block_data.py` makes it */
export function model(data) {
  const kept = new Map();
  const once = (key, make) => {
    if (!kept.has(key)) kept.set(key, make());
    return kept.get(key);
  };
  const found = (state) => data.picture.insides[state.block];
  const light = (state) => data.picture.lights[state.light];

  return {
    data,
    light,
    inside: found,
    block: (state) => data.blocks.find(({ name }) => name === state.block),
    hidden: (state) => found(state).hidden[state.light],
    rows: (state) => once(`rows ${state.light} ${state.block}`, () =>
      (found(state) ? channels(found(state), state.light, data.squeeze) : [])),
    largest: (state) => once(`largest ${state.block}`, () => largest(found(state))),
    strips: (state) => ({ blocks: data.blocks, strips: light(state).strips, span: data.picture.span, reach: reach(data.picture.lights),
      moves: light(state).kind ? light(state).moves : null, shared: light(state).common }),
    part: (state, first) => partOf(data, light(state), first),
    sum: (state, row) => summed(found(state), state.light, row),
  };
}

/** The channels: numbers in a light and in the clean picture, weights, and the map as a picture. */
function channels(inside, light, squeeze) {
  const maps = decoded(inside.maps[light], Int8Array), [height, width] = inside.shape;
  return inside.channels.map((channel, i) => ({
    channel, squeeze,
    z: inside.z[light][i], s: inside.s[light][i], x: inside.z[light][i] * inside.s[light][i],
    z0: inside.z[0][i], s0: inside.s[0][i],
    to: inside.to[i], back: inside.back[i],
    map: drawn(maps.subarray(i * height * width, (i + 1) * height * width), height, width),
  }));
}

/** The scales of the drawing: largest z of all lights; of the clean picture the largest number of
 *  the bottleneck and the most that a line carries to and fro. */
function largest(inside) {
  const size = (values) => Math.max(1e-6, ...values.map(Math.abs)), clean = inside.hidden[0];
  return {
    z: Math.max(...inside.z.map(size)),
    h: size(clean),
    to: Math.max(...inside.to.map((w, i) => size(w) * Math.abs(inside.z[0][i])), 1e-6),
    back: Math.max(...inside.back.map((w) => size(w.map((v, k) => v * clean[k]))), 1e-6),
  };
}

/** What the bottleneck says to a channel, added up; null where no σ of that sum makes the gate. */
function summed(inside, light, row) {
  if (!inside.adds || !inside.hidden[light].length) return null;
  return inside.hidden[light].reduce((sum, h, k) => sum + h * inside.back[row][k], inside.bias[row]);
}

/** A map as a PNG: blue above 0, orange below, clear at 0, so that it lies on any ground. */
function drawn(map, height, width) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d"), image = context.createImageData(width, height);
  map.forEach((value, i) => {
    image.data.set([...(value < 0 ? NEGATIVE : POSITIVE), Math.round((255 * Math.abs(value)) / MOST)], 4 * i);
  });
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}

/** A move of gates that is large in the middle of the lights: the full height of the ribbon's bars. */
function reach(lights) {
  const most = lights.slice(1).map((light) => Math.max(...light.moves)).sort((a, b) => a - b);
  return most[Math.floor((most.length - 1) / 2)] ?? 0;
}

/** Of the first or last part of the network, how gates moved, on average over its blocks. */
function partOf(data, light, first) {
  const name = data.blocks.at(first ? 0 : -1).part;
  const own = data.blocks.map((_, i) => i).filter((i) => data.blocks[i].part === name);
  const mean = (values) => own.reduce((sum, i) => sum + values[i], 0) / own.length;
  return { name, move: mean(light.moves), own: light.common ? mean(light.common) : null,
    many: light.many ? mean(light.many) : null };
}
