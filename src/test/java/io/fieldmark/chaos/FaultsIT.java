package io.fieldmark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is killed under load: nothing is lost, and nobody sees two answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsIT {
  private static final double PHOTOS_PER_SECOND = 24;

  private ClusterUnderTest cluster;
  private Register register;
  private Load load;

  @BeforeAll
  void startCluster(@TempDir Path folder)
      throws Exception {
    cluster = ClusterUnderTest.start(folder, 1, 2, 2, Map.of());
  }

  @AfterAll
  void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void startLoad() throws Exception {
    register = new Register();
    load = Load.start(cluster, register, PHOTOS_PER_SECOND);
    pass(1500);
  }

  @AfterEach
  void countPhotosInAgainstResultsOut() throws Exception {
    pass(1500);
    load.stop();
    cluster.awaitReady();
    Verdict verdict = Audit.of(cluster, register);
    System.out.println(verdict + " " + register.failures());
    assertThat(verdict.clean()).as("%s", verdict).isTrue();
    assertThat(verdict.deadLetters()).as("%s", verdict).isZero();
    assertThat(verdict.results()).isEqualTo(register.photos()).isPositive();
  }

  @Test
  void killedWorkerInMidBatch() throws Exception {
    cluster.worker(1).kill();
    pass(1000);
    cluster.worker(1).launch();
    cluster.worker(1).awaitReady();
    assertThat(register.failures()).isEmpty();
  }

  @Test
  void killedIngestionWithRequestsWaiting() throws Exception {
    cluster.worker(1).pause();
    cluster.worker(2).pause();
    pass(1000);
    cluster.ingestion(1).kill();
    cluster.worker(1).resume();
    cluster.worker(2).resume();
    pass(1000);
    cluster.ingestion(1).launch();
    cluster.ingestion(1).awaitReady();
  }

  @Test
  void killedBroker() throws Exception {
    cluster.brokers().kill(1);
    pass(2000);
    cluster.brokers().restart(1);
  }

  private static void pass(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }
}
