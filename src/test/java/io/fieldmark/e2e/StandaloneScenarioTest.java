package io.fieldmark.e2e;

import java.util.Map;

class StandaloneScenarioTest extends ServiceScenario {
  @Override
  protected RunningService start() {
    return RunningService.start(Map.of());
  }
}
