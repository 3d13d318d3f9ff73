package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What containers ask for and what they may take at most. */
class ResourcesTest {
  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void everyContainerAsksForNoMoreThanItMayTake(Manifests manifests) {
    assertThat(manifests.workloads().stream().flatMap(Workload::containers))
        .isNotEmpty()
        .allSatisfy(ResourcesTest::assertSane);
  }

  private static void assertSane(Container container) {
    Map<String, Quantity> requests = container.getResources().getRequests();
    Map<String, Quantity> limits = container.getResources().getLimits();
    assertThat(requests).containsKeys("cpu", "memory");
    assertThat(limits).containsKeys("cpu", "memory").containsOnlyKeys(requests.keySet());
    requests.forEach(
        (resource, requested) ->
            assertThat(amount(requested))
                .as(resource)
                .isPositive()
                .isLessThanOrEqualTo(amount(limits.get(resource))));
  }

  private static double amount(Quantity quantity) {
    return Quantity.getAmountInBytes(quantity).doubleValue();
  }

  /** Otherwise a pod could fill its node. */
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void foldersOfPodsAreOfALimitedSize(Manifests manifests) {
    assertThat(manifests.workloads().stream().flatMap(w -> w.pod().getVolumes().stream()))
        .filteredOn(volume -> volume.getEmptyDir() != null)
        .isNotEmpty()
        .extracting(Volume::getEmptyDir)
        .allMatch(folder -> folder.getSizeLimit() != null);
  }

  /**
   * Beside the largest heap. Measured on one core each, with a heap that was taken whole at the
   * start and two times 100 photos of 12 megapixels at once, so that uploads were refused for their
   * bytes: 115 and 368 MiB were the most; of the command, 126 MiB with its heap. A fifth more here.
   */
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void memoryHoldsHeapAndEverythingBeside(Manifests manifests) throws IOException {
    Launcher launcher = Launcher.read();
    Map<String, Long> beside =
        Map.of(
            "fieldmark-ingestion", 150 * MIB,
            "fieldmark-inference", 450 * MIB,
            "fieldmark-topics", 150 * MIB);
    assertThat(manifests.workloads().stream().filter(Workload::isFieldmark))
        .hasSize(3)
        .allSatisfy(
            workload ->
                assertThat(launcher.heap(workload) + beside.get(workload.name()))
                    .isLessThan(Launcher.memory(workload)));
  }

  /**
   * Workers are as many as the JVM counts cores: a part of one would be a worker that is throttled.
   */
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void servingPodsHaveWholeCores(Manifests manifests) {
    assertThat(manifests.serving())
        .hasSize(2)
        .allMatch(
            workload ->
                amount(workload.main().getResources().getLimits().get("cpu"))
                    == Launcher.cores(workload));
  }
}
