package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fieldmark.config.AppConfig;
import io.fieldmark.config.ConfigLoader;
import io.fieldmark.config.ConfigSources;
import io.fieldmark.config.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The program takes the configuration that its pods are given, within their limits. */
class ConfigurationTest {
  private final Launcher launcher = Launcher.read();

  ConfigurationTest() throws IOException {}

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void everyVariableIsASettingAndEverySettingIsValid(Manifests manifests, @TempDir Path folder)
      throws IOException {
    for (Workload workload :
        manifests.workloads().stream().filter(Workload::isFieldmark).toList()) {
      Map<String, String> environment = new HashMap<>(environment(manifests, workload, folder));
      ConfigSources sources = ConfigSources.read(Optional.empty(), environment, Map.of());
      assertThat(sources.unknownVariables()).isEmpty();
      AppConfig config =
          ConfigLoader.load(
              sources,
              Path.of("src/main"),
              Launcher.cores(workload),
              // Commands do not ask whether there is room for uploads.
              workload.serves() ? launcher.heap(workload) : Long.MAX_VALUE);
      assertThat(config.role()).isNotEqualTo(Role.STANDALONE);
      assertThat(config.kafka().bootstrapServers()).isNotEmpty();
      assertThat(config.management().port()).isEqualTo(managementPort(manifests));
      if (workload.hasPort("http")) {
        assertThat(config.http().port()).isEqualTo(workload.port("http"));
      }
    }
  }

  private static int managementPort(Manifests manifests) {
    PodMonitor monitor = manifests.get(PodMonitor.class, "fieldmark");
    List<Integer> ports =
        manifests.selected(monitor.getSpec().getSelector()).stream()
            .map(w -> w.port(monitor.getSpec().getPodMetricsEndpoints().get(0).getPort()))
            .distinct()
            .toList();
    assertThat(ports).hasSize(1);
    return ports.get(0);
  }

  /**
   * What the image sets, what the manifests set, and the example's login in place of a real one.
   */
  static Map<String, String> environment(Manifests manifests, Workload workload, Path folder)
      throws IOException {
    Map<String, String> variables = new HashMap<>();
    String image = workload.main().getImage().replaceAll(".*fieldmark-(\\w+):.*", "$1");
    String[] role = Dockerfile.read().effective(image, "ENV").split("=", 2);
    variables.put(role[0], role[1]);
    variables.putAll(References.environment(manifests, workload));
    Map<String, String> login = References.exampleSecret().getStringData();
    for (Map.Entry<String, List<String>> file : References.secretFiles(workload).entrySet()) {
      Path copy =
          Files.writeString(
              folder.resolve(file.getValue().get(2)), login.get(file.getValue().get(1)));
      variables.replaceAll((name, value) -> value.equals(file.getKey()) ? copy.toString() : value);
    }
    return variables;
  }
}
