// What the ribbon says.

const number = (end) => String(Number(end.toFixed(2)));

export const RIBBON = {
  label: "Blocks of the network, each as its own gates from low to high",
  block: ({ name, channels }, move) =>
    `${name}, ${channels} channels${move ? `, gates moved by ${move.toFixed(3)}` : ""}`,
  ends: ([first, last]) => [`gate ${number(first)}`, number(last)],
  still: "Each strip is one block: its gates, sorted. Choose one.",
  moved: "how far gates moved (rms)",
  shared: "as in every picture",
  own: "this picture’s own way",
};
