package io.fieldmark.inference;

import io.fieldmark.config.AppConfig.Inference;

/**
 * How the cores that this process is granted are shared out: workers × threads of one operation
 * never exceed them, since threads that take turns on a core are slower than fewer threads.
 */
public record WorkerPlan(int workers, int threadsPerWorker, int cores) {
  public static WorkerPlan of(Inference config, int cores) {
    int threads = Math.min(config.threadsPerWorker(), cores);
    int workers = config.workers() == 0 ? Math.max(1, cores / threads) : config.workers();
    return new WorkerPlan(workers, threads, cores);
  }
}
