// The living block in Streamlit: data in, what was chosen out.

import { keptFigure } from "../shared/kept.js";
import { mount } from "./figure.js";

export default function ({ parentElement, data, setStateValue }) {
  return keptFigure(parentElement, data, (root) => {
    const figure = mount(root, data, data.choice, (choice) => setStateValue("choice", choice));
    return { update: (now) => figure.update(now, now.choice), destroy: figure.destroy };
  });
}
