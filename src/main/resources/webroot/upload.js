import { readAnswer } from "./answer.js";
import { Problem } from "./problem.js";

const ENDPOINT = "v1/predictions?top_k=5";
/** Given up when neither a byte has left nor an answer has come for this long. */
const STALL_MS = 60_000;

/**
 * Sends one photo's bytes as they are, never as the type of a wrapping that the service would unpack (a file may
 * be named photo.json). XMLHttpRequest, because fetch tells nothing of an upload's progress.
 * `onProgress` gets 0–1 of the bytes sent. Resolves to the service's answer: `{ prediction }`, or
 * `{ pending: { id, retryAfter } }` when the photo is stored and will be looked at; rejects with a Problem, or with
 * the signal's reason when aborted.
 */
export function upload(file, signal, onProgress) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    let stall;
    const watch = () => {
      clearTimeout(stall);
      stall = setTimeout(() => request.abort(), STALL_MS);
    };
    const cancel = () => request.abort();

    request.open("POST", ENDPOINT);
    request.setRequestHeader("Content-Type", file.type.startsWith("image/") ? file.type : "application/octet-stream");
    request.setRequestHeader("Accept", "application/json, application/problem+json");
    request.upload.addEventListener("progress", (event) => {
      watch();
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    });
    request.upload.addEventListener("load", () => onProgress(1));
    request.addEventListener("load", () => settle(request, resolve, reject));
    request.addEventListener("error", () => reject(Problem.unreachable()));
    request.addEventListener("abort", () => reject(signal.aborted ? signal.reason : Problem.unreachable()));
    request.addEventListener("loadend", () => {
      clearTimeout(stall);
      signal.removeEventListener("abort", cancel);
    });
    signal.addEventListener("abort", cancel);
    watch();
    request.send(file);
  });
}

function settle(request, resolve, reject) {
  try {
    resolve(readAnswer(request.status, request.responseText, request.getResponseHeader("Retry-After")));
  } catch (problem) {
    reject(problem);
  }
}
