// Which parts of the figure stand out: those of the step, or the one that a lesson points to.

const OF_STEP = {
  squeeze: ["u", "squeeze"],
  excite: ["squeeze", "excite"],
  scale: ["u", "gates", "scale"],
};
/** What is seen together with the part that a lesson points to. */
const WITH = { u: ["picture"], squeeze: ["u"], excite: ["squeeze"], gates: ["key"], ribbon: ["key"], scale: ["u", "gates"], light: ["picture"] };
const CORE = ["u", "squeeze", "excite", "bottleneck", "gates", "scale"];

/** Dim every part of `root` that does not stand out. */
export function dim(root, step, focus) {
  const pointed = [focus, ...(WITH[focus] ?? [])];
  root.classList.toggle("pointed", Boolean(focus));
  for (const node of root.querySelectorAll("[data-part]")) {
    const parts = node.dataset.part.split(" ");
    const lit = focus ? parts.some((part) => pointed.includes(part)) : !inCore(parts) || standsOut(parts, step);
    node.classList.toggle("dim", !lit);
  }
}

const inCore = (parts) => parts.some((part) => CORE.includes(part));
const standsOut = (parts, step) => !OF_STEP[step] || parts.some((part) => OF_STEP[step].includes(part));
