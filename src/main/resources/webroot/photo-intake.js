/**
 * The three ways photos come in: dropped anywhere on the page, chosen, pasted. `onPhotos` gets a non-empty
 * array of files. Nothing is filtered by type: the service alone decides what it can read.
 */
export function watchForPhotos(zone, input, onPhotos) {
  const hand = (files) => {
    if (files.length > 0) onPhotos(files);
  };
  input.addEventListener("change", () => {
    hand([...input.files]);
    input.value = ""; // else choosing the same photo again would change nothing
  });
  zone.addEventListener("click", (event) => {
    if (event.target === zone || event.target.matches("h2, p")) input.click();
  });
  document.addEventListener("paste", (event) => hand([...(event.clipboardData?.files ?? [])]));
  watchDrops(zone, hand);
}

/** The whole page takes drops: a photo let go beside the zone must not navigate away from the results. */
function watchDrops(zone, hand) {
  let depth = 0; // dragenter and dragleave come for every element crossed
  const show = (change) => {
    depth = Math.max(0, depth + change);
    zone.classList.toggle("is-target", depth > 0);
  };
  document.addEventListener("dragenter", (event) => {
    if (carriesFiles(event)) show(1);
  });
  document.addEventListener("dragleave", (event) => {
    if (carriesFiles(event)) show(-1);
  });
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    show(-depth);
    hand(withoutFolders(event.dataTransfer));
  });
}

const carriesFiles = (event) => Boolean(event.dataTransfer?.types.includes("Files"));

/** A dropped folder shows up as a file that cannot be read. */
function withoutFolders(transfer) {
  return [...transfer.items]
    .filter((item) => item.kind === "file" && !item.webkitGetAsEntry?.()?.isDirectory)
    .map((item) => item.getAsFile())
    .filter(Boolean);
}
