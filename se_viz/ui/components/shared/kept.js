// One figure for each place that Streamlit gives; it is called again when data or theme change.

const FIGURES = new WeakMap();

/**
 * Mount a figure in a place, or tell the one that is there.
 * @param place the `parentElement` of Streamlit
 * @param make root -> figure with update(data) and destroy()
 * @returns what Streamlit calls when the figure goes
 */
export function keptFigure(place, data, make) {
  const known = FIGURES.get(place);
  if (known) {
    known.figure.update(data);
    return known.end;
  }
  const root = document.createElement("div");
  place.append(root);
  const figure = make(root);
  const end = () => {
    figure.destroy();
    root.remove();
    FIGURES.delete(place);
  };
  FIGURES.set(place, { figure, end });
  return end;
}
