import { Problem } from "./problem.js";
import { upload } from "./upload.js";

const PARALLEL = 3;
const BUSY_RETRIES = 3;
const DEFAULT_WAIT_S = 2;
const LONGEST_WAIT_S = 60;

/**
 * Photos on their way, at most PARALLEL at a time, the rest in line. A photo that waits out a Retry-After
 * keeps its place among the PARALLEL, so that a busy service is asked less, not more.
 *
 * `onChange(photo, state, detail)` reports every step: queued, uploading (detail: 0–1 of the bytes sent),
 * waiting (seconds left), finished (the prediction), failed (the Problem).
 */
export class UploadQueue {
  #line = [];
  #active = 0;
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
    this.#active += 1;
    try {
      this.#onChange(photo, "finished", await this.#sendPatiently(photo));
    } catch (failure) {
      if (!photo.signal.aborted) this.#onChange(photo, "failed", asProblem(failure));
    } finally {
      this.#active -= 1;
      this.#startNext();
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

function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const cancel = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", cancel);
      resolve();
    }, ms);
    signal.addEventListener("abort", cancel, { once: true });
  });
}
