import { findingElement } from "./finding.js";
import { fileSize } from "./format.js";
import { fromTemplate } from "./template.js";
import { isIdentified } from "./verdict.js";

/**
 * One photo on the page, from "in line" to its result. Owns the thumbnail's object URL until `remove()`.
 * `on.dismiss` and `on.retry` are called on the reader's wish.
 */
export class ResultCard {
  #on;
  #url;
  #file;

  constructor(file, on) {
    this.#file = file;
    this.#on = on;
    this.element = fromTemplate("card");
    this.element.querySelector(".file-name").textContent = file.name;
    this.element.querySelector(".file-facts").textContent = fileSize(file.size);
    this.dismissButton.setAttribute("aria-label", `Remove ${file.name}`);
    this.dismissButton.addEventListener("click", () => this.#on.dismiss());
    this.#showThumbnail();
  }

  get dismissButton() {
    return this.element.querySelector(".dismiss");
  }

  get state() {
    return this.element.dataset.state;
  }

  queued() {
    this.#pending("queued", "In line", 0);
  }

  /** `sent` is 0–1 of the bytes; all sent means that the service is looking at it. */
  uploading(sent) {
    if (sent < 1) this.#pending("uploading", `Sending, ${Math.floor(sent * 100)}%`, sent);
    else this.#pending("uploading", "Looking at it…", null);
  }

  waiting(seconds) {
    this.#pending("waiting", `The service cannot take it now, trying again in ${seconds} s`, null);
  }

  stored() {
    this.#pending("waiting", "The service has it, and will look at it soon", null);
  }

  finished(prediction) {
    const { width, height, format } = prediction.image ?? {};
    const shape = width && height && `${width} × ${height}`;
    const facts = [fileSize(this.#file.size), shape, format && String(format).toUpperCase()];
    this.element.querySelector(".file-facts").textContent = facts.filter(Boolean).join(" · ");
    this.#show(isIdentified(prediction.verdict) ? "done" : "not-sure", findingElement(prediction));
  }

  failed(problem) {
    const body = fromTemplate("failure");
    body.querySelector("h3").textContent = problem.title;
    body.querySelector("p").textContent = problem.detail;
    const retry = body.querySelector(".retry");
    retry.hidden = !problem.canRetry;
    retry.setAttribute("aria-label", `Try again: ${this.#file.name}`);
    retry.addEventListener("click", () => {
      this.dismissButton.focus();
      this.#on.retry();
    });
    this.element.toggleAttribute("data-can-retry", problem.canRetry);
    this.#show("error", body);
  }

  remove() {
    URL.revokeObjectURL(this.#url);
    this.element.remove();
  }

  #showThumbnail() {
    const image = this.element.querySelector("img");
    this.#url = URL.createObjectURL(this.#file);
    image.addEventListener("error", () => {
      image.hidden = true;
      this.element.querySelector(".no-preview").hidden = false;
    });
    image.src = this.#url;
    image.alt = `Your photo ${this.#file.name}`;
  }

  /** `fraction` null: for how long is unknown. The elements are kept between steps, the text alone changes. */
  #pending(state, text, fraction) {
    if (!this.element.querySelector(".pending")) this.#show(state, fromTemplate("pending"));
    this.element.dataset.state = state;
    const progress = this.element.querySelector("progress");
    progress.setAttribute("aria-label", `Progress of ${this.#file.name}`);
    if (fraction === null) progress.removeAttribute("value");
    else progress.value = fraction;
    this.element.querySelector(".pending-text").textContent = text;
  }

  #show(state, body) {
    this.element.dataset.state = state;
    this.element.querySelector(".body").replaceChildren(body);
  }
}
