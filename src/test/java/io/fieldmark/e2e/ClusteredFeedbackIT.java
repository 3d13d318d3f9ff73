package io.fieldmark.e2e;

import io.fieldmark.testing.Configs;
import io.fieldmark.testing.kafka.SharedBroker;
import io.fieldmark.testing.kafka.TestTopics;
import java.util.Map;

/** The same scenario with a real broker between the tiers. */
class ClusteredFeedbackIT extends FeedbackScenario {
  @Override
  protected RunningService start() throws Exception {
    Map<String, String> cluster =
        Map.of(
            "kafka.bootstrap_servers", SharedBroker.bootstrapServers(),
            "kafka.topic_prefix", SharedBroker.freshPrefix(),
            "kafka.group", SharedBroker.freshPrefix());
    TestTopics.create(Configs.with(cluster));
    return RunningService.startTiers(cluster);
  }
}
