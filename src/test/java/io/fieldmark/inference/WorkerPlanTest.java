package io.fieldmark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.config.AppConfig.Inference;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerPlanTest {
  @ParameterizedTest(name = "{0} workers × {1} threads on {2} cores: {3}")
  @CsvSource({"0,1,1,1", "0,1,2,2", "0,1,16,16", "0,2,7,3", "0,4,2,1", "1,1,8,1", "3,2,8,3"})
  void workersTimesThreadsNeverExceedTheCores(int workers, int threads, int cores, int planned) {
    Inference config = new Inference(Path.of("model"), workers, threads, 8, 16);
    WorkerPlan plan = WorkerPlan.of(config, cores);
    assertThat(plan.workers()).isEqualTo(planned);
    assertThat(plan.workers() * plan.threadsPerWorker()).isLessThanOrEqualTo(cores);
  }
}
