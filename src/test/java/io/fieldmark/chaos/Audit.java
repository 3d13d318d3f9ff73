package io.fieldmark.chaos;

import io.fieldmark.transport.kafka.VisibleResults;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts photos in against results out, from the topics themselves and from what every ingestion
 * process answers.
 */
final class Audit {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int MOST_COMPLAINTS = 10;

  private final ClusterUnderTest cluster;
  private final Register register;
  private final List<String> complaints = new ArrayList<>();
  private int lost;
  private int visibleDuplicates;
  private int hidden;
  private int mismatched;

  private Audit(ClusterUnderTest cluster, Register register) {
    this.cluster = cluster;
    this.register = register;
  }

  /** Waits for results that are on their way, and judges when all are there or none come. */
  static Verdict of(ClusterUnderTest cluster, Register register)
      throws IOException, InterruptedException {
    try (ResultTopics topics =
        new ResultTopics(cluster.brokers().bootstrapServers(), cluster.config().kafka().topics())) {
      return new Audit(cluster, register).judge(topics);
    }
  }

  private Verdict judge(ResultTopics topics) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (unanswered(topics) > 0 && System.nanoTime() < end) {
      topics.read(LOOK);
    }
    double imbalance = imbalance();
    // Repeats of answered photos come until everything is committed.
    topics.read(LOOK);
    Map<String, Photo> answered = answered(topics);
    for (Map.Entry<String, Photo> photo : answered.entrySet()) {
      examine(photo.getKey(), photo.getValue(), topics.of(photo.getKey()));
    }
    int duplicates = answered.keySet().stream().mapToInt(id -> topics.of(id).size() - 1).sum();
    return new Verdict(
        register.photos(),
        answered.size(),
        lost,
        duplicates,
        visibleDuplicates,
        hidden,
        mismatched + topics.unreadable(),
        topics.deadLetters().size(),
        imbalance,
        List.copyOf(complaints));
  }

  private long unanswered(ResultTopics topics) {
    return register.byId().keySet().stream().filter(id -> topics.of(id).isEmpty()).count()
        + register.byPlace().keySet().stream().filter(p -> topics.idOf(p).isEmpty()).count();
  }

  /** Zero as soon as it is for every process; what remains after the patience otherwise. */
  private double imbalance() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    // A ledger judges an offset some looks after its commit.
    TimeUnit.SECONDS.sleep(4);
    double largest = largestImbalance();
    while (largest != 0 && System.nanoTime() - begin < PATIENCE.toNanos() / 3) {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      largest = largestImbalance();
    }
    if (largest != 0) {
      complain("The ledger lacks %.0f results".formatted(largest));
    }
    return largest;
  }

  private double largestImbalance() throws IOException {
    double largest = 0;
    for (ServiceNode node : cluster.ingestion()) {
      largest = Math.max(largest, node.metric("fieldmark_ledger_imbalance"));
    }
    return largest;
  }

  private Map<String, Photo> answered(ResultTopics topics) {
    Map<String, Photo> answered = new HashMap<>();
    register
        .byId()
        .forEach(
            (id, photo) -> {
              if (topics.of(id).isEmpty()) {
                lost(photo, id);
              } else {
                answered.put(id, photo);
              }
            });
    register
        .byPlace()
        .forEach(
            (place, photo) ->
                topics
                    .idOf(place)
                    .ifPresentOrElse(
                        id -> answered.put(id, photo), () -> lost(photo, place.toString())));
    return answered;
  }

  private void lost(Photo photo, String where) {
    lost++;
    complain("Lost: %s, %s".formatted(photo, where));
  }

  private void examine(String id, Photo photo, List<ResultTopics.Seen> seen) throws IOException {
    VisibleResults rule = new VisibleResults(1);
    List<ResultTopics.Seen> visible =
        seen.stream().filter(result -> rule.see(result.result())).toList();
    JsonObject first = new JsonObject(visible.get(visible.size() - 1).json());
    boolean key = photo.source() != Source.TOPIC || seen.get(0).key().equals(photo.key());
    if (!key
        || first.getJsonObject("image", new JsonObject()).getInteger("width", 0) != photo.width()) {
      mismatched++;
      complain("%s got %s".formatted(photo, seen));
    }
    String told = register.bodies().get(id);
    if (told != null && !same(first, new JsonObject(told))) {
      visibleDuplicates++;
      complain("%s is %s, and its sender was told %s".formatted(photo, seen, told));
    }
    for (ServiceNode node : cluster.ingestion()) {
      HttpReply reply = HttpReply.get(node.port(), "/v1/predictions/" + id, ANSWER);
      if (reply.status() != 200) {
        hidden++;
        complain("%s says %d to %s of %s".formatted(node.name(), reply.status(), photo, id));
      } else if (!same(first, reply.json())) {
        visibleDuplicates++;
        complain("%s is %s, and %s says %s".formatted(photo, seen, node.name(), reply.body()));
      }
    }
  }

  /** No two runs take the same time to the microsecond in every stage. */
  private static boolean same(JsonObject result, JsonObject shown) {
    JsonObject timings = shown.getJsonObject("timings", new JsonObject()).copy();
    timings.remove("total_ms");
    return timings.equals(result.getJsonObject("timings"))
        && shown.getString("label").equals(result.getString("label"));
  }

  private void complain(String complaint) {
    if (complaints.size() < MOST_COMPLAINTS) {
      complaints.add(complaint);
    }
  }
}
