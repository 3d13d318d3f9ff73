import { duration, whole } from "./format.js";
import { definition, fillBar } from "./template.js";

const ENDPOINT = "v1/capacity";
const EVERY_MS = 2000;
const TIMEOUT_MS = 5000;

const WORDS = {
  quiet: ["Ready, quiet", "Photos are answered straight away."],
  busy: ["Ready, busy", "Photos may wait a little."],
  full: ["Full", "New photos are turned away for the moment and tried again by themselves."],
  unattended: ["Ready, nobody at work", "Photos are stored, and looked at as soon as a worker is there."],
  "not-ready": ["Not ready", "The service is starting, closing down, or cannot store photos just now."],
  unreachable: ["Not reachable", "No answer from the service. Still asking."],
};

/**
 * How busy the service is, asked every EVERY_MS while the tab is seen. `parts` are the elements `state`,
 * `note` and `figures` (a `<dl>`); `onState` hears of every change of state.
 */
export class CapacityPanel {
  #parts;
  #onState;
  #state = null;
  #timer = null;

  constructor(parts, onState) {
    this.#parts = parts;
    this.#onState = onState;
    document.addEventListener("visibilitychange", () => this.start());
  }

  /** Asks now and from then on; a second call starts no second round. */
  start() {
    clearTimeout(this.#timer);
    this.#timer = document.hidden ? null : setTimeout(() => this.#ask(), 0);
  }

  async #ask() {
    const round = this.#timer;
    const capacity = await fetchCapacity();
    if (round !== this.#timer) return; // started anew, or hidden, in the meantime
    this.#show(stateOf(capacity));
    this.#parts.figures.hidden = !capacity?.ready;
    if (capacity?.ready) this.#parts.figures.replaceChildren(...figures(capacity));
    this.#timer = setTimeout(() => this.#ask(), EVERY_MS);
  }

  #show(state) {
    if (state === this.#state) return;
    this.#state = state;
    const [title, note] = WORDS[state];
    this.#parts.state.dataset.state = state;
    this.#parts.state.textContent = title;
    this.#parts.note.textContent = note;
    this.#onState(state);
  }
}

async function fetchCapacity() {
  try {
    const response = await fetch(ENDPOINT, { signal: AbortSignal.timeout(TIMEOUT_MS), cache: "no-store" });
    return response.status === 503 ? { ready: false } : response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

function stateOf(capacity) {
  if (capacity === null) return "unreachable";
  if (!capacity.ready) return "not-ready";
  const fullest = Math.max(share(capacity.inflight?.requests, capacity.inflight?.max_requests),
    share(capacity.inflight?.bytes, capacity.inflight?.max_bytes), share(capacity.queue?.depth, capacity.queue?.capacity));
  if (fullest >= 1) return "full";
  if (capacity.workers?.total === 0) return "unattended";
  return share(capacity.workers?.busy, capacity.workers?.total) >= 1 && capacity.queue?.depth > 0 ? "busy" : "quiet";
}

const share = (part, all) => (all > 0 ? part / all : 0);

function figures({ inflight, queue, workers, throughput_per_second: throughput, estimated_wait_ms: wait }) {
  const rows = [];
  const level = (name, part, all) => {
    if (!Number.isFinite(part) || !Number.isFinite(all)) return;
    const bar = document.createElement("div");
    bar.className = "bar";
    bar.setAttribute("aria-hidden", "true");
    fillBar(bar, share(part, all));
    rows.push(definition(name, `${whole(part)} of ${whole(all)}`, bar));
  };
  level("Workers at work", workers?.busy, workers?.total);
  level("Photos in line", queue?.depth, queue?.capacity);
  level("Photos in hand", inflight?.requests, inflight?.max_requests);
  if (workers?.total === 0) return rows; // the last speed says nothing about when the next worker comes
  if (Number.isFinite(throughput)) {
    rows.push(definition("Photos a second", throughput < 10 ? throughput.toFixed(1) : whole(throughput)));
  }
  if (Number.isFinite(wait)) rows.push(definition("Wait expected", duration(Math.round(wait))));
  return rows;
}
