package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laptop's broker is the one of {@code make up}, at another address. */
class KafkaComponentTest {
  static Stream<Manifests> manifests() {
    return Manifests.with(StatefulSet.class);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void settingsAreThoseOfCompose(Manifests manifests) throws IOException {
    Map<String, String> settings = settings(manifests);
    assertThat(settings).containsKey("KAFKA_LOG_SEGMENT_BYTES");
    settings.remove("KAFKA_LOG_SEGMENT_BYTES");
    Map<String, String> ofCompose = ComposeFile.read().environment("kafka");
    assertThat(settings).containsOnlyKeys(ofCompose.keySet());
    String here = ".*(LISTENER|VOTERS|LOG_DIRS).*";
    settings.keySet().removeIf(name -> name.matches(here));
    ofCompose.keySet().removeIf(name -> name.matches(here));
    assertThat(settings).isEqualTo(ofCompose);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void brokerSaysTheAddressAtWhichItIsFound(Manifests manifests) {
    StatefulSet set = manifests.of(StatefulSet.class).get(0);
    Workload kafka = Workload.of(set).findFirst().orElseThrow();
    String name = set.getMetadata().getName();
    assertThat(settings(manifests).get("KAFKA_ADVERTISED_LISTENERS"))
        .isEqualTo(
            "CLIENT://%s-0.%s:%d"
                .formatted(name, set.getSpec().getServiceName(), kafka.port("client")));
    assertThat(settings(manifests).get("KAFKA_LISTENERS"))
        .contains("CLIENT://:" + kafka.port("client"));
    for (Workload ours : manifests.workloads().stream().filter(Workload::isFieldmark).toList()) {
      assertThat(References.environment(manifests, ours))
          .containsEntry(
              "FIELDMARK_KAFKA_BOOTSTRAP_SERVERS",
              set.getSpec().getServiceName() + ":" + kafka.port("client"));
    }
  }

  private static Map<String, String> settings(Manifests manifests) {
    return Workload.of(manifests.of(StatefulSet.class).get(0))
        .flatMap(kafka -> kafka.main().getEnv().stream())
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }
}
