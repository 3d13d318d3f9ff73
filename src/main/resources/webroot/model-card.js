import { percent, plural, words } from "./format.js";
import { fetchModel } from "./model.js";

const AGAIN_MS = 5000;
const MEASURED_ON = { test: "of test photos", elsewhere: "of photos from other sources" };

/** Which animals are known, by which model and how well it was measured; asked until the service tells. */
export async function showModel({ labels, note, line }) {
  const model = await fetchModel();
  if (!model) {
    setTimeout(() => showModel({ labels, note, line }), AGAIN_MS);
    return;
  }
  const names = [...(model.labels ?? [])].sort((a, b) => a.localeCompare(b, "en"));
  labels.replaceChildren(...names.map((name) => {
    const item = document.createElement("li");
    item.textContent = words(name);
    return item;
  }));
  note.textContent = `${plural(names.length, "kind")}. Anything else gets “not sure” and the nearest guess.`;
  line.textContent = modelText(model);
}

function modelText({ name, version, precision, accuracy = {} }) {
  const measured = Object.entries(MEASURED_ON)
    .filter(([key]) => Number.isFinite(accuracy[key]))
    .map(([key, photos]) => `${percent(accuracy[key])} ${photos}`);
  const model = [name, version, precision].filter(Boolean).join(" ");
  return measured.length ? `Model ${model}. Measured: right on ${measured.join(", ")}.` : `Model ${model}.`;
}
