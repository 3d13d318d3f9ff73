package io.fieldmark.e2e;

import io.fieldmark.Application;
import io.fieldmark.testing.Configs;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The whole service in this JVM, on free ports of the loopback: in one part, or as tiers with Kafka
 * between them.
 */
final class RunningService implements AutoCloseable {
  private static final Path MODEL = Path.of("src/main/model");
  private static final long PATIENCE_SECONDS = 90;

  private final List<Application> applications;

  private RunningService(Application... applications) {
    this.applications = List.of(applications);
  }

  /** Ready for photos. */
  static RunningService start(Map<String, String> changes) {
    RunningService service = new RunningService(application(MODEL, changes));
    service.start();
    return service;
  }

  /**
   * Ready for photos, which pass over topics.
   *
   * @param changes for both tiers, with the address of a broker that has the topics
   */
  static RunningService startTiers(Map<String, String> changes) {
    RunningService service =
        new RunningService(
            application(MODEL, with(changes, "ingestion")),
            application(MODEL, with(changes, "inference")));
    service.start();
    return service;
  }

  /**
   * One tier alone, ready for photos.
   *
   * @param changes with the address of a broker that has the topics
   */
  static RunningService startTier(String role, Map<String, String> changes) {
    RunningService service = new RunningService(application(MODEL, with(changes, role)));
    service.start();
    return service;
  }

  private static Map<String, String> with(Map<String, String> changes, String role) {
    Map<String, String> all = new HashMap<>(changes);
    all.put("role", role);
    all.put("instance", role);
    return all;
  }

  private void start() {
    applications.forEach(application -> await(application.start()));
  }

  /** Listening, but without a model: where a service stands until its model is loaded. */
  static RunningService startWithoutModel(Path emptyFolder, Map<String, String> changes) {
    RunningService service = new RunningService(application(emptyFolder, changes));
    try {
      service.start();
    } catch (CompletionException noModel) {
      return service;
    }
    service.close();
    throw new AssertionError("The service claims to be ready without a model");
  }

  /** Why a service with these changes does not start. */
  static Throwable startFailure(Map<String, String> changes) {
    RunningService service = new RunningService(application(MODEL, changes));
    try {
      service.start();
    } catch (CompletionException failed) {
      return failed.getCause();
    } finally {
      service.close();
    }
    throw new AssertionError("The service starts");
  }

  private static Application application(Path model, Map<String, String> changes) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("http.host", "127.0.0.1", "inference.model_folder", model.toString()));
    all.addAll(List.of("inference.workers", "1", "shutdown.timeout", "2s"));
    changes.forEach((key, value) -> all.addAll(List.of(key, value)));
    return new Application(Configs.with(all.toArray(String[]::new)));
  }

  /** Throws what the future failed with, as the cause of a {@link CompletionException}. */
  private static void await(Future<Void> future) {
    future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  int port() {
    return applications.get(0).port();
  }

  URI uri(String target) {
    return URI.create("http://127.0.0.1:" + port() + target);
  }

  /** Of all parts, one after the other. */
  String metrics() {
    return applications.stream()
        .map(application -> management(application, "/metrics", "*/*").body())
        .collect(Collectors.joining());
  }

  /** Of one series, as it is written there. */
  OptionalDouble metric(String series) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst();
  }

  HttpResponse<String> management(String path) {
    return management(path, "*/*");
  }

  /** Of the part that takes photos in. */
  HttpResponse<String> management(String path, String accept) {
    return management(applications.get(0), path, accept);
  }

  private static HttpResponse<String> management(
      Application application, String path, String accept) {
    URI uri = URI.create("http://127.0.0.1:" + application.managementPort() + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(uri).header("accept", accept).build(), BodyHandlers.ofString());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException ended) {
      throw new AssertionError(ended);
    }
  }

  @Override
  public void close() {
    applications.forEach(application -> await(application.close()));
  }
}
