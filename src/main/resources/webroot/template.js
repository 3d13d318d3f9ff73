/** A fresh copy of the single root element of `<template id="{name}-template">`. */
export function fromTemplate(name) {
  return document.getElementById(`${name}-template`).content.firstElementChild.cloneNode(true);
}

/** A `<dt>`/`<dd>` pair, wrapped so that it can be laid out as one item. */
export function definition(term, ...description) {
  const row = document.createElement("div");
  row.append(document.createElement("dt"), document.createElement("dd"));
  row.firstChild.textContent = term;
  row.lastChild.append(...description);
  return row;
}

/** Fills a `.bar`: `share` is 0–1. A custom property, because the page's policy forbids style attributes. */
export function fillBar(bar, share) {
  const bounded = Math.min(1, Math.max(0, Number(share) || 0));
  bar.style.setProperty("--share", bounded.toFixed(4));
}
