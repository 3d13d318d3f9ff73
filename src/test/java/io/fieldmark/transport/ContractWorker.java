package io.fieldmark.transport;

import io.fieldmark.testing.Requests;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;

/** A worker as the application deploys them, with a handler of the test's. */
final class ContractWorker extends VerticleBase {
  private final InferenceServer server;
  private final BatchHandler handler;

  ContractWorker(InferenceServer server, BatchHandler handler) {
    this.server = server;
    this.handler = handler;
  }

  static DeploymentOptions options(int number) {
    return new DeploymentOptions()
        .setThreadingModel(ThreadingModel.WORKER)
        .setWorkerPoolName("contract-" + number)
        .setWorkerPoolSize(1);
  }

  @Override
  public Future<?> start() {
    return server.register(Requests.MODEL, handler);
  }
}
