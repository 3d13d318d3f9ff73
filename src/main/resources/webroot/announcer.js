const GATHER_MS = 1500;
const SPOKEN_ONE_BY_ONE = 3;

/**
 * Speaks through one polite live region, at most once per GATHER_MS: a few results are read out one by one,
 * many at once only as their number, since the summary says the rest.
 */
export class Announcer {
  #region;
  #results = [];
  #summary = "";
  #timer = null;

  constructor(region) {
    this.#region = region;
  }

  result(sentence) {
    this.#results.push(sentence);
    this.#schedule();
  }

  /** The latest summary replaces one not yet spoken. */
  summary(sentence) {
    this.#summary = sentence;
    this.#schedule();
  }

  #schedule() {
    this.#timer ??= setTimeout(() => this.#speak(), GATHER_MS);
  }

  #speak() {
    const results = this.#results.length > SPOKEN_ONE_BY_ONE ? [`${this.#results.length} more results`] : this.#results;
    this.#region.textContent = [...results, this.#summary].filter(Boolean).join(". ");
    this.#results = [];
    this.#summary = "";
    this.#timer = null;
  }
}
