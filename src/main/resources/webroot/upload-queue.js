import { pause } from "./pause.js";
import { Problem } from "./problem.js";
import { StoredPhoto } from "./stored-photo.js";
import { upload } from "./upload.js";

const PARALLEL = 3;
const BUSY_RETRIES = 3;
const DEFAULT_WAIT_S = 2;
const LONGEST_WAIT_S = 60;

/**
 * Photos on their way, at most PARALLEL at a time, the rest in line. A photo that waits out a Retry-After
 * keeps its place among the PARALLEL, so that a busy service is asked less, not more; one that is stored is on its
 * way no longer.
 *
 * `onChange(photo, state, detail)` reports every step: queued, uploading (detail: 0–1 of the bytes sent),
 * waiting (seconds left), stored (the service has it and will look at it), finished (the prediction), failed (the
 * Problem). A photo that was stored and has failed for want of patience is asked for again, not sent again.
 */
export class UploadQueue {
  #line = [];
  #active = 0;
  #stored = new WeakMap();
  #onChange;

  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** `photo` is `{ file, signal }`; aborting the signal takes it out, silently, wherever it is. */
  add(photo) {
    this.#line.push(photo);
    this.#onChange(photo, "queued");
    this.#startNext();
  }

  #startNext() {
    while (this.#active < PARALLEL && this.#line.length > 0) {
      const photo = this.#line.shift();
      if (!photo.signal.aborted) this.#run(photo);
    }
  }

  async #run(photo) {
    try {
      const prediction = this.#stored.has(photo) ? null : await this.#send(photo);
      this.#onChange(photo, "finished", prediction ?? (await this.#askFor(photo)));
    } catch (failure) {
      if (!photo.signal.aborted) this.#onChange(photo, "failed", asProblem(failure));
    }
  }

  /** Keeps its place until the photo is answered or stored; null in the latter case. */
  async #send(photo) {
    this.#active += 1;
    try {
      const { prediction, pending } = await this.#sendPatiently(photo);
      if (pending) this.#stored.set(photo, new StoredPhoto(pending));
      return prediction ?? null;
    } finally {
      this.#active -= 1;
      this.#startNext();
    }
  }

  async #askFor(photo) {
    try {
      return await this.#stored.get(photo).result(photo.signal, () => this.#onChange(photo, "stored"));
    } catch (failure) {
      if (!failure.isUnfinished) this.#stored.delete(photo);
      throw failure;
    }
  }

  async #sendPatiently(photo) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        this.#onChange(photo, "uploading", 0);
        return await upload(photo.file, photo.signal, (sent) => this.#onChange(photo, "uploading", sent));
      } catch (failure) {
        if (!failure.isBusy || attempt === BUSY_RETRIES) throw failure;
        await this.#waitOut(photo, failure.retryAfter ?? DEFAULT_WAIT_S);
      }
    }
  }

  /** Up to half a second is added, so that many pages turned away together do not come back together. */
  async #waitOut(photo, seconds) {
    const until = Date.now() + (Math.min(seconds, LONGEST_WAIT_S) + Math.random() / 2) * 1000;
    for (let left = until - Date.now(); left > 0; left = until - Date.now()) {
      this.#onChange(photo, "waiting", Math.max(1, Math.round(left / 1000)));
      await pause(Math.min(left, 1000), photo.signal);
    }
  }
}

/** An unexpected fault must not look like the photo's own. */
function asProblem(failure) {
  if (failure instanceof Problem) return failure;
  console.error(failure);
  return Problem.unreadableAnswer();
}
