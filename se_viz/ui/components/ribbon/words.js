// What the ribbon says.

export const RIBBON = {
  label: "Blocks of the network, each as its own gates from low to high",
  block: ({ name, channels }, move) =>
    `${name}, ${channels} channels${move ? `, gates moved by ${move.toFixed(3)}` : ""}`,
  ends: ["gate 0", "1"],
  still: "Each strip is one block: its gates, sorted. Choose one.",
  moved: "how far gates moved (rms)",
  shared: "as in every picture",
  own: "this picture’s own way",
};
