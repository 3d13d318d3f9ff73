package io.fieldmark.transport.kafka;

import io.fieldmark.config.AppConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first contact with the broker: waits for it as long as it is away, and fails with sentences
 * that tell what to mend when its topics are not as they must be.
 */
public final class KafkaConnection {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaConnection.class);

  private final Vertx vertx;
  private final AppConfig config;
  private Admin admin;
  private volatile boolean closed;

  public KafkaConnection(Vertx vertx, AppConfig config) {
    this.vertx = vertx;
    this.config = config;
  }

  /**
   * @param admin to be closed by whoever uses it
   * @param photosId of the photos' topic
   */
  public record Opened(Admin admin, Uuid photosId) {}

  public Future<Opened> open() {
    ClientProperties properties =
        new ClientProperties(
            config.kafka(), config.ingestion().image().maxBytes(), config.instanceName());
    return vertx
        .executeBlocking(() -> Admin.create(properties.admin()))
        .recover(failure -> Future.failedFuture(BrokerFailure.of(failure, config.kafka())))
        .onSuccess(created -> admin = created)
        .compose(created -> contact(1));
  }

  private Future<Opened> contact(int attempt) {
    Topics topics = new Topics(admin, config.kafka(), config.ingestion().image().maxBytes());
    return Future.fromCompletionStage(topics.check(), vertx.getOrCreateContext())
        .compose(this::accept)
        .compose(
            usable -> new BrokerOffsets(vertx, admin).describe(config.kafka().topics().photos()))
        .map(photos -> new Opened(admin, photos.topicId()))
        .recover(
            failure ->
                failure instanceof UnusableTopics
                    ? Future.failedFuture(failure)
                    : again(BrokerFailure.of(failure, config.kafka()), attempt));
  }

  private Future<Void> accept(TopicFindings findings) {
    findings.unseen().forEach(LOG::warn);
    findings.remarks().forEach(LOG::warn);
    return findings.problems().isEmpty()
        ? Future.succeededFuture()
        : Future.failedFuture(new UnusableTopics(findings.problems()));
  }

  private Future<Opened> again(BrokerFailure failure, int attempt) {
    if (closed || !failure.passing()) {
      return Future.failedFuture(failure);
    }
    LOG.warn("{}. Trying again", failure.getMessage());
    return vertx.timer(Backoff.millis(attempt)).compose(later -> contact(attempt + 1));
  }

  public Future<Void> close() {
    closed = true;
    return admin == null
        ? Future.succeededFuture()
        : vertx.executeBlocking(
            () -> {
              admin.close(Duration.ofSeconds(1));
              return null;
            });
  }
}
