// Which parts of the figure stand out: those of the step, or the one that a lesson points to.

const OF_STEP = {
  squeeze: ["u", "squeeze"],
  excite: ["squeeze", "excite"],
  scale: ["u", "gates", "scale"],
};
const CORE = ["u", "squeeze", "excite", "bottleneck", "gates", "scale"];

/** Dim every part of `root` that does not stand out. */
export function dim(root, step, focus) {
  for (const node of root.querySelectorAll("[data-part]")) {
    const parts = node.dataset.part.split(" ");
    const lit = focus ? parts.includes(focus) : !inCore(parts) || standsOut(parts, step);
    node.classList.toggle("dim", !lit);
  }
}

const inCore = (parts) => parts.some((part) => CORE.includes(part));
const standsOut = (parts, step) => !OF_STEP[step] || parts.some((part) => OF_STEP[step].includes(part));
