package io.fieldmark.ingestion;

import io.fieldmark.domain.RequestId;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Why there is no result with an id: nobody ever had it, or it is no longer kept. */
final class AbsentPrediction {
  private AbsentPrediction() {}

  /**
   * @param id empty for what is none
   */
  static Problem of(RoutingContext context, Optional<RequestId> id, RetainedResults retained) {
    RequestId instance = Exchange.of(context).id();
    return id.isPresent() && retained.tooOld(id.get())
        ? Problem.gone(instance, "Results are kept for some minutes only; this one is older.")
        : Problem.notFound(instance, "There is no prediction with this id.");
  }
}
