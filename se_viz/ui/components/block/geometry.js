// Where everything stands in the rows, for a width in pixels.

/** Of the drawing of so many rows. */
export function geometry(width, rows) {
  const g = width < 640 ? narrow(width) : wide(width);
  g.rows = rows;
  g.y = (i) => g.top + i * g.pitch + (i >= rows / 2 ? g.gap : 0);
  g.foot = g.y(Math.max(rows, 1) - 1) + g.map;
  g.height = g.foot + 38;
  return g;
}

function narrow(width) {
  const x = width - 86, s = x - 62, from = 118;
  return { wide: false, width, top: 30, pitch: 52, gap: 10, map: 38, u: 0, name: 42, z: 74, zw: 40, zn: 94,
    from, hid: (from + s - 4) / 2 - 16, hw: 32, to: s - 4, s, sw: 54, sn: s + 27, x, xt: width - 4 };
}

function wide(width) {
  const xt = width - 98, x = xt - 50, sn = x - 64, sw = 104, s = sn - sw - 8, from = 234;
  return { wide: true, width, top: 40, pitch: 44, gap: 8, map: 40, u: 8, name: 56, z: 100, zw: 80, zn: 228,
    from, hid: (from + s - 6) / 2 - 19, hw: 38, to: s - 6, s, sw, sn, x, xt };
}

/** Places of n cells between the first row and the last. */
export function cellPlaces(g, n) {
  const room = g.foot - g.top, columns = Math.ceil(n / Math.floor(room / 5)), lines = Math.ceil(n / columns);
  const pitch = room / lines, height = Math.min(20, pitch - Math.min(8, pitch * 0.2));
  const width = g.hw / columns - (columns > 1 ? 1 : 0);
  return Array.from({ length: n }, (_, i) => ({ x: g.hid + (i % columns) * (g.hw / columns), width, height,
    y: g.top + (Math.floor(i / columns) + 0.5) * pitch - height / 2 }));
}
