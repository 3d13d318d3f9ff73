import { words } from "./format.js";
import { fetchModel } from "./model.js";
import { fromTemplate } from "./template.js";

/** For what is in the photo and is not among the model's labels. */
const OTHER = "other";

/** Thumbs for one answer and, after thumbs down, a choice of what it should have been. */
export function feedbackElement(prediction) {
  const root = fromTemplate("feedback");
  const [up, down] = root.querySelectorAll("button");
  const chooser = root.querySelector(".chooser");
  const choice = chooser.querySelector("select");
  const note = root.querySelector(".feedback-note");
  let last = Promise.resolve();

  /** One after the other, since what is said last counts. */
  const say = (opinion, thanks) => {
    last = last.then(async () => {
      const refusal = await send(prediction.id, opinion);
      note.textContent = refusal ?? thanks;
      if (refusal) return;
      up.setAttribute("aria-pressed", String(opinion.correct));
      down.setAttribute("aria-pressed", String(!opinion.correct));
    });
  };
  up.addEventListener("click", () => {
    chooser.hidden = true;
    choice.value = "";
    say({ correct: true }, "Noted as right. Thank you!");
  });
  down.addEventListener("click", () => {
    chooser.hidden = false;
    say({ correct: false }, "Noted as wrong. Thank you!");
    offer(choice, prediction.label);
  });
  choice.addEventListener("change", () => {
    if (choice.value) say({ correct: false, label: choice.value }, `Noted: ${choice.selectedOptions[0].text}. Thank you!`);
  });
  return root;
}

/** Fills the choice the first time that it is shown; the service may be asked in vain, "something else" stays. */
async function offer(choice, predicted) {
  if (choice.dataset.filled) return;
  const model = await fetchModel();
  if (!model || choice.dataset.filled) return;
  choice.dataset.filled = "true";
  const others = (model.labels ?? []).filter((label) => label !== predicted).sort((a, b) => a.localeCompare(b, "en"));
  const last = choice.querySelector(`option[value=${OTHER}]`);
  last.before(...others.map((label) => new Option(words(label), label)));
}

/** Null when it is taken, else what to tell the reader. */
async function send(id, opinion) {
  try {
    const response = await fetch(`v1/predictions/${encodeURIComponent(id)}/feedback`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(opinion),
    });
    if (response.ok) return null;
    return response.status === 404 || response.status === 410
      ? "Too late: the service no longer keeps this answer."
      : "That was not taken. Please try again in a while.";
  } catch {
    return "The service cannot be reached. Please try again.";
  }
}
