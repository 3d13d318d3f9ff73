const percentFormat = new Intl.NumberFormat("en", { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
const wholeFormat = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const timeFormat = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/**
 * A share of 0–1 as a percentage that never claims certainty: 0.9998 is "> 99.9%", 0.0002 "< 0.1%". So are 1 and 0,
 * which only rounding makes of a confidence.
 */
export function percent(share) {
  if (!Number.isFinite(share)) return "–";
  if (share > 0.9994) return "> 99.9%";
  if (share < 0.0005) return "< 0.1%";
  return percentFormat.format(share);
}

/** Milliseconds in the unit a reader expects; two significant digits below 10 ms. */
export function duration(ms) {
  if (!Number.isFinite(ms)) return "–";
  if (ms === 0) return "0 ms";
  if (ms >= 10_000) return `${wholeFormat.format(ms / 1000)} s`;
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms >= 10) return `${wholeFormat.format(ms)} ms`;
  return `${ms.toFixed(ms >= 1 ? 1 : 2)} ms`;
}

export function fileSize(bytes) {
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`;
  if (bytes >= 1e3) return `${wholeFormat.format(bytes / 1e3)} kB`;
  return `${bytes} bytes`;
}

export const whole = (number) => wholeFormat.format(number);

export const plural = (count, one, many = `${one}s`) => `${wholeFormat.format(count)} ${count === 1 ? one : many}`;

/** Local time of day of an ISO 8601 instant; empty when it is none. */
export function timeOfDay(instant) {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? "" : timeFormat.format(date);
}

/** Class labels and stage names are identifiers: `polar_bear` is read as "polar bear". */
export const words = (identifier) => String(identifier).replaceAll("_", " ");
