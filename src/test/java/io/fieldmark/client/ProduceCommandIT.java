package io.fieldmark.client;

import static io.fieldmark.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.RequestId;
import io.fieldmark.testing.DrawnImage;
import io.fieldmark.testing.kafka.KafkaCluster;
import io.fieldmark.transport.kafka.WireRecords;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProduceCommandIT {
  private static final int PHOTOS = 30;

  @TempDir private Path folder;
  private Path photos;

  @BeforeEach
  void drawPhotos() throws Exception {
    photos = Files.createDirectories(folder.resolve("photos/below"));
    for (int i = 0; i < PHOTOS; i++) {
      Files.write(photos.resolve("photo %02d.jpg".formatted(i)), DrawnImage.jpeg(40 + i, 40));
    }
  }

  @Test
  void everyPhotoIsSentOnceAndOthersAreToldApart() throws Exception {
    ClientTopics topics = ClientTopics.created(folder, "ingestion.max_image_bytes=64KiB");
    Files.writeString(photos.resolve("labels.csv"), "no image");
    Files.write(photos.resolve("huge.jpg"), new byte[65 * 1024]);
    ClientRun run = topics.run("produce", photos.getParent().toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("huge.jpg is not sent: it has 66560 bytes")
        .contains("ingestion.max_image_bytes (65536)")
        .contains("30 sent, 30 acknowledged, 1 failed, 1 skipped");
    List<ConsumerRecord<byte[], byte[]>> stored = topics.read(topics.names().photos());
    assertThat(run.out()).hasSize(PHOTOS);
    assertThat(stored).hasSize(PHOTOS);
    for (String line : run.out()) {
      String[] columns = line.split("\t", -1);
      assertThat(stored)
          .filteredOn(record -> key(record).equals(columns[0]))
          .singleElement()
          .satisfies(
              record ->
                  assertThat(record.value()).isEqualTo(Files.readAllBytes(Path.of(columns[1]))));
    }
  }

  @Test
  void aSecondRunSendsOnlyWhatIsNotKnownToHaveArrivedAndUnderTheSameId() throws Exception {
    ClientTopics topics = ClientTopics.created(folder);
    Path journal = folder.resolve("journal");
    String[] command = {"produce", photos.toString(), "--resume", journal.toString()};
    assertThat(topics.run(command).exitCode()).isZero();
    List<String> lines = Files.readAllLines(journal);
    assertThat(lines).hasSize(2 * PHOTOS);
    List<String> cut = new ArrayList<>(lines);
    cut.subList(2 * PHOTOS - 5, 2 * PHOTOS).clear();
    Files.writeString(journal, String.join("\n", cut) + "\nacknowledged\thalf a li");
    int unknown = 2 * PHOTOS - cut.size();

    ClientRun second = topics.run(command);
    assertThat(second.exitCode()).isZero();
    long resent = second.out().size();
    assertThat(resent).isBetween(1L, (long) unknown);
    List<ConsumerRecord<byte[], byte[]>> stored = topics.read(topics.names().photos());
    assertThat(stored).hasSize((int) (PHOTOS + resent));
    assertThat(stored.stream().map(ProduceCommandIT::key).distinct()).hasSize(PHOTOS);

    ClientRun third = topics.run(command);
    assertThat(third.out()).isEmpty();
    assertThat(third.err()).contains("0 sent, 0 acknowledged, 0 failed, 30 skipped");
  }

  @Test
  void theRateIsKept() throws Exception {
    ClientTopics topics = ClientTopics.created(folder);
    long begin = System.nanoTime();
    ClientRun run = topics.run("produce", photos.toString(), "--rate", "20");
    assertThat(run.out()).hasSize(PHOTOS);
    assertThat(System.nanoTime() - begin)
        .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(50 * (PHOTOS - 1)));
  }

  @Test
  void answersAreWaitedForAndPrintedOnce() throws Exception {
    ClientTopics topics = ClientTopics.created(folder);
    try (ExecutorService worker = Executors.newSingleThreadExecutor()) {
      Callable<Void> answering = () -> answerAllTwice(topics);
      Future<Void> answered = worker.submit(answering);
      ClientRun run = topics.run("produce", photos.toString(), "--wait");
      answered.get(30, TimeUnit.SECONDS);
      assertThat(run.exitCode()).isZero();
      assertThat(run.err()).contains("30 sent, 30 acknowledged, 30 answered, 0 failed");
      assertThat(run.out()).hasSize(PHOTOS).doesNotHaveDuplicates();
      for (String line : run.out()) {
        String[] columns = line.split("\t", -1);
        assertThat(Path.of(columns[1])).exists();
        assertThat(new JsonObject(columns[2]).getString("id")).isEqualTo(columns[0]);
      }
    }
  }

  private static Void answerAllTwice(ClientTopics topics) throws Exception {
    List<String> keys;
    do {
      keys = topics.read(topics.names().photos()).stream().map(ProduceCommandIT::key).toList();
    } while (keys.size() < PHOTOS);
    List<ProducerRecord<byte[], byte[]>> results = new ArrayList<>();
    for (String key : keys) {
      RequestId id = RequestId.parse(key).orElseThrow();
      results.add(WireRecords.result(topics.names().results(), WireRecords.prediction(id)));
      results.add(WireRecords.result(topics.names().results(), WireRecords.prediction(id)));
    }
    topics.send(results);
    return null;
  }

  @Test
  void answersThatNobodyWaitedForAreToldByALaterRun() throws Exception {
    ClientTopics topics = ClientTopics.created(folder);
    String journal = folder.resolve("journal").toString();
    assertThat(topics.run("produce", photos.toString(), "--resume", journal).exitCode()).isZero();
    answerAllTwice(topics);
    String[] waiting = {"produce", photos.toString(), "--resume", journal, "--wait"};
    ClientRun second = topics.run(waiting);
    assertThat(second.err()).contains("0 sent, 0 acknowledged, 30 answered, 0 failed, 30 skipped");
    assertThat(second.out()).hasSize(PHOTOS).allMatch(line -> line.contains(".jpg\t{"));
    assertThat(topics.run(waiting).out()).isEmpty();
  }

  @Test
  void aBrokerThatDiesAndComesBackCostsNoPhotoAndNoAnswer() throws Exception {
    try (KafkaCluster cluster = KafkaCluster.start(folder.resolve("broker"), 1);
        ExecutorService person = Executors.newSingleThreadExecutor()) {
      ClientTopics topics = ClientTopics.createdOn(cluster.bootstrapServers(), folder);
      Path journal = folder.resolve("journal");
      String[] command = {
        "produce", photos.toString(), "--wait", "--rate", "20", "--resume", journal.toString()
      };
      Callable<ClientRun> produce = () -> topics.run(command);
      Future<ClientRun> running = person.submit(produce);
      eventually("some are acknowledged", () -> count(journal, "acknowledged") > 5);
      cluster.kill(1);
      cluster.restart(1);
      answerAllTwice(topics);
      ClientRun run = running.get(60, TimeUnit.SECONDS);
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).hasSize(PHOTOS).doesNotHaveDuplicates();
      assertThat(run.err()).contains("30 sent, 30 acknowledged, 30 answered, 0 failed");
      assertThat(topics.read(topics.names().photos())).hasSize(PHOTOS);
    }
  }

  private static long count(Path journal, String event) {
    try (Stream<String> lines = Files.exists(journal) ? Files.lines(journal) : Stream.empty()) {
      return lines.filter(line -> line.startsWith(event)).count();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void aMissingTopicIsSaidBeforeAnythingIsSent() throws Exception {
    ClientTopics topics = ClientTopics.fresh(folder);
    ClientRun run = topics.run("produce", photos.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("The topic %s is missing".formatted(topics.names().photos()))
        .contains("0 sent");
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.US_ASCII);
  }
}
