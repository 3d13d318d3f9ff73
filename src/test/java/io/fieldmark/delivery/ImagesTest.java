package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImagesTest {
  private static final String PINNED = "[\\w./-]+:v?\\d+\\.\\d+\\.\\d+[\\w.-]*";

  private final String pom = Files.readString(Path.of("pom.xml"));

  ImagesTest() throws IOException {}

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
    String ours = pom.replaceAll("(?s).*?<version>(.*?)</version>.*", "$1");
    String kafka = pom.replaceAll("(?s).*<kafka.version>(.*?)</kafka.version>.*", "$1");
    for (Workload workload : manifests.workloads()) {
      List<String> images = workload.containers().map(Container::getImage).distinct().toList();
      assertThat(images).hasSize(1);
      if (workload.isFieldmark()) {
        String tier = workload.name().replace("topics", "ingestion");
        assertThat(images.get(0)).endsWith(tier + ":" + ours);
      } else {
        assertThat(images.get(0)).isEqualTo("apache/kafka:" + kafka);
      }
    }
  }
}
