package io.fieldmark.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.LifecycleState;
import io.fieldmark.transport.InferenceCapacity;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final Lifecycle lifecycle = new Lifecycle();
  private int workers = 2;
  private Duration longestBatch = Duration.ZERO;
  private Duration pollAge = Duration.ZERO;
  private final Health health =
      new Health(
          lifecycle::state,
          this::capacity,
          () -> pollAge,
          "no inference worker is available",
          Duration.ofSeconds(60));

  private InferenceCapacity capacity() {
    return new InferenceCapacity(
        workers > 0,
        0,
        8,
        workers,
        0,
        OptionalDouble.empty(),
        Duration.ZERO,
        longestBatch,
        List.of());
  }

  @Test
  void isAliveButNotReadyWhileStarting() {
    assertThat(health.live().healthy()).isTrue();
    assertThat(health.started().healthy()).isFalse();
    assertThat(health.ready().healthy()).isFalse();
  }

  @Test
  void isReadyWhileServingWithWorkers() {
    lifecycle.advance(LifecycleState.SERVING);
    assertThat(health.started().healthy()).isTrue();
    assertThat(health.ready().healthy()).isTrue();
  }

  @Test
  void isNotReadyWithoutWorkers() {
    lifecycle.advance(LifecycleState.SERVING);
    workers = 0;
    assertThat(health.ready().healthy()).isFalse();
    assertThat(health.ready().reason()).isEqualTo("no inference worker is available");
  }

  @Test
  void isNotAliveWhenItsTopicIsNotReadAnyMore() {
    lifecycle.advance(LifecycleState.SERVING);
    pollAge = Duration.ofSeconds(61);
    assertThat(health.live().healthy()).isFalse();
    assertThat(health.live().reason()).contains("61 s");
  }

  @Test
  void isNotReadyButAliveWhileDraining() {
    lifecycle.advance(LifecycleState.SERVING);
    lifecycle.advance(LifecycleState.DRAINING);
    assertThat(health.ready().healthy()).isFalse();
    assertThat(health.live().healthy()).isTrue();
  }

  @Test
  void isNotAliveWhenAWorkerIsStuck() {
    lifecycle.advance(LifecycleState.SERVING);
    longestBatch = Duration.ofSeconds(61);
    assertThat(health.live().healthy()).isFalse();
    assertThat(health.live().reason()).contains("61 s");
  }

  @Test
  void neverGoesBack() {
    lifecycle.advance(LifecycleState.DRAINING);
    lifecycle.advance(LifecycleState.SERVING);
    assertThat(lifecycle.state()).isEqualTo(LifecycleState.DRAINING);
  }
}
