package io.fieldmark.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.kafka.DeadLetterFormat.Reason;
import io.fieldmark.transport.kafka.EventHeaders;
import io.fieldmark.transport.kafka.WireRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayDeadLettersCommandIT {
  @TempDir private Path folder;
  private final List<RequestId> failed = new ArrayList<>();
  private final List<RequestId> crashed = new ArrayList<>();
  private ClientTopics topics;

  @BeforeEach
  void writeLetters() throws Exception {
    topics = ClientTopics.created(folder);
    for (int i = 0; i < 20; i++) {
      failed.add(RequestId.next(Instant.now()));
      crashed.add(RequestId.next(Instant.now()));
    }
    List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      letters.add(letter(failed.get(i), Reason.FAILED));
      letters.add(letter(crashed.get(i), Reason.CRASHED));
    }
    letters.add(new ProducerRecord<>(topics.names().deadLetters(), new byte[] {1}));
    topics.send(letters);
  }

  private ProducerRecord<byte[], byte[]> letter(RequestId id, Reason reason) {
    return WireRecords.deadLetter(topics.names().deadLetters(), id, reason);
  }

  private List<ConsumerRecord<byte[], byte[]>> photos() throws Exception {
    return topics.read(topics.names().photos());
  }

  private static List<String> texts(List<RequestId> ids) {
    return ids.stream().map(RequestId::toString).toList();
  }

  @Test
  void aDryRunListsAndPutsNothingBack() throws Exception {
    ClientRun run = topics.run("replay-dead-letters", "--dry-run", "--reason", "crashed");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .hasSize(20)
        .allSatisfy(
            line ->
                assertThat(line.split("\t", -1))
                    .hasSize(6)
                    .contains("crashed", "3", "3:17", "The model broke"));
    assertThat(run.err()).contains("40 dead letters waited (20 crashed, 20 failed); 20 listed");
    assertThat(photos()).isEmpty();
  }

  @Test
  void eachLetterIsPutBackOnceWhateverOrderItsReasonComesIn() throws Exception {
    ClientRun first = topics.run("replay-dead-letters", "--reason", "failed");
    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).containsExactlyInAnyOrderElementsOf(texts(failed));
    assertThat(photos()).hasSize(20);
    assertThat(topics.run("replay-dead-letters", "--reason", "failed").out()).isEmpty();
    assertThat(topics.run("replay-dead-letters").out())
        .containsExactlyInAnyOrderElementsOf(texts(crashed));
    ClientRun last = topics.run("replay-dead-letters");
    assertThat(last.out()).isEmpty();
    assertThat(last.err()).contains("No dead letter waits");
    assertThat(photos())
        .hasSize(40)
        .allSatisfy(
            photo ->
                assertThat(new EventHeaders(photo.headers()).flag(EventHeaders.REPLAYED)).isTrue());
    assertThat(
            photos().stream()
                .map(photo -> new String(photo.key(), StandardCharsets.US_ASCII))
                .distinct())
        .hasSize(40);
  }

  @Test
  void aPhotoThatFailsAgainIsALetterOfItsOwn() throws Exception {
    topics.run("replay-dead-letters");
    topics.send(List.of(letter(failed.get(7), Reason.FAILED)));
    assertThat(topics.run("replay-dead-letters").out()).containsExactly(failed.get(7).toString());
    assertThat(photos()).hasSize(41);
  }
}
