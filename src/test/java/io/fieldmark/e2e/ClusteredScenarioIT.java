package io.fieldmark.e2e;

import io.fieldmark.testing.kafka.TestTopics;

/** The same scenario with a real broker between the tiers. */
class ClusteredScenarioIT extends ServiceScenario {
  @Override
  protected RunningService start() throws Exception {
    return RunningService.startTiers(TestTopics.fresh());
  }
}
