import { Announcer } from "./announcer.js";
import { CapacityPanel } from "./capacity.js";
import { LiveFeed } from "./live-feed.js";
import { showModel } from "./model-card.js";
import { watchForPhotos } from "./photo-intake.js";
import { ResultList } from "./result-list.js";

const part = (id) => document.getElementById(id);

const announcer = new Announcer(part("announcements"));
const results = new ResultList(part("results"), announcer, () => part("file-input").focus());
watchForPhotos(part("drop-zone"), part("file-input"), (photos) => results.add(photos));

const feed = new LiveFeed({ list: part("live-feed"), state: part("feed-state"), pause: part("feed-pause") });
feed.start();

let wasUsable = true;
const onCapacityState = (state) => {
  const usable = state !== "not-ready" && state !== "unreachable";
  part("service-note").hidden = state !== "not-ready";
  if (usable !== wasUsable) announcer.summary(usable ? "The service is ready." : "The service is not ready.");
  if (usable && !wasUsable) feed.start(); // rather than when the feed would next have tried
  wasUsable = usable;
};
const capacityParts = { state: part("capacity-state"), note: part("capacity-note"), figures: part("capacity-figures") };
new CapacityPanel(capacityParts, onCapacityState).start();

showModel({ labels: part("known-labels"), note: part("known-note"), line: part("model-line") });
