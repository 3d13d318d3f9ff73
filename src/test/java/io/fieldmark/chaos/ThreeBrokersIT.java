package io.fieldmark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics on three brokers of which two must have each record: one may die. */
class ThreeBrokersIT {
  private static final double PHOTOS_PER_SECOND = 12;

  /**
   * As the goal says; waits are allowed for, and what is refused is sent again by whoever wants.
   */
  private static final double LONGEST_OUTAGE_SECONDS = 10;

  @Test
  void oneOfThreeBrokersIsKilledUnderLoad(@TempDir Path folder) throws Exception {
    try (ClusterUnderTest cluster = ClusterUnderTest.start(folder, 3, 1, 1, Map.of())) {
      Register register = new Register();
      Load load = Load.start(cluster, register, PHOTOS_PER_SECOND);
      Thread.sleep(3000);
      long begin = System.nanoTime();
      cluster.brokers().kill(1);
      Thread.sleep(12_000);
      Episode dead = new Episode(Fault.BROKER_KILLED, begin, System.nanoTime(), register.failed());
      load.stop();
      Verdict verdict = Audit.of(cluster, register);
      assertThat(verdict.clean()).as("%s", verdict).isTrue();
      assertThat(verdict.results()).isEqualTo(register.photos()).isPositive();
      assertThat(dead.longestOutageSeconds(register)).isLessThan(LONGEST_OUTAGE_SECONDS);
    }
  }
}
