"use strict";
const plots = [...document.querySelectorAll(".plot")];
const ink = () => getComputedStyle(document.documentElement).getPropertyValue("--ink").trim();
const look = colour => ({"font.color": colour, paper_bgcolor: "rgba(0,0,0,0)"});
const relook = colour => plots.filter(plot => plot.layout)
  .forEach(plot => Plotly.relayout(plot, look(colour)));

async function draw(plot) {
  const spec = JSON.parse(document.getElementById(plot.dataset.spec).textContent);
  const layout = {...spec.layout, paper_bgcolor: "rgba(0,0,0,0)"};
  layout.font = {...layout.font, color: ink()};
  await Plotly.newPlot(plot, spec.data, layout, JSON.parse(plot.dataset.config));
}

async function drawAll() {
  for (const plot of plots) {
    try {
      await draw(plot);
    } catch (error) {
      plot.textContent = "This figure could not be drawn here; its numbers are below.";
      console.error(error);
    }
  }
  document.body.dataset.drawn = "all";
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => relook(ink()));
addEventListener("beforeprint", () => relook("#000"));
addEventListener("afterprint", () => relook(ink()));
drawAll();
