import { feedbackElement } from "./feedback.js";
import { duration, percent, words } from "./format.js";
import { definition, fillBar, fromTemplate } from "./template.js";
import { verdictText } from "./verdict.js";

/** What the model found in one photo: name, confidence, verdict, runners-up, thumbs, time taken. */
export function findingElement(prediction) {
  const root = fromTemplate("finding");
  root.querySelector("h3").textContent = words(prediction.label);
  root.querySelector("[data-testid=result-confidence]").textContent = percent(prediction.confidence);
  fillBar(root.querySelector(".bar-main"), prediction.confidence);
  root.querySelector(".verdict").textContent = verdictText(prediction);
  showRunnersUp(root.querySelector(".runners-up"), prediction);
  root.querySelector(".answer").append(feedbackElement(prediction));
  showTimings(root.querySelector(".timings"), prediction.timings ?? {});
  return root;
}

function showRunnersUp(section, { label, predictions = [] }) {
  const others = predictions.filter((candidate) => candidate.label !== label);
  section.hidden = others.length === 0;
  section.querySelector("ol").append(...others.map(({ label: name, confidence }) => {
    const row = fromTemplate("runner-up");
    row.querySelector(".name").textContent = words(name);
    row.querySelector(".share").textContent = percent(confidence);
    fillBar(row.querySelector(".bar"), confidence);
    return row;
  }));
}

/** `timings` is an open list of `<stage>_ms`; stages are shown in the order given, `total_ms` last. */
function showTimings(section, timings) {
  const { total_ms: total, ...rest } = timings;
  const stages = Object.entries(rest).filter(([key, ms]) => key.endsWith("_ms") && Number.isFinite(ms));
  const name = (key) => words(key.slice(0, -"_ms".length));
  section.hidden = stages.length === 0 && !Number.isFinite(total);
  section.querySelector(".strip").append(...stages.map(([, ms]) => {
    const part = document.createElement("i");
    part.style.setProperty("--ms", String(Math.max(0, ms)));
    return part;
  }));
  const rows = stages.map(([key, ms]) => definition(name(key), duration(ms)));
  if (Number.isFinite(total)) rows.push(definition("total", duration(total)));
  section.querySelector("dl").append(...rows);
}
