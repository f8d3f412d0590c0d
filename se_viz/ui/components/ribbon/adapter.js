// The ribbon in Streamlit: data in, the chosen block out.

import { keptFigure } from "../shared/kept.js";
import { mountRibbon } from "./figure.js";

export default function ({ parentElement, data, setTriggerValue }) {
  const tell = ({ block }) => setTriggerValue("block", block);
  return keptFigure(parentElement, data, (root) => {
    const figure = mountRibbon(root, data, data.choice, tell);
    return { update: (now) => figure.update(now, now.choice), destroy: figure.destroy };
  });
}
