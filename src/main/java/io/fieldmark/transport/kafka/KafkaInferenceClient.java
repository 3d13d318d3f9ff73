package io.fieldmark.transport.kafka;

import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Stage;
import io.fieldmark.metrics.TopicMetrics;
import io.fieldmark.transport.InferenceCapacity;
import io.fieldmark.transport.InferenceClient;
import io.fieldmark.transport.Submission;
import io.fieldmark.transport.kafka.PendingReplies.Pending;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaWriteStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts photos on their topic, and hears every result, whoever asked for it. */
final class KafkaInferenceClient implements InferenceClient {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaInferenceClient.class);
  private static final Duration RETRY = Duration.ofSeconds(2);

  /** After the deadline inference says so itself; this much later nobody seems to be there. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Vertx vertx;
  private final KafkaWriteStream<byte[], byte[]> producer;
  private final String topic;
  private final Duration sendTimeout;
  private final Admittance admittance;
  private final PendingReplies pending;
  private final VisibleResults visible;
  private final Ledger ledger;
  private final Supplier<InferenceCapacity> capacity;
  private final TopicMetrics metrics;
  private final Clock clock;
  private final List<Consumer<InferenceResult>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<ResultRecord>> visibleListeners = new CopyOnWriteArrayList<>();

  KafkaInferenceClient(
      Vertx vertx,
      KafkaWriteStream<byte[], byte[]> producer,
      String topic,
      Duration sendTimeout,
      Admittance admittance,
      PendingReplies pending,
      VisibleResults visible,
      Ledger ledger,
      Supplier<InferenceCapacity> capacity,
      TopicMetrics metrics,
      Clock clock) {
    this.vertx = vertx;
    this.producer = producer.exceptionHandler(told -> {});
    this.topic = topic;
    this.sendTimeout = sendTimeout;
    this.admittance = admittance;
    this.pending = pending;
    this.visible = visible;
    this.ledger = ledger;
    this.capacity = capacity;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public Submission submit(InferenceRequest request) {
    Optional<Pending> mine = pending.begin(request.id());
    if (mine.isEmpty()) {
      return pending.find(request.id()).map(Pending::submission).orElseGet(() -> submit(request));
    }
    Pending waiting = mine.get();
    Optional<Rejection> refusal = admittance.refusal(request.id());
    if (refusal.isPresent()) {
      waiting.answered(refusal.get());
    } else {
      send(request, waiting);
    }
    return waiting.submission();
  }

  private void send(InferenceRequest request, Pending waiting) {
    producer
        .send(PhotoFormat.write(topic, request, clock.instant()))
        .timeout(sendTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(
            stored -> {
              waiting.stored();
              request.deadline().ifPresent(deadline -> expireAfter(deadline, request.id()));
            })
        .onFailure(failure -> waiting.answered(notStored(request.id(), failure)));
  }

  private Rejection notStored(RequestId id, Throwable failure) {
    if (failure instanceof RecordTooLargeException) {
      LOG.error("The topic {} takes no photo of this size: {}", topic, failure.getMessage());
      return Rejection.of(
          id, RejectionReason.TOO_LARGE, "The image file is larger than the topic accepts.");
    }
    LOG.atWarn()
        .addKeyValue("request", id)
        .log("A photo was not stored: {}", Access.write(topic).tell(failure));
    return Rejection.retryable(
        id,
        RejectionReason.UNAVAILABLE,
        "The photo was not acknowledged in time; it may be stored or not. Ask for the prediction of this id, or send it again with the same Idempotency-Key.",
        RETRY);
  }

  private void expireAfter(Instant deadline, RequestId id) {
    long left = Duration.between(clock.instant(), deadline.plus(GRACE)).toMillis();
    vertx.setTimer(
        Math.max(1, left),
        late ->
            pending
                .find(id)
                .ifPresent(waiting -> waiting.answered(Rejection.expired(id, Stage.TOPIC))));
  }

  /** Every record of the results topic. Called on one event loop. */
  void resultRead(ConsumerRecord<byte[], byte[]> record) {
    Optional<ResultRecord> result = ResultFormat.read(record);
    if (result.isEmpty()) {
      metrics.resultUnreadable();
      return;
    }
    result.get().image().ifPresent(image -> ledger.answered(image.partition(), image.offset()));
    if (visible.see(result.get())) {
      visibleListeners.forEach(listener -> listener.accept(result.get()));
      listeners.forEach(listener -> listener.accept(result.get().result()));
    } else {
      metrics.duplicateSuppressed();
    }
    pending.answered(result.get().result());
  }

  /** The photo is on its topic and will be answered; only its waiter is forgotten. */
  @Override
  public void cancel(RequestId id) {
    pending.forget(id);
  }

  @Override
  public void onResult(Consumer<InferenceResult> listener) {
    listeners.add(listener);
  }

  /** Told of each result that is seen, with where its photo stands, before others are. */
  void onVisible(Consumer<ResultRecord> listener) {
    visibleListeners.add(listener);
  }

  @Override
  public boolean stores() {
    return true;
  }

  @Override
  public boolean mayStillAnswer(RequestId id) {
    return pending.find(id).isPresent() || admittance.mayWait(id);
  }

  @Override
  public InferenceCapacity capacity() {
    return capacity.get();
  }

  /** Lets everything that is on its way arrive. */
  Future<Void> close() {
    return producer.close(sendTimeout.toMillis());
  }
}
