package io.fieldmark.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.Tool;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prometheus' and Alertmanager's own programs judge what is written for them. */
class PrometheusToolsTest {
  @Test
  void rulesAreValid() throws Exception {
    assertPasses(promtool(), "check", "rules", "fieldmark.rules.yml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fieldmark.rules.test.yml", "burn-rates.test.yml"})
  void rulesFireAndAreSilentAsTheirTestsSay(String tests) throws Exception {
    assertPasses(promtool(), "test", "rules", tests);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alertmanager.yml", "alertmanager.receivers.yml"})
  void alertmanagerTakesItsConfiguration(String file) throws Exception {
    Tool amtool =
        Tool.findOrSkip(
            "ALERTMANAGER'S CONFIGURATION IS NOT TESTED", "prometheus-alertmanager", "amtool");
    assertPasses(amtool, "check-config", file);
  }

  private static Tool promtool() {
    return Tool.findOrSkip("THE ALERTS ARE NOT TESTED", "prometheus", "promtool");
  }

  private static void assertPasses(Tool tool, String... arguments)
      throws IOException, InterruptedException {
    Tool.Run run = tool.run(AlertRules.FOLDER, arguments);
    assertThat(run.exitCode()).as(run.output()).isZero();
  }
}
