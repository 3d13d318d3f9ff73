import { percent, timeOfDay, words } from "./format.js";
import { fromTemplate } from "./template.js";
import { isIdentified } from "./verdict.js";

const ENDPOINT = "v1/predictions/stream";
const MOST_ENTRIES = 12;
const REDRAW_MS = 400;
const LONGEST_WAIT_MS = 30_000;

/**
 * The last MOST_ENTRIES results of the whole service, newest first, redrawn at most every REDRAW_MS however
 * fast they come. Connected only while the tab is seen and not paused: a browser has few connections per site.
 */
export class LiveFeed {
  #source = null;
  #fresh = [];
  #failures = 0;
  #reconnect;
  #redraw = null;
  #paused = false;
  #parts;

  /** `parts` are the elements `list`, `state` (a line of text) and `pause` (a toggle button). */
  constructor(parts) {
    this.#parts = parts;
    parts.pause.addEventListener("click", () => this.#togglePause());
    document.addEventListener("visibilitychange", () => this.#follow());
  }

  /** Connects; when a try is waited for, now instead of then. */
  start() {
    this.#follow();
  }

  #togglePause() {
    this.#paused = !this.#paused;
    this.#parts.pause.setAttribute("aria-pressed", String(this.#paused));
    this.#follow();
  }

  #follow() {
    if (this.#paused) this.#tell("Paused.");
    if (this.#paused || document.hidden) this.#disconnect();
    else if (!this.#source) this.#connect();
  }

  #connect() {
    clearTimeout(this.#reconnect);
    if (this.#parts.list.childElementCount === 0) this.#tell("Connecting…");
    const source = new EventSource(ENDPOINT);
    this.#source = source;
    source.addEventListener("open", () => {
      this.#failures = 0;
      this.#tell("Live. Names and numbers only, whoever sent the photo.");
    });
    source.addEventListener("prediction", (event) => this.#receive(event.data));
    source.addEventListener("error", () => this.#lost());
  }

  #disconnect() {
    clearTimeout(this.#reconnect);
    this.#source?.close();
    this.#source = null;
  }

  /** A browser reconnects by itself after a break, but not after an HTTP error; done here for both, ever slower. */
  #lost() {
    this.#disconnect();
    this.#failures += 1;
    const wait = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (this.#failures - 1)) * (0.75 + Math.random() / 2);
    this.#tell("Connection lost, reconnecting…");
    this.#reconnect = setTimeout(() => this.#follow(), wait);
  }

  #receive(text) {
    try {
      this.#fresh.unshift(JSON.parse(text));
    } catch {
      return; // one bad entry is no reason to lose the feed
    }
    this.#fresh.length = Math.min(this.#fresh.length, MOST_ENTRIES);
    this.#redraw ??= setTimeout(() => this.#draw(), REDRAW_MS);
  }

  #draw() {
    this.#redraw = null;
    const { list } = this.#parts;
    list.prepend(...this.#fresh.map(entryElement));
    this.#fresh = [];
    while (list.childElementCount > MOST_ENTRIES) list.lastElementChild.remove();
  }

  #tell(text) {
    this.#parts.state.textContent = text;
  }
}

function entryElement({ time, label, confidence, verdict }) {
  const entry = fromTemplate("feed");
  entry.querySelector(".name").textContent = words(label);
  entry.querySelector(".unsure").textContent = isIdentified(verdict) ? "" : "not sure";
  entry.querySelector(".share").textContent = percent(confidence);
  entry.querySelector("time").textContent = timeOfDay(time);
  entry.querySelector("time").dateTime = time ?? "";
  return entry;
}
