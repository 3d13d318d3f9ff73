package io.fieldmark.transport.kafka;

import io.fieldmark.metrics.TopicMetrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Poll, begin, commit, and poll again, for ever: polling goes on while photos are in work, with the
 * partitions paused when there is no room, so that the group never takes this process for dead.
 */
final class PhotoConsumer extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(PhotoConsumer.class);

  /** A poll ends at once when photos come. */
  private static final Duration POLL = Duration.ofMillis(50);

  /** While photos run alone: the note of each attempt waits for the end of a poll. */
  private static final Duration SHORT_POLL = Duration.ofMillis(5);

  /** Between two polls while there is no room, unless there is room before. */
  private static final long PAUSED_MILLIS = 100;

  private static final int MOST_HAND_OVERS = 100;

  private final String topic;
  private final DrainingConsumer consumer;
  private final OwnedPartitions owned;
  private final Function<ConsumerRecord<byte[], byte[]>, StoredPhoto> reader;
  private final PhotoAnswerer answerer;
  private final int room;
  private final Duration patience;
  private final TopicMetrics metrics;
  private final Promise<Void> stopped = Promise.promise();
  private final GroupContact contact = new GroupContact();
  private KafkaReadStream<byte[], byte[]> stream;
  private PhotoLine line;
  private boolean paused;
  private volatile int pausedPartitions;
  private volatile int inWork;
  private volatile int begun;
  private boolean stopping;
  private int failures;

  /**
   * @param room photos read and not answered at which no more are read; each poll may bring as many
   *     again
   * @param patience with what is begun when this process leaves
   */
  PhotoConsumer(
      String topic,
      DrainingConsumer consumer,
      OwnedPartitions owned,
      Function<ConsumerRecord<byte[], byte[]>, StoredPhoto> reader,
      PhotoAnswerer answerer,
      int room,
      Duration patience,
      TopicMetrics metrics) {
    this.topic = topic;
    this.consumer = consumer;
    this.owned = owned;
    this.reader = reader;
    this.answerer = answerer;
    this.room = room;
    this.patience = patience;
    this.metrics = metrics;
  }

  @Override
  public Future<?> start() {
    stream = KafkaReadStream.create(vertx, consumer);
    stream.exceptionHandler(told -> {});
    line = new PhotoLine(vertx, owned, answerer, metrics, this::commit);
    return stream.subscribe(Set.of(topic)).onSuccess(subscribed -> poll());
  }

  private void poll() {
    if (stopping) {
      stopped.tryComplete();
      return;
    }
    // Polls with a time limit were seen to cost much CPU while partitions are paused.
    Future<ConsumerRecords<byte[], byte[]>> polled =
        paused
            ? room()
                .compose(waited -> regulate())
                .compose(regulated -> stream.poll(paused ? Duration.ZERO : POLL))
            : stream.poll(line.alone() ? SHORT_POLL : POLL);
    polled
        .compose(this::take)
        .compose(begun -> regulate())
        .onSuccess(
            done -> {
              failures = 0;
              poll();
            })
        .onFailure(this::later);
  }

  /** Completes when there is room, or when it is time for a sign of life. */
  private Future<Void> room() {
    return line.shrunk(room * 3 / 4).timeout(PAUSED_MILLIS, TimeUnit.MILLISECONDS).otherwiseEmpty();
  }

  /** Whatever fails here is the broker's, its operator's or the network's, and passes. */
  private void later(Throwable failure) {
    failures++;
    Access access = Access.member(topic, consumer.group(), failure);
    contact.failed(access.explain(failure));
    LOG.warn("Reading photos failed, trying again: {}", access.tell(failure));
    vertx.setTimer(Backoff.millis(failures), again -> poll());
  }

  private Future<Void> take(ConsumerRecords<byte[], byte[]> records) {
    contact.polled(assigned());
    records.forEach(record -> line.add(reader.apply(record)));
    Map<TopicPartition, Long> first =
        records.partitions().stream()
            .collect(Collectors.toMap(p -> p, p -> records.records(p).get(0).offset()));
    Map<TopicPartition, OffsetAndMetadata> marks = owned.read(first);
    Future<Void> marked = marks.isEmpty() ? Future.succeededFuture() : commit(marks);
    return marked
        .onSuccess(begun -> line.advance())
        // The photos stay in line, and the mark comes with a later commit.
        .onFailure(unmarked -> vertx.runOnContext(next -> line.advance()));
  }

  private Future<Void> commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    return stream.commit(offsets).onSuccess(done -> owned.committed(offsets)).mapEmpty();
  }

  /** Partitions are paused, never the stream, which would stop polling. */
  private Future<Void> regulate() {
    inWork = line.size();
    begun = line.begun();
    boolean full = line.size() > room;
    boolean change = full || paused;
    Set<TopicPartition> assignment = owned.assignment();
    pausedPartitions = full ? assignment.size() : 0;
    if (!change || assignment.isEmpty()) {
      paused = full;
      return Future.succeededFuture();
    }
    paused = full;
    return full ? stream.pause(assignment) : stream.resume(assignment);
  }

  /** Finishes what is begun, hands the partitions over in order, and leaves the group. */
  @Override
  public Future<?> stop() {
    stopping = true;
    if (stream == null) {
      return Future.succeededFuture();
    }
    line.close();
    return stopped.future().compose(quiet -> handOver(MOST_HAND_OVERS)).eventually(stream::close);
  }

  /**
   * Before the consumer is closed, which interrupts whatever it does then. In the middle of a
   * rebalance the classic protocol takes no commit: polling brings that to its end.
   */
  private Future<Void> handOver(int tries) {
    Set<TopicPartition> assignment = owned.assignment();
    return vertx
        .executeBlocking(() -> owned.handOver(assignment, patience))
        .compose(offsets -> offsets.isEmpty() ? Future.succeededFuture() : stream.commit(offsets))
        .onSuccess(committed -> owned.lose(assignment))
        .<Void>mapEmpty()
        .recover(
            failure -> {
              if (tries > 1 && failure instanceof RebalanceInProgressException) {
                return stream.poll(POLL).compose(ignored -> handOver(tries - 1));
              }
              LOG.warn("Offsets not committed; answers will be repeated: {}", failure.toString());
              return Future.succeededFuture();
            });
  }

  /** What the group and this process know of each other. */
  GroupContact contact() {
    return contact;
  }

  /** Answered photos whose offsets wait for one before them. Safe for any thread. */
  int uncommitted() {
    return owned.uncommitted();
  }

  /** Safe for any thread. */
  boolean assigned() {
    return !owned.assignment().isEmpty();
  }

  /** Photos that were read and not answered. Safe for any thread. */
  int inWork() {
    return inWork;
  }

  /** Photos that the workers of this process have, or are about to get. Safe for any thread. */
  int begun() {
    return begun;
  }

  /** Safe for any thread. */
  int pausedPartitions() {
    return pausedPartitions;
  }
}
