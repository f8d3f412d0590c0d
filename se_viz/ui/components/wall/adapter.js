// The wall in Streamlit: data in, the card that is clicked on out.

import { keptFigure } from "../shared/kept.js";
import { mountWall } from "./figure.js";

export default function ({ parentElement, data, setTriggerValue }) {
  const tell = (id) => setTriggerValue("chosen", id);
  return keptFigure(parentElement, data, (root) => {
    const figure = mountWall(root, data, data.chosen, tell);
    return { update: (now) => figure.update(now, now.chosen), destroy: figure.destroy };
  });
}
