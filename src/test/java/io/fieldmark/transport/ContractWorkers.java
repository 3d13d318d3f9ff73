package io.fieldmark.transport;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.stream.IntStream;

/** Workers with a handler of a test's, for transports that are tested as a whole. */
public final class ContractWorkers {
  private ContractWorkers() {}

  public static Future<Void> deploy(
      Vertx vertx, InferenceServer server, BatchHandler handler, int count) {
    return Future.all(
            IntStream.range(0, count)
                .mapToObj(
                    number ->
                        vertx.deployVerticle(
                            new ContractWorker(server, handler), ContractWorker.options(number)))
                .toList())
        .mapEmpty();
  }
}
