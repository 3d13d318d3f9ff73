package io.fieldmark.client;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.Environment;
import io.fieldmark.config.KafkaConfig;
import io.fieldmark.transport.kafka.BrokerFailure;
import io.fieldmark.transport.kafka.ClientProperties;
import io.fieldmark.transport.kafka.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;

/** The broker, for a program that runs to its end and may wait. */
final class BrokerAccess implements AutoCloseable {
  /** Nobody waits for a single photo here: better late than failed. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration REQUEST = Duration.ofSeconds(30);

  private final KafkaConfig config;
  private final long maxImageBytes;
  private final ClientProperties properties;
  private final Admin admin;

  private BrokerAccess(
      KafkaConfig config, long maxImageBytes, ClientProperties properties, Admin admin) {
    this.config = config;
    this.maxImageBytes = maxImageBytes;
    this.properties = properties;
    this.admin = admin;
  }

  /**
   * @param command by which the broker's operator finds this program
   */
  static BrokerAccess open(AppConfig config, String command) {
    long maxImageBytes = config.ingestion().image().maxBytes();
    ClientProperties properties =
        new ClientProperties(
            config.kafka(),
            maxImageBytes,
            "fieldmark-%s-%s".formatted(command, Environment.processName()));
    try {
      return new BrokerAccess(
          config.kafka(), maxImageBytes, properties, Admin.create(properties.admin()));
    } catch (KafkaException failed) {
      throw BrokerFailure.of(failed, config.kafka());
    }
  }

  Topics topics() {
    return new Topics(admin, config, maxImageBytes);
  }

  Admin admin() {
    return admin;
  }

  /** Fails when the broker is away or a topic is missing, before anything is begun. */
  void require(String... topics) throws InterruptedException {
    List<String> missing = await(topics().missing(List.of(topics)));
    if (!missing.isEmpty()) {
      throw new ClientFailure(String.join("\n", missing));
    }
  }

  /** Photos are kept with their labels only where somebody wanted that. */
  void requireKept(String topic) throws InterruptedException {
    if (!await(topics().missing(List.of(topic))).isEmpty()) {
      throw new ClientFailure(
          "No photo was ever kept: the topic %s is missing. Start serve with feedback.store_photos=true; fieldmark topics --create makes the topic with that setting too"
              .formatted(topic));
    }
  }

  KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> settings = properties.photoProducer();
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
    settings.putAll(config.properties().producer());
    return new KafkaProducer<>(settings);
  }

  KafkaConsumer<byte[], byte[]> reader() {
    return new KafkaConsumer<>(properties.reader());
  }

  /** Fails as the stage fails. */
  static <T> T await(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failed.getCause());
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
