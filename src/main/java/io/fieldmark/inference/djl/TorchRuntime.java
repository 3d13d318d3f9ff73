package io.fieldmark.inference.djl;

import ai.djl.engine.Engine;

/** The engine itself, which reads its settings once, when its first class is loaded. */
public final class TorchRuntime {
  private TorchRuntime() {}

  /**
   * Blocks for a second, and for some more the first time on a machine, when the native libraries
   * are unpacked. Must be called before anything else of this package. More than one thread for an
   * operation is slower in total than as many workers, and the engine's own default, all cores for
   * each worker, is the slowest.
   */
  public static void start(int threadsPerWorker) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threadsPerWorker));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine.getEngine("PyTorch");
  }
}
