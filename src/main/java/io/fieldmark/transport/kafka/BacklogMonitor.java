package io.fieldmark.transport.kafka;

import io.fieldmark.metrics.TopicMetrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the broker's own offsets at intervals: how many photos wait, since when, and whether
 * every committed one has its result. Works when not one inference process lives.
 */
final class BacklogMonitor extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(BacklogMonitor.class);
  private static final int LOOKS_BETWEEN_TOPIC_LOOKS = 30;
  private static final Duration KEPT_FOR_EVER = Duration.ofDays(365);
  private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(8);

  private final Admin admin;
  private final String topic;
  private final String group;
  private final Duration interval;
  private final Ledger ledger;
  private final TopicMetrics metrics;
  private final Clock clock;
  private final Map<TopicPartition, Long> lostBelow = new HashMap<>();
  private BrokerOffsets offsets;
  private OldestUnanswered oldest;
  private Set<TopicPartition> partitions = Set.of();
  private Optional<Duration> retention = Optional.empty();
  private Uuid topicId = Uuid.ZERO_UUID;
  private int looks;
  private boolean away;
  private boolean stopped;
  private volatile Backlog backlog = Backlog.UNKNOWN;

  BacklogMonitor(
      Admin admin,
      String topic,
      String group,
      Duration interval,
      Ledger ledger,
      TopicMetrics metrics,
      Clock clock) {
    this.admin = admin;
    this.topic = topic;
    this.group = group;
    this.interval = interval;
    this.ledger = ledger;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Completes after the first look, whatever it showed; fails only when it is not allowed. */
  @Override
  public Future<?> start() {
    offsets = new BrokerOffsets(vertx, admin);
    oldest = new OldestUnanswered(offsets, topic);
    return look()
        .recover(
            failure -> {
              notice(failure);
              return failure instanceof BrokerFailure
                  ? Future.failedFuture(failure)
                  : Future.succeededFuture();
            })
        .onSuccess(looked -> lookLater());
  }

  private void lookLater() {
    vertx.setTimer(
        interval.toMillis(),
        due ->
            look()
                .onComplete(
                    looked -> {
                      if (!stopped) {
                        notice(looked.cause());
                        lookLater();
                      }
                    }));
  }

  private void notice(Throwable failure) {
    if (failure instanceof BrokerFailure refused && !away) {
      LOG.warn("The backlog cannot be seen. {}", refused.getMessage());
    } else if (failure != null && !away) {
      LOG.warn("The broker is away: {}", failure.toString());
    } else if (failure == null && away) {
      LOG.info("The broker is back");
    }
    away = failure != null;
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    return Future.succeededFuture();
  }

  private Future<Void> look() {
    Future<Void> topicKnown =
        looks++ % LOOKS_BETWEEN_TOPIC_LOOKS == 0 || away ? lookAtTopic() : Future.succeededFuture();
    return topicKnown.compose(known -> lookAtOffsets());
  }

  private Future<Void> lookAtTopic() {
    return offsets
        .describe(topic)
        .onSuccess(this::noticeTopic)
        .compose(known -> offsets.retention(topic))
        .onSuccess(kept -> retention = kept)
        .mapEmpty();
  }

  private void noticeTopic(TopicDescription found) {
    if (!found.topicId().equals(topicId) && !topicId.equals(Uuid.ZERO_UUID)) {
      LOG.warn("{} was made anew", topic);
      ledger.beginAnew();
      lostBelow.clear();
    }
    topicId = found.topicId();
    partitions =
        found.partitions().stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .collect(Collectors.toSet());
  }

  private Future<Void> lookAtOffsets() {
    // Committed offsets before ends: so that the difference is never negative.
    return offsets
        .committed(group)
        .compose(
            committed ->
                offsets
                    .list(partitions, OffsetSpec.earliest())
                    .compose(
                        begins ->
                            offsets
                                .list(partitions, OffsetSpec.latest())
                                .compose(ends -> weigh(committed, begins, ends))));
  }

  private Future<Void> weigh(
      Map<TopicPartition, Long> committed,
      Map<TopicPartition, Long> begins,
      Map<TopicPartition, Long> ends) {
    Map<Integer, Long> first = new HashMap<>();
    long unanswered = 0;
    for (TopicPartition partition : partitions) {
      long begin = begins.get(partition);
      long answeredTo = committed.getOrDefault(partition, begin);
      countLost(partition, answeredTo, begin);
      long end = ends.get(partition);
      ledger.committed(partition.partition(), answeredTo);
      long next = ledger.firstUnanswered(partition.partition(), Math.max(begin, answeredTo));
      long waiting = end - next - ledger.answeredAhead(partition.partition());
      if (waiting > 0) {
        unanswered += waiting;
        first.put(partition.partition(), next);
      }
    }
    long sum = unanswered;
    return oldest
        .storedAt(first, clock.millis(), retention.orElse(KEPT_FOR_EVER))
        .map(
            since -> {
              backlog =
                  new Backlog(
                      clock.instant(),
                      sum,
                      since.isPresent()
                          ? Optional.of(Instant.ofEpochMilli(since.getAsLong()))
                          : Optional.empty(),
                      retention);
              return null;
            });
  }

  /** Retention has passed the group: what lies between was never answered. */
  private void countLost(TopicPartition partition, long answeredTo, long begin) {
    long from = Math.max(answeredTo, lostBelow.getOrDefault(partition, 0L));
    if (begin > from) {
      LOG.error("{} photos of {} vanished before they were answered", begin - from, partition);
      metrics.photosLost(begin - from);
      lostBelow.put(partition, begin);
    }
  }

  /** As of the last look. Safe for any thread. */
  Backlog backlog() {
    return backlog;
  }

  /** Whether the last look is young enough to say that the broker is there. */
  boolean brokerPresent() {
    Duration threeLooks = interval.multipliedBy(3);
    Duration patience =
        threeLooks.compareTo(SHORTEST_PATIENCE) > 0 ? threeLooks : SHORTEST_PATIENCE;
    return Duration.between(backlog.takenAt(), clock.instant()).compareTo(patience) <= 0;
  }
}
