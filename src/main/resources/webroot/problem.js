const PLAIN_TITLES = new Map([
  [400, "The photo did not arrive whole"],
  [413, "The photo is too large"],
  [415, "Not a photo format the service reads"],
  [422, "The photo cannot be read"],
  [429, "The service is busy"],
  [500, "Something went wrong in the service"],
  [502, "The service cannot be reached"],
  [503, "The service is not ready"],
  [504, "It took too long"],
]);

/** Worth another try: nothing about the photo itself was refused. 0 is "no answer at all", 202 "no result yet". */
const isPassing = (status) => [0, 202, 408, 429].includes(status) || status >= 500;

/** What went wrong with one upload, in words for a reader. `retryAfter` is in seconds, null when not given. */
export class Problem extends Error {
  constructor(status, title, detail, retryAfter = null) {
    super(title);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.retryAfter = retryAfter;
    this.canRetry = isPassing(status);
  }

  /** The service asked to come back later (RFC 9110 §10.2.3). */
  get isBusy() {
    return this.status === 429 || this.status === 503;
  }

  /** The service has the photo and owes its result still. */
  get isUnfinished() {
    return this.status === 202;
  }

  /** No answer at all, or that of a proxy that got none. */
  get isUnreachable() {
    return [0, 502].includes(this.status);
  }

  static unreachable() {
    return new Problem(0, "No connection to the service",
      "The photo could not be sent, or no answer came back. Check the connection, then try again.");
  }

  static stillWaiting() {
    return new Problem(202, "Not looked at yet",
      "The service has the photo and will look at it, but has much to do. Try again to go on waiting for the result.");
  }

  static unreadableAnswer() {
    return new Problem(502, "The answer could not be read", "The service answered in a way this page does not understand.");
  }

  /** From an HTTP answer; the body is RFC 9457 problem JSON or, from a proxy on the way, anything. */
  static fromResponse(status, body, retryAfterHeader) {
    const title = PLAIN_TITLES.get(status) ?? "That did not work";
    const fallback = `The service answered with status ${status}.`;
    const retryAfter = secondsUntil(retryAfterHeader);
    try {
      const problem = JSON.parse(body);
      return new Problem(status, problem.title || title, problem.detail || fallback, retryAfter);
    } catch {
      return new Problem(status, title, fallback, retryAfter);
    }
  }
}

/** `Retry-After` as seconds from now, null when not given: a number of seconds or an HTTP date. */
export function secondsUntil(header) {
  if (!header) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const instant = Date.parse(header);
  return Number.isNaN(instant) ? null : Math.max(0, (instant - Date.now()) / 1000);
}
