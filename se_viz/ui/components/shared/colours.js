// The colour of a gate: one scale in the whole app, Plotly's cividis.

const CIVIDIS = ["00224e", "123570", "3b496c", "575d6d", "707173", "8a8678", "a59c74", "c3b369",
  "e1cc55", "fee838"].map((hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)));

/** A gate as a colour, on a scale with these ends. */
export function cividis(gate, [first, last]) {
  const place = Math.min(1, Math.max(0, (gate - first) / (last - first))) * (CIVIDIS.length - 1);
  const low = Math.min(CIVIDIS.length - 2, Math.floor(place));
  const mix = CIVIDIS[low].map((v, i) => Math.round(v + (CIVIDIS[low + 1][i] - v) * (place - low)));
  return `rgb(${mix})`;
}

/** The whole scale from left to right, as a background. */
export function cividisBar() {
  return `linear-gradient(90deg, ${Array.from({ length: 11 }, (_, i) => cividis(i / 10, [0, 1]))})`;
}
