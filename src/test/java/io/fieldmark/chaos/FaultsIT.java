package io.fieldmark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.kafka.Direction;
import io.fieldmark.testing.kafka.FaultProxy;
import java.nio.file.Path;
import java.time.Duration;
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
  private static final int TERMINATED = 143;

  private ClusterUnderTest cluster;
  private Register register;
  private Load load;
  private boolean withoutRepeats;

  @BeforeAll
  void startCluster(@TempDir Path folder) throws Exception {
    cluster = ClusterUnderTest.start(folder, 1, 2, 2, Map.of());
  }

  @AfterAll
  void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void startLoad() throws Exception {
    withoutRepeats = false;
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
    if (withoutRepeats) {
      assertThat(verdict.duplicates()).as("%s", verdict).isZero();
    }
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

  @Test
  void workersThatLeaveAndJoin() throws Exception {
    assertThat(cluster.worker(2).terminate()).isEqualTo(TERMINATED);
    ServiceNode third = cluster.addWorker();
    cluster.worker(2).launch();
    cluster.awaitReady();
    pass(1000);
    assertThat(third.terminate()).isEqualTo(TERMINATED);
    assertThat(cluster.worker(1).terminate()).isEqualTo(TERMINATED);
    pass(1000);
    cluster.worker(1).launch();
    cluster.worker(1).awaitReady();
    assertThat(register.failures()).isEmpty();
    withoutRepeats = true;
  }

  @Test
  void ingestionThatLeavesAndComesBack() throws Exception {
    for (ServiceNode node : cluster.ingestion()) {
      assertThat(node.terminate()).isEqualTo(TERMINATED);
      node.launch();
      node.awaitReady();
    }
    assertThat(register.failures()).isEmpty();
    withoutRepeats = true;
  }

  /** Longer than the group's session timeout, so that others have its partitions meanwhile. */
  @Test
  void workerThatStandsStillAndGoesOn() throws Exception {
    cluster.worker(1).pause();
    pass(8000);
    cluster.worker(1).resume();
    pass(2000);
    assertThat(register.failures()).isEmpty();
  }

  @Test
  void slowNetwork() throws Exception {
    FaultProxy network = cluster.brokers().proxy(1);
    network.delay(Direction.TO_BROKER, Duration.ofMillis(500));
    pass(3000);
    network.heal();
    assertThat(register.failures()).isEmpty();
  }

  @Test
  void networkThatIsCutAndHeals() throws Exception {
    FaultProxy network = cluster.brokers().proxy(1);
    network.cut();
    pass(3000);
    network.heal();
  }

  @Test
  void networkThatIsHalfClosed() throws Exception {
    FaultProxy network = cluster.brokers().proxy(1);
    network.halfClose(Direction.TO_BROKER);
    pass(1000);
    network.halfClose(Direction.TO_CLIENT);
  }

  private static void pass(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }
}
