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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The whole service in this JVM, on free ports of the loopback. */
final class RunningService implements AutoCloseable {
  private static final Path MODEL = Path.of("src/main/model");
  private static final long PATIENCE_SECONDS = 90;

  private final Application application;

  private RunningService(Application application) {
    this.application = application;
  }

  /** Ready for photos. */
  static RunningService start(Map<String, String> changes) {
    RunningService service = new RunningService(application(MODEL, changes));
    await(service.application.start());
    return service;
  }

  /** Listening, but without a model: where a service stands until its model is loaded. */
  static RunningService startWithoutModel(Path emptyFolder, Map<String, String> changes) {
    RunningService service = new RunningService(application(emptyFolder, changes));
    try {
      await(service.application.start());
    } catch (CompletionException noModel) {
      return service;
    }
    service.close();
    throw new AssertionError("The service claims to be ready without a model");
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
    return application.port();
  }

  URI uri(String target) {
    return URI.create("http://127.0.0.1:" + port() + target);
  }

  String metrics() {
    return management("/metrics").body();
  }

  HttpResponse<String> management(String path) {
    return management(path, "*/*");
  }

  HttpResponse<String> management(String path, String accept) {
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
    await(application.close());
  }
}
