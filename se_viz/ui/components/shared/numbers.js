// Numbers as people read them, and as they travel.

/** A number with a true minus sign; never "−0.00". */
export function signed(value, digits = 2) {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** A share as percent, with one decimal. */
export const percent = (share) => `${(100 * share).toFixed(1)}%`;

/** A whole number with commas. */
export const whole = (count) => count.toLocaleString("en-US");

/** The bytes of a base64 text as a typed array. */
export function decoded(text, Kind = Uint8Array) {
  return new Kind(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
}
