package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Probe;
import io.fieldmark.Application;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cluster asks what the service answers, often enough and patiently enough. */
class ProbesTest {
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void eachOfThreeQuestionsIsAskedOfTheManagementPort(Manifests manifests) {
    for (Workload workload : manifests.serving()) {
      assertThat(probes(workload))
          .allSatisfy(
              probe -> assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management"))
          .extracting(probe -> probe.getHttpGet().getPath())
          .containsExactly("/health/started", "/health/ready", "/health/live");
      assertThat(workload.hasPort("management")).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void startIsGivenTimeBeforeLifeIsAskedFor(Manifests manifests) {
    for (Workload workload : manifests.workloads()) {
      if (!workload.isFieldmark() || workload.serves()) {
        Probe startup = workload.main().getStartupProbe();
        assertThat(startup.getPeriodSeconds() * startup.getFailureThreshold())
            .isGreaterThanOrEqualTo(60);
        assertThat(probes(workload)).hasSize(3);
      }
    }
  }

  /** A pod that is stuck is started again, and not at the first hiccup. */
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void aliveIsDoubtedSlowlyAndReadyFast(Manifests manifests) {
    for (Workload workload : manifests.serving()) {
      Probe live = workload.main().getLivenessProbe();
      Probe ready = workload.main().getReadinessProbe();
      assertThat(live.getPeriodSeconds() * live.getFailureThreshold()).isBetween(30, 60);
      assertThat(ready.getPeriodSeconds() * ready.getFailureThreshold()).isLessThanOrEqualTo(5);
    }
  }

  @Test
  void runningServiceAnswersEveryQuestion() throws Exception {
    Set<String> paths = new TreeSet<>();
    Manifests.all()
        .flatMap(manifests -> manifests.serving().stream())
        .flatMap(ProbesTest::probes)
        .forEach(probe -> paths.add(probe.getHttpGet().getPath()));
    assertThat(paths).hasSize(3);
    Application application =
        new Application(Configs.with("http.host", "127.0.0.1", "inference.workers", "1"));
    try {
      Eventually.await(application.start());
      for (String path : paths) {
        assertThat(status(application.managementPort(), path)).as(path).isEqualTo(200);
      }
      assertThat(status(application.managementPort(), "/health")).isEqualTo(404);
    } finally {
      Eventually.await(application.close());
    }
  }

  private static int status(int port, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static Stream<Probe> probes(Workload workload) {
    return Stream.of(
        workload.main().getStartupProbe(),
        workload.main().getReadinessProbe(),
        workload.main().getLivenessProbe());
  }
}
