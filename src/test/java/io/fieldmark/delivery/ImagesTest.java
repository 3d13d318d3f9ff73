package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImagesTest {
  static final String PINNED = "[\\w./-]+:v?\\d+\\.\\d+\\.\\d+[\\w.-]*";

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void everyImageIsOfOneVersion(Manifests manifests) {
    assertThat(manifests.workloads().stream().flatMap(Workload::containers))
        .extracting(Container::getImage)
        .isNotEmpty()
        .allMatch(image -> image.matches(PINNED));
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void versionsAreThoseOfTheBuild(Manifests manifests) {
    for (Workload workload : manifests.workloads()) {
      List<String> images = workload.containers().map(Container::getImage).distinct().toList();
      assertThat(images).hasSize(1);
      if (workload.isFieldmark()) {
        String tier = workload.name().replace("topics", "ingestion");
        assertThat(images.get(0)).endsWith(tier + ":" + Pom.version());
      } else {
        assertThat(images.get(0)).isEqualTo("apache/kafka:" + Pom.property("kafka.version"));
      }
    }
  }
}
