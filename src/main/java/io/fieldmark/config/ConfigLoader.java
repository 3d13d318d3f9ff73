package io.fieldmark.config;

import io.fieldmark.config.AppConfig.Feedback;
import io.fieldmark.config.AppConfig.Health;
import io.fieldmark.config.AppConfig.Http;
import io.fieldmark.config.AppConfig.ImageLimits;
import io.fieldmark.config.AppConfig.Inference;
import io.fieldmark.config.AppConfig.Ingestion;
import io.fieldmark.config.AppConfig.Log;
import io.fieldmark.config.AppConfig.Management;
import io.fieldmark.config.AppConfig.Retained;
import io.fieldmark.config.AppConfig.Shutdown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** From texts to a valid {@link AppConfig}. */
public final class ConfigLoader {
  private ConfigLoader() {}

  /**
   * @param home what relative paths are relative to
   * @param cores that this process is granted
   * @param heapBytes that this process may use
   * @throws InvalidConfigException that names everything that is wrong
   */
  public static AppConfig load(ConfigSources sources, Path home, int cores, long heapBytes) {
    Settings settings = new Settings(sources);
    Optional<AppConfig> config = read(settings, home);
    config.ifPresent(read -> settings.section(() -> requireFit(read, cores, heapBytes)));
    if (!settings.problems().isEmpty()) {
      throw new InvalidConfigException(settings.problems());
    }
    return config.orElseThrow();
  }

  /** Every section is read, whatever is wrong with another. */
  private static Optional<AppConfig> read(Settings s, Path home) {
    Optional<Http> http =
        s.section(
            () ->
                new Http(
                    s.text("http.host"),
                    s.integer("http.port"),
                    s.integer("http.instances"),
                    s.duration("http.idle_timeout")));
    Optional<Management> management =
        s.section(
            () ->
                new Management(
                    s.text("management.host"),
                    s.integer("management.port"),
                    s.integer("management.max_connections"),
                    s.duration("management.idle_timeout")));
    Optional<Ingestion> ingestion = ingestion(s);
    Optional<Inference> inference = inference(s, home);
    Optional<Feedback> feedback = feedback(s, home);
    Optional<DriftConfig> drift = drift(s, home);
    Optional<KafkaConfig> kafka = KafkaSection.read(s);
    Optional<Role> role = role(s);
    Optional<Health> health = s.section(() -> new Health(s.duration("health.stall_limit")));
    Optional<Shutdown> shutdown =
        s.section(
            () -> new Shutdown(s.duration("shutdown.drain_delay"), s.duration("shutdown.timeout")));
    Optional<Log> log = s.section(() -> new Log(s.text("log.format"), s.text("log.level")));
    if (!s.problems().isEmpty()) {
      return Optional.empty();
    }
    return s.section(
        () ->
            new AppConfig(
                role.orElseThrow(),
                s.text("instance"),
                http.orElseThrow(),
                management.orElseThrow(),
                ingestion.orElseThrow(),
                inference.orElseThrow(),
                feedback.orElseThrow(),
                drift.orElseThrow(),
                kafka.orElseThrow(),
                health.orElseThrow(),
                shutdown.orElseThrow(),
                log.orElseThrow()));
  }

  private static Optional<Role> role(Settings s) {
    String name = s.text("role");
    return s.section(
        () -> {
          Optional<Role> role = Role.named(name);
          new Checks()
              .that(
                  role.isPresent(),
                  "role must be one of %s, not '%s'".formatted(Role.names(), name))
              .verify();
          return role.orElseThrow();
        });
  }

  private static Optional<Ingestion> ingestion(Settings s) {
    Optional<ImageLimits> image =
        s.section(
            () ->
                new ImageLimits(
                    s.bytes("ingestion.max_image_bytes"),
                    s.integer("ingestion.max_image_pixels"),
                    s.integer("ingestion.max_image_side")));
    Optional<Retained> retained =
        s.section(
            () ->
                new Retained(
                    s.integer("ingestion.retained_results"), s.duration("ingestion.retained_for")));
    int requests = s.integer("ingestion.max_inflight_requests");
    long bytes = s.bytes("ingestion.max_inflight_bytes");
    Duration timeout = s.duration("ingestion.request_timeout");
    Duration maxTimeout = s.duration("ingestion.max_request_timeout");
    Duration wait = s.duration("ingestion.default_wait");
    Duration maxWait = s.duration("ingestion.max_wait");
    int streams = s.integer("ingestion.max_streams");
    return image.flatMap(
        limits ->
            retained.flatMap(
                kept ->
                    s.section(
                        () ->
                            new Ingestion(
                                limits,
                                requests,
                                bytes,
                                timeout,
                                maxTimeout,
                                wait,
                                maxWait,
                                kept,
                                streams))));
  }

  private static Optional<Inference> inference(Settings s, Path home) {
    return s.section(
        () ->
            new Inference(
                home.resolve(s.text("inference.model_folder")).normalize(),
                s.integer("inference.workers"),
                s.integer("inference.threads_per_worker"),
                s.integer("inference.max_batch"),
                s.integer("inference.queue_capacity")));
  }

  private static Optional<Feedback> feedback(Settings s, Path home) {
    Optional<LabelledConfig> photos =
        s.section(
            () ->
                new LabelledConfig(
                    s.flag("feedback.store_photos"),
                    home.resolve(named(s, "feedback.folder")).normalize(),
                    s.bytes("feedback.max_stored_bytes"),
                    s.bytes("feedback.max_recent_bytes")));
    int entries = s.integer("feedback.max_entries");
    int inflight = s.integer("feedback.max_inflight");
    return photos.flatMap(kept -> s.section(() -> new Feedback(entries, inflight, kept)));
  }

  private static String named(Settings s, String key) {
    String text = s.text(key);
    new Checks().that(!text.isEmpty(), key + " must not be empty").verify();
    return text;
  }

  private static Optional<DriftConfig> drift(Settings s, Path home) {
    String reference = s.text("drift.reference");
    return s.section(
        () ->
            new DriftConfig(
                reference.isEmpty()
                    ? Optional.empty()
                    : Optional.of(home.resolve(reference).normalize()),
                s.integer("drift.window"),
                s.integer("drift.min_answers")));
  }

  /** What a section cannot know: whether it fits this machine. */
  private static AppConfig requireFit(AppConfig config, int cores, long heapBytes) {
    Inference inference = config.inference();
    int threads = inference.workers() * inference.threadsPerWorker();
    long inflight = config.ingestion().maxInflightBytes();
    LabelledConfig photos = config.feedback().photos();
    long recent = photos.stored() && config.role() == Role.STANDALONE ? photos.maxRecentBytes() : 0;
    new Checks()
        .that(
            threads <= cores,
            "inference.workers (%d) × inference.threads_per_worker (%d) must not exceed the %d cores granted; more is slower. 0 workers means: as many as fit"
                .formatted(inference.workers(), inference.threadsPerWorker(), cores))
        .that(
            inference.threadsPerWorker() <= cores,
            "inference.threads_per_worker (%d) must not exceed the %d cores granted"
                .formatted(inference.threadsPerWorker(), cores))
        .that(
            inflight <= heapBytes / 2,
            "ingestion.max_inflight_bytes (%d) must not exceed half of the heap (%d); give the JVM more with -Xmx in JAVA_OPTS, or accept less at a time"
                .formatted(inflight, heapBytes))
        .that(
            inflight + recent <= heapBytes - heapBytes / 4,
            "feedback.max_recent_bytes (%d) and ingestion.max_inflight_bytes (%d) together must not exceed three quarters of the heap (%d); give the JVM more with -Xmx in JAVA_OPTS, or hold fewer"
                .formatted(recent, inflight, heapBytes))
        .verify();
    return config;
  }
}
