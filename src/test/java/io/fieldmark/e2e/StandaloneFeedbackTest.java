package io.fieldmark.e2e;

import java.util.Map;

class StandaloneFeedbackTest extends FeedbackScenario {
  @Override
  protected RunningService start() {
    return RunningService.start(Map.of());
  }
}
