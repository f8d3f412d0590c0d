// Every sentence of the living block, in one place.

import { percent, signed, whole } from "../shared/numbers.js";

const KINDS = {
  contrast: { title: "contrast", unit: "contrast ×", said: (k) => `contrast × ${k}` },
  exposure: { title: "light", unit: "light ×", said: (k) => `light × ${k}` },
  blur: { title: "blur", unit: "blur, px of 224", said: (k) => `blur of ${k} px` },
  noise: { title: "noise", unit: "noise, of the range", said: (k) => `noise of ${k}` },
};
const CONSTANT = "a learned constant";
const FORMULAS = { relu: "relu", sigmoid: "σ" };

export const BLOCK = {
  figure: "Figure: one SE block, from the picture’s maps to the scaled ones",
  lead: "Squeeze each map to one number, let a small bottleneck decide, scale the map by its gate. "
    + "These are the real numbers of this picture.",
  kinds: KINDS,
  light: ({ kind, strength }) => (kind ? KINDS[kind].said(strength) : "as it is"),
  /** The lead in another light: what early and late gates did, here and in many pictures. */
  moved: (light, early, late, count) =>
    `${capital(BLOCK.light(light))}: gates of ${early.name} move ${way(early.own)} (${percent(early.own)} of the `
    + `move; over ${whole(count)} pictures ${percent(early.many)}), those of ${late.name} ${way(late.own)} `
    + `(${percent(late.own)}; ${percent(late.many)}).`,
  movedAlone: (light, early, late) =>
    `${capital(BLOCK.light(light))}: gates move by ${early.move.toFixed(2)} in ${early.name} and by `
    + `${late.move.toFixed(2)} in ${late.name} (rms).`,
  hint: "When the light changes, bars here show how far each block’s gates move.",
  pictures: "Picture",
  dial: "Change its light",
  gates: {
    adaptive: () => "gates adapt",
    frozen: () => "frozen at the mean",
    held: () => "clean gates, an oracle",
    "other-class": (other) => `gates of ${other}`,
  },
  help: {
    adaptive: "Every gate as the network computes it in this light",
    frozen: "Every gate at its mean over the pictures of the class profile",
    held: "Every gate as it was in the clean picture: these know the class, and nobody has them in the dark",
    "other-class": "Every gate as in a clean picture of another class, or at that class’s mean",
  },
  answers: "What the network takes the picture for, by the gates that it is given",
  columns: (own, count) => ["taken for", own, count ? `right of ${whole(count)}` : ""],
  taken: (name, p) => `taken for ${name} ${percent(p)}`,
  noAnswers: "This network says no classes, so there is nothing to take the picture for.",
  oneOnly: "One picture proves nothing: its share goes up and down by chance.",
  heads: {
    u: ["U", "feature maps"],
    z: "Squeeze",
    s: "s",
    x: ["Scale", "X = s · U"],
  },
  mean: (squeeze) => `z = ${squeeze} of U`,
  range: ([first, last]) => `gates, ${short(first)} to ${short(last)}`,
  short: { u: "U", z: "z", h: "bottleneck", s: "gate s", x: "X = s · U" },
  excite: "Excite",
  /** The formula of a block's excitation, by what is done after its layers. */
  formula: ({ functions, hidden }) => {
    const [first, last] = functions.map((name) => FORMULAS[name] ?? name);
    if (hidden && last) return `s = ${last}(W₂ · ${first}(W₁ z))`;
    if (first === CONSTANT) return `s = ${last ?? ""}(b), learned: z is not looked at`;
    return functions.length ? `s made of z by ${functions.join(", ")}` : "s made of z";
  },
  bottleneck: (block, ratio, count) => `${whole(block.channels)} / ${short(ratio)} = ${numbers(count)}`,
  none: "no bottleneck of two layers",
  shut: "0: shut by relu",
  counted: (trained) => `not computed: here r = ${short(trained)}`,
  was: (value) => `was ${value}`,
  row: (row) => `Channel ${row.channel}: ${row.squeeze} ${signed(row.z)}, gate ${row.s.toFixed(2)}, scaled `
    + `${row.squeeze} ${signed(row.x)}`,
  rows: "Channels: the four highest gates, then the four lowest, of maps that are not flat",
  waiting: (name) => `${name} is being looked into …`,
  hover: " Point at any row; ← → go step by step.",
  point: " Point at any row.",
  tap: " Tap any row, or a step.",
  steps: { whole: "Whole block", squeeze: "1 Squeeze", excite: "2 Excite", scale: "3 Scale" },
  stepsLabel: "Steps",
  said: {
    whole: ({ row }) =>
      `Channel ${row.channel}: its ${row.squeeze} ${signed(row.z)}, its gate ${row.s.toFixed(2)}, its scaled ${row.squeeze} `
      + `${signed(row.x)}.`,
    squeeze: ({ row, size, block }) =>
      `Squeeze: the ${size[0]} × ${size[1]} numbers of map ${row.channel} become one, their ${row.squeeze}: `
      + `${signed(row.z)}. `
      + (row.z < 0
        ? "It can be negative, as U comes before the block’s last relu."
        : `So do those of all ${whole(block.channels)} maps.`),
    excite: ({ row, block, sum, hidden }) =>
      (hidden
        ? `Excite: the numbers of all ${whole(block.channels)} channels meet in ${numbers(hidden)}. `
        : `Excite: what makes the gate here stands above. `)
      + (sum === null
        ? `That of channel ${row.channel} is ${row.s.toFixed(2)}.`
        : `What these say to channel ${row.channel} (blue: more, orange: less) adds up to ${signed(sum)}; σ makes `
          + `it a gate of ${row.s.toFixed(2)}.`),
    scale: ({ row }) =>
      `Scale: every number of map ${row.channel} is multiplied by ${row.s.toFixed(2)}, so its ${row.squeeze} goes from `
      + `${signed(row.z)} to ${signed(row.x)}. `
      + fate(row.s),
  },
  changed: (row) =>
    row.s.toFixed(2) === row.s0.toFixed(2)
      ? " In this light the gate stayed where it was."
      : ` In this light its gate went from ${row.s0.toFixed(2)} to ${row.s.toFixed(2)}.`,
  counts: (count, ratio, trained) =>
    `With r = ${short(ratio)} the bottleneck would have ${numbers(count)}. What they would be, only training `
    + `anew could tell: the network here has r = ${short(trained)}.`,
  uneven: (block, ratio) => `r = ${short(ratio)} does not divide ${whole(block.channels)} channels.`,
  where: "Where it stands",
  places: { plain: "Plain", residual: "Residual", se: "SE-ResNet", inception: "SE-Inception" },
  placesSaid: {
    plain: "Convolutions alone: no channel is turned up or down.",
    residual: "What came in is added again. Still, no channel is scaled.",
    se: "The block scales the branch, before what came in is added.",
    inception: "The block scales what the branches give together.",
  },
  boxes: { three: "convolutions", module: "Inception module", squeeze: "squeeze", scale: "scale" },
  ratio: "Reduction ratio r",
  ratioOf: (ratio) => `r = ${short(ratio)}`,
  /** Names and numbers beside r. */
  facts: (block, found, whole_) => [
    ["bottleneck", found.count === null ? "–" : `${whole(block.channels)} → ${whole(found.count)}`],
    ["weights, 2C²/r", found.weights === null ? "–" : whole(found.weights)],
    ...(whole_?.share == null ? [] : [["weights, network", `+${percent(whole_.share)}`]]),
    ...(whole_?.operations == null ? [] : [["multiply-adds", `+${(100 * whole_.operations).toFixed(2)}%`]]),
    ...(whole_?.error == null ? [] : [["error, paper", `${whole_.error.toFixed(2)}%`]]),
  ],
  quoted: "Top-1, SE-ResNet-50 on ImageNet, quoted: Hu et al., table 10.",
  save: "Save as SVG",
};

const numbers = (count) => `${whole(count)} number${count === 1 ? "" : "s"}`;
const capital = (text) => text[0].toUpperCase() + text.slice(1);
const way = (share) => (share >= 0.5 ? "as in every picture" : "in this picture’s own way");
/** What a gate does to its map. */
function fate(gate) {
  if (gate < 0) return "A gate below 0 turns its map over.";
  if (gate > 1) return "A gate above 1 makes its map stronger.";
  return gate >= 0.5 ? "A high gate keeps its map." : "A low gate lets its map fade.";
}
/** A ratio as people write it. */
export const short = (ratio) => (Number.isInteger(ratio) ? String(ratio) : ratio.toFixed(2));
