import { readAnswer } from "./answer.js";
import { pause } from "./pause.js";
import { Problem } from "./problem.js";

const GIVEN_UP_AFTER_MS = 10 * 60_000;
const ASKED_FOR_MS = 15_000;
const DEFAULT_WAIT_S = 2;
const LONGEST_WAIT_S = 30;

/**
 * A photo that the service has stored and not yet looked at. Where the answer is said to be is known from the id, as
 * a relative address: the page may stand below a path that the service does not know of.
 */
export class StoredPhoto {
  #address;
  #retryAfter;

  constructor({ id, retryAfter }) {
    this.#address = `v1/predictions/${encodeURIComponent(id)}`;
    this.#retryAfter = retryAfter;
  }

  /**
   * Asks until there is a result, never sooner than the service has said. Resolves to the prediction; rejects with
   * the Problem that the photo ended as, with one that can be tried again when that takes too long, or with the
   * signal's reason. `onWaiting` is called before each wait.
   */
  async result(signal, onWaiting) {
    const end = Date.now() + GIVEN_UP_AFTER_MS;
    while (Date.now() < end) {
      onWaiting();
      await pause(Math.min(this.#retryAfter ?? DEFAULT_WAIT_S, LONGEST_WAIT_S) * 1000, signal);
      const prediction = await this.#ask(signal);
      if (prediction) return prediction;
    }
    throw Problem.stillWaiting();
  }

  /** Null when there is no result yet, or nobody to ask just now: the photo is safe all the same. */
  async #ask(signal) {
    try {
      const { status, body, retryAfter } = await this.#fetch(signal);
      const { prediction, pending } = readAnswer(status, body, retryAfter);
      this.#retryAfter = pending?.retryAfter;
      return prediction ?? null;
    } catch (failure) {
      signal.throwIfAborted();
      if (!(failure instanceof Problem) || failure.isUnreachable || failure.isBusy) {
        this.#retryAfter = failure.retryAfter;
        return null;
      }
      throw failure;
    }
  }

  async #fetch(signal) {
    const response = await fetch(this.#address, {
      headers: { Accept: "application/json, application/problem+json" },
      cache: "no-store",
      signal: AbortSignal.any([signal, AbortSignal.timeout(ASKED_FOR_MS)]),
    });
    return { status: response.status, body: await response.text(), retryAfter: response.headers.get("Retry-After") };
  }
}
