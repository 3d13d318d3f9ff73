package io.fieldmark.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** What Kafka's own clients measure; which of it is kept, {@link MeterRegistries} decides. */
public final class KafkaClientMeters {
  private final MeterRegistry registry;
  private final List<KafkaClientMetrics> bound = new CopyOnWriteArrayList<>();

  public KafkaClientMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  public void bind(Producer<?, ?> producer) {
    bind(new KafkaClientMetrics(producer));
  }

  public void bind(Consumer<?, ?> consumer) {
    bind(new KafkaClientMetrics(consumer));
  }

  private void bind(KafkaClientMetrics metrics) {
    metrics.bindTo(registry);
    bound.add(metrics);
  }

  public void close() {
    bound.forEach(KafkaClientMetrics::close);
    bound.clear();
  }
}
