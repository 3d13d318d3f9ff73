import { Problem, secondsUntil } from "./problem.js";

/**
 * What the service says of a photo: `{ prediction }` or `{ pending: { id, retryAfter } }`, the latter in seconds and
 * null when not given. Throws a Problem for anything else.
 */
export function readAnswer(status, body, retryAfterHeader) {
  if (status !== 200 && status !== 202) throw Problem.fromResponse(status, body, retryAfterHeader);
  try {
    const answer = JSON.parse(body);
    if (typeof (status === 200 ? answer.label : answer.id) !== "string") throw new TypeError("not an answer");
    return status === 200
      ? { prediction: answer }
      : { pending: { id: answer.id, retryAfter: secondsUntil(retryAfterHeader) } };
  } catch {
    throw Problem.unreadableAnswer();
  }
}
