package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fieldmark.config.AppConfig.Shutdown;
import io.fieldmark.config.ConfigLoader;
import io.fieldmark.config.ConfigSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pod that leaves has time to answer everything that it has let in. */
class ShutdownTest {
  private static final Pattern MARGIN = Pattern.compile("CLOSE_MARGIN_MILLIS = ([\\d_]+);");

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void nobodyIsKilledWhoStillDrains(Manifests manifests, @TempDir Path folder) throws IOException {
    for (Workload workload : manifests.serving()) {
      Shutdown shutdown = shutdown(manifests, workload, folder);
      Duration needed =
          preStop(workload.main())
              .plus(shutdown.drainDelay())
              .plus(shutdown.timeout())
              .plus(closeMargin());
      assertThat(Duration.ofSeconds(workload.pod().getTerminationGracePeriodSeconds()))
          .as("%s of %s", workload, manifests)
          .isGreaterThan(needed);
      // Until proxies and ingress controllers have heard of it; nobody calls a pod without a port.
      assertThat(preStop(workload.main()).plus(shutdown.drainDelay()))
          .isEqualTo(workload.hasPort("http") ? Duration.ofSeconds(10) : Duration.ZERO);
    }
  }

  private static Shutdown shutdown(Manifests manifests, Workload workload, Path folder)
      throws IOException {
    Map<String, String> environment = ConfigurationTest.environment(manifests, workload, folder);
    return ConfigLoader.load(
            ConfigSources.read(Optional.empty(), environment, Map.of()),
            Path.of("src/main"),
            1,
            Launcher.read().heap(workload))
        .shutdown();
  }

  private static Duration preStop(Container container) {
    return container.getLifecycle() == null || container.getLifecycle().getPreStop() == null
        ? Duration.ZERO
        : Duration.ofSeconds(container.getLifecycle().getPreStop().getSleep().getSeconds());
  }

  /** What the program waits beyond its own timeout before it gives up. */
  private static Duration closeMargin() throws IOException {
    Matcher margin =
        MARGIN.matcher(Files.readString(Path.of("src/main/java/io/fieldmark/Main.java")));
    assertThat(margin.find()).isTrue();
    return Duration.ofMillis(Long.parseLong(margin.group(1).replace("_", "")));
  }
}
