package io.fieldmark.testing.kafka;

import io.fieldmark.config.AppConfig;
import io.fieldmark.testing.Configs;
import io.fieldmark.transport.kafka.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** The topics of one test. */
public final class TestTopics {
  private TestTopics() {}

  /**
   * Makes topics that no other test has, on the shared broker.
   *
   * @param further keys and values, alternately
   * @return the keys by which a service finds them, and the further ones
   */
  public static Map<String, String> fresh(String... further) throws Exception {
    Map<String, String> keys = new HashMap<>();
    keys.put("kafka.bootstrap_servers", SharedBroker.bootstrapServers());
    keys.put("kafka.topic_prefix", SharedBroker.freshPrefix());
    keys.put("kafka.group", SharedBroker.freshPrefix());
    for (int i = 0; i < further.length; i += 2) {
      keys.put(further[i], further[i + 1]);
    }
    create(Configs.with(keys));
    return keys;
  }

  public static void create(AppConfig config) throws Exception {
    String brokers = config.kafka().bootstrapServers();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      create(admin, config);
    }
  }

  /**
   * @param admin of somebody who may do this
   */
  public static void create(Admin admin, AppConfig config) throws Exception {
    new Topics(admin, config.kafka(), config.ingestion().image().maxBytes())
        .create()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }
}
