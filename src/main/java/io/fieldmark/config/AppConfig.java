package io.fieldmark.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Everything that can be set; the annotated file {@code fieldmark.properties} says what each key
 * means. A value of this type is valid in itself and in how its sections fit each other.
 */
public record AppConfig(
    Role role,
    String instance,
    Http http,
    Management management,
    Ingestion ingestion,
    Inference inference,
    Feedback feedback,
    DriftConfig drift,
    KafkaConfig kafka,
    Health health,
    Shutdown shutdown,
    Log log) {

  public AppConfig {
    new Checks()
        .that(
            http.port() != management.port() || http.port() == 0,
            "http.port and management.port are both %d".formatted(http.port()))
        .that(
            role == Role.STANDALONE || !kafka.bootstrapServers().isEmpty(),
            "role %s works through Kafka: set kafka.bootstrap_servers, or role to standalone"
                .formatted(role.wireName()))
        .that(
            role != Role.INFERENCE || kafka.maxInflight() <= inference.queueCapacity(),
            "kafka.max_inflight (%d) must not exceed inference.queue_capacity (%d)"
                .formatted(kafka.maxInflight(), inference.queueCapacity()))
        .that(
            kafka.maxRequestBytes(ingestion.image().maxBytes()) >= largest(ingestion),
            "kafka.producer.max.request.size (%d) must be at least ingestion.max_image_bytes (%d) and %d bytes for headers"
                .formatted(
                    kafka.maxRequestBytes(ingestion.image().maxBytes()),
                    ingestion.image().maxBytes(),
                    KafkaConfig.HEADER_BYTES))
        .that(
            !feedback.photos().stored()
                || feedback.photos().smallest() >= ingestion.image().maxBytes(),
            "feedback.max_stored_bytes (%d) and feedback.max_recent_bytes (%d) must be at least ingestion.max_image_bytes (%d), or no image of that size is ever kept"
                .formatted(
                    feedback.photos().maxStoredBytes(),
                    feedback.photos().maxRecentBytes(),
                    ingestion.image().maxBytes()))
        .verify();
  }

  /** What this process is called among the others. */
  public String instanceName() {
    return instance.isEmpty() ? Environment.processName() : instance;
  }

  private static long largest(Ingestion ingestion) {
    return ingestion.image().maxBytes() + KafkaConfig.HEADER_BYTES;
  }

  public record Http(String host, int port, int instances, Duration idleTimeout) {
    public Http {
      new Checks()
          .port("http.port", port)
          .atLeast("http.instances", 1, instances)
          .positive("http.idle_timeout", idleTimeout)
          .verify();
    }
  }

  public record Management(String host, int port, int maxConnections, Duration idleTimeout) {
    public Management {
      new Checks()
          .port("management.port", port)
          .atLeast("management.max_connections", 1, maxConnections)
          .positive("management.idle_timeout", idleTimeout)
          .verify();
    }
  }

  public record Ingestion(
      ImageLimits image,
      int maxInflightRequests,
      long maxInflightBytes,
      Duration requestTimeout,
      Duration maxRequestTimeout,
      Duration defaultWait,
      Duration maxWait,
      Retained retained,
      int maxStreams) {
    public Ingestion {
      new Checks()
          .atLeast("ingestion.max_inflight_requests", 1, maxInflightRequests)
          .that(
              maxInflightBytes >= image.maxBytes(),
              "ingestion.max_inflight_bytes (%d) must be at least ingestion.max_image_bytes (%d), or no image of that size is ever accepted"
                  .formatted(maxInflightBytes, image.maxBytes()))
          .positive("ingestion.request_timeout", requestTimeout)
          .that(
              maxRequestTimeout.toSeconds() >= 1,
              "ingestion.max_request_timeout must be at least 1s")
          .that(
              requestTimeout.compareTo(maxRequestTimeout) <= 0,
              "ingestion.request_timeout must not exceed ingestion.max_request_timeout")
          .notNegative("ingestion.default_wait", defaultWait)
          .that(
              defaultWait.compareTo(maxWait) <= 0,
              "ingestion.default_wait must not exceed ingestion.max_wait")
          .atLeast("ingestion.max_streams", 0, maxStreams)
          .verify();
    }
  }

  /** What an upload may measure; the side limit holds for width and height alike. */
  public record ImageLimits(long maxBytes, long maxPixels, int maxSide) {
    public ImageLimits {
      new Checks()
          .atLeast("ingestion.max_image_bytes", 1, maxBytes)
          .that(maxBytes <= 1 << 30, "ingestion.max_image_bytes must be at most 1 GiB")
          .atLeast("ingestion.max_image_pixels", 1, maxPixels)
          .atLeast("ingestion.max_image_side", 1, maxSide)
          .verify();
    }
  }

  /** How many results can still be asked for by id, and for how long. */
  public record Retained(int count, Duration age) {
    public Retained {
      new Checks()
          .atLeast("ingestion.retained_results", 0, count)
          .notNegative("ingestion.retained_for", age)
          .verify();
    }
  }

  public record Inference(
      Path modelFolder, int workers, int threadsPerWorker, int maxBatch, int queueCapacity) {
    public Inference {
      new Checks()
          .atLeast("inference.workers", 0, workers)
          .atLeast("inference.threads_per_worker", 1, threadsPerWorker)
          .atLeast("inference.max_batch", 1, maxBatch)
          .that(maxBatch <= 64, "inference.max_batch must be at most 64, not " + maxBatch)
          .atLeast("inference.queue_capacity", 1, queueCapacity)
          .verify();
    }
  }

  /** What is kept of what people say of the answers, and how much of it comes in at a time. */
  public record Feedback(int maxEntries, int maxInflight, LabelledConfig photos) {
    public Feedback {
      new Checks()
          .atLeast("feedback.max_entries", 1, maxEntries)
          .that(
              maxEntries <= 200_000,
              "feedback.max_entries must be at most 200000, not " + maxEntries)
          .atLeast("feedback.max_inflight", 1, maxInflight)
          .verify();
    }
  }

  public record Health(Duration stallLimit) {
    public Health {
      new Checks().positive("health.stall_limit", stallLimit).verify();
    }
  }

  public record Shutdown(Duration drainDelay, Duration timeout) {
    public Shutdown {
      new Checks()
          .notNegative("shutdown.drain_delay", drainDelay)
          .positive("shutdown.timeout", timeout)
          .verify();
    }
  }

  public record Log(String format, String level) {
    public Log {
      new Checks()
          .oneOf("log.format", List.of("text", "json"), format)
          .oneOf("log.level", List.of("error", "warn", "info", "debug", "trace"), level)
          .verify();
    }
  }
}
