// What is chosen, as the figure keeps it and as others are told.

import { BLOCK } from "./words.js";

/** What is chosen at first: of the high gates one with a large scaled mean. */
export function firstState(source) {
  const { blocks, start } = source.data;
  return { block: start ?? blocks[0].name, light: 0, step: "whole", place: "se", ratio: null, row: 0 };
}

/** The row to point at where nobody chose one. */
export function usualRow(source, state) {
  const rows = source.rows(state), high = rows.slice(0, Math.ceil(rows.length / 2));
  const sizes = high.map(({ x }) => Math.abs(x));
  return Math.max(0, sizes.indexOf(Math.max(...sizes)));
}

/** The name of a light. */
export const lightName = ({ kind, strength }) => (kind ? `${kind}-${strength}` : "clean");

/** The state as others see it: names, not places in a list. */
export function toldState(source, state) {
  const { block, step, place, ratio } = state, row = source.rows(state)[state.row];
  return { picture: source.data.picture.id, block, channel: row ? row.channel : null,
    light: lightName(source.light(state)), step, place, ratio };
}

/** A choice, or a part of one, as state; what is not known here is left as it was. */
export function asState(source, state, choice) {
  const part = {};
  if (Object.hasOwn(BLOCK.steps, choice.step)) part.step = choice.step;
  if (Object.hasOwn(BLOCK.places, choice.place)) part.place = choice.place;
  if (source.data.blocks.some(({ name }) => name === choice.block)) part.block = choice.block;
  const { ratios } = source.block({ ...state, ...part });
  if (Object.hasOwn(ratios, choice.ratio)) part.ratio = choice.ratio;
  const light = source.data.picture.lights.findIndex((each) => lightName(each) === choice.light);
  if (light >= 0) part.light = light;
  const rows = source.rows({ ...state, ...part });
  const row = rows.findIndex(({ channel }) => channel === choice.channel);
  if (row >= 0) part.row = row;
  return part;
}
