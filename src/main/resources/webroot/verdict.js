import { words } from "./format.js";

/** `verdict` is an open list: only "identified" is a sure answer, every value unknown here is "not sure". */
export const isIdentified = (verdict) => verdict === "identified";

export function verdictText({ verdict, label }) {
  return isIdentified(verdict) ? "Identified" : `Not sure — best guess: ${words(label)}`;
}
