package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.config.AppConfig;
import io.fieldmark.delivery.Manifests;
import io.fieldmark.testing.Configs;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What Strimzi's operator makes is what {@code topics --create} makes. */
class StrimziTopicsTest {
  @Test
  void topicsAreThoseOfThePlan() {
    AppConfig config = Configs.with();
    List<TopicPlan> made =
        Manifests.all()
            .flatMap(manifests -> manifests.of(KafkaTopic.class).stream())
            .map(StrimziTopicsTest::plan)
            .toList();
    assertThat(made)
        .containsExactlyInAnyOrderElementsOf(
            TopicPlan.of(config.kafka(), config.ingestion().image().maxBytes()));
  }

  private static TopicPlan plan(KafkaTopic topic) {
    return new TopicPlan(
        topic.getMetadata().getName(),
        topic.getSpec().getPartitions(),
        topic.getSpec().getConfig().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, setting -> setting.getValue() + "")));
  }
}
