import { percent, plural, words } from "./format.js";
import { ResultCard } from "./result-card.js";
import { UploadQueue } from "./upload-queue.js";
import { isIdentified, verdictText } from "./verdict.js";

/**
 * All photos of this visit: newest lot on top, a lot in the order it was chosen, each with its card.
 * `section` is the results section, `say` puts a sentence before a screen reader, `onEmptied` gets the focus
 * a place to go when the last card is gone.
 */
export class ResultList {
  #photos = new Set();
  #queue = new UploadQueue((photo, state, detail) => this.#change(photo, state, detail));
  #section;
  #say;
  #onEmptied;

  constructor(section, say, onEmptied) {
    this.#section = section;
    this.#say = say;
    this.#onEmptied = onEmptied;
    this.#part("#clear-all").addEventListener("click", () => this.#clear());
    this.#part("#retry-failed").addEventListener("click", () => this.#retryFailed());
  }

  add(files) {
    const lot = files.map((file) => this.#photo(file));
    const cards = document.createDocumentFragment();
    for (const { card } of lot) cards.append(card.element);
    this.#part("#cards").prepend(cards);
    for (const photo of lot) this.#queue.add(photo);
    this.#summarise(false);
    this.#say.summary(`${plural(lot.length, "photo")} added.`);
  }

  #photo(file) {
    const abort = new AbortController();
    const photo = { file, signal: abort.signal, abort, outcome: null };
    photo.card = new ResultCard(file, {
      dismiss: () => this.#dismiss(photo),
      retry: () => this.#retry(photo),
    });
    this.#photos.add(photo);
    return photo;
  }

  #change(photo, state, detail) {
    photo.card[state](detail);
    if (state === "finished") this.#say.result(`${photo.file.name}: ${verdictSentence(detail)}`);
    if (state === "failed") this.#say.result(`${photo.file.name}: ${detail.title}`);
    const outcome = state === "finished" ? photo.card.state : state === "failed" ? "error" : null;
    const settled = outcome !== null && photo.outcome === null;
    photo.outcome = outcome;
    if (settled) this.#summarise(true);
  }

  #retry(photo) {
    this.#queue.add(photo);
    this.#summarise(false);
  }

  #retryFailed() {
    this.#part("#results-title").focus();
    const failed = [...this.#photos].filter(({ card }) => card.element.matches("[data-state=error][data-can-retry]"));
    for (const photo of failed) this.#queue.add(photo);
    this.#summarise(false);
  }

  #dismiss(photo) {
    const { element } = photo.card;
    const neighbour = element.nextElementSibling ?? element.previousElementSibling;
    this.#drop(photo);
    this.#summarise(false);
    if (neighbour) neighbour.querySelector(".dismiss").focus();
    else this.#onEmptied();
  }

  #clear() {
    for (const photo of this.#photos) this.#drop(photo);
    this.#summarise(false);
    this.#say.summary("All photos removed.");
    this.#onEmptied();
  }

  #drop(photo) {
    photo.abort.abort();
    photo.card.remove();
    this.#photos.delete(photo);
  }

  #summarise(announceEnd) {
    const count = { done: 0, "not-sure": 0, error: 0 };
    for (const { outcome } of this.#photos) if (outcome) count[outcome] += 1;
    const total = this.#photos.size;
    const settled = count.done + count["not-sure"] + count.error;
    const progress = this.#part("#results-progress");
    progress.value = total ? settled / total : 0;
    progress.classList.toggle("is-over", settled === total);
    const text = settled < total ? `${settled} of ${plural(total, "photo")} done` : outcomeText(count);
    this.#part("#results-summary").textContent = text;
    this.#part("#retry-failed").hidden = !(count.error > 1 && this.#part("[data-can-retry][data-state=error]"));
    this.#section.hidden = total === 0;
    if (announceEnd && settled === total && total > 1) this.#say.summary(`All ${plural(total, "photo")} done: ${text}.`);
  }

  #part(selector) {
    return this.#section.querySelector(selector);
  }
}

function verdictSentence(prediction) {
  const { label, confidence, verdict } = prediction;
  return isIdentified(verdict) ? `${words(label)}, ${percent(confidence)}` : verdictText(prediction);
}

function outcomeText(count) {
  const parts = [[count.done, "identified"], [count["not-sure"], "not sure"], [count.error, "failed"]];
  return parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`).join(" · ");
}
