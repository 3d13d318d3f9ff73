package io.fieldmark.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.kafka.WireRecords;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsCommandIT {
  private static final int PHOTOS = 40;

  @TempDir private Path folder;
  private final List<RequestId> ids = new ArrayList<>();

  private ClientTopics answered() throws Exception {
    ClientTopics topics = ClientTopics.created(folder);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < PHOTOS; i++) {
      ids.add(RequestId.next(Instant.now()));
      records.add(result(topics, ids.get(i)));
      records.add(result(topics, ids.get(i)));
    }
    records.add(
        new ProducerRecord<>(
            topics.names().results(), "not one of ours".getBytes(StandardCharsets.UTF_8)));
    topics.send(records);
    return topics;
  }

  private static ProducerRecord<byte[], byte[]> result(ClientTopics topics, RequestId id) {
    return WireRecords.result(topics.names().results(), WireRecords.prediction(id));
  }

  private static List<String> ids(ClientRun run) {
    return run.out().stream().map(line -> new JsonObject(line).getString("id")).toList();
  }

  @Test
  void eachPhotosFirstResultIsPrintedOnceAsJson() throws Exception {
    ClientTopics topics = answered();
    ClientRun run = topics.run("results");
    assertThat(run.exitCode()).isZero();
    assertThat(ids(run)).containsExactlyInAnyOrderElementsOf(texts(ids));
    assertThat(new JsonObject(run.out().get(0)).getJsonObject("photo").getLong("offset"))
        .isEqualTo(17);
  }

  @Test
  void aReplayedAnswerSupersedesTheRefusalOnce() throws Exception {
    ClientTopics topics = ClientTopics.created(folder);
    RequestId id = RequestId.next(Instant.now());
    String results = topics.names().results();
    topics.send(
        List.of(
            WireRecords.refusal(results, id),
            WireRecords.refusal(results, id),
            WireRecords.replayedResult(results, WireRecords.prediction(id)),
            WireRecords.replayedResult(results, WireRecords.prediction(id))));
    List<String> lines = topics.run("results", "--from-beginning").out();
    assertThat(lines).hasSize(2);
    assertThat(new JsonObject(lines.get(0)).getString("reason")).isEqualTo("internal");
    assertThat(new JsonObject(lines.get(0)).containsKey("supersedes")).isFalse();
    assertThat(new JsonObject(lines.get(1)).getString("label")).isEqualTo("cat");
    assertThat(new JsonObject(lines.get(1)).getBoolean("supersedes")).isTrue();
  }

  @Test
  void aLaterRunGoesOnAndStillKnowsWhatWasSeen() throws Exception {
    ClientTopics topics = answered();
    String offsets = folder.resolve("offsets").toString();
    assertThat(topics.run("results", "--resume", offsets).out()).hasSize(PHOTOS);
    assertThat(topics.run("results", "--resume", offsets).out()).isEmpty();
    RequestId late = RequestId.next(Instant.now());
    topics.send(List.of(result(topics, ids.get(0)), result(topics, late)));
    assertThat(ids(topics.run("results", "--resume", offsets))).containsExactly(late.toString());
  }

  @Test
  void theOffsetsOfATopicThatWasMadeAnewAreNotThose() throws Exception {
    ClientTopics first = answered();
    String offsets = folder.resolve("offsets").toString();
    assertThat(first.run("results", "--resume", offsets).out()).hasSize(PHOTOS);
    ClientTopics second = ClientTopics.created(folder);
    RequestId id = RequestId.next(Instant.now());
    second.send(List.of(result(second, id)));
    assertThat(ids(second.run("results", "--resume", offsets))).containsExactly(id.toString());
  }

  @Test
  void beginningsOfBothKindsAreCounted() throws Exception {
    ClientTopics topics = answered();
    assertThat(topics.run("results", "--since", "1h").out()).hasSize(PHOTOS);
    assertThat(topics.run("results", "--since", "0s").out()).isEmpty();
    ClientRun unreadable = topics.run("results", "--since", "soon");
    assertThat(unreadable.exitCode()).isEqualTo(2);
    assertThat(unreadable.err()).contains("'soon' is no duration");
  }

  private static List<String> texts(List<RequestId> ids) {
    return ids.stream().map(RequestId::toString).toList();
  }
}
