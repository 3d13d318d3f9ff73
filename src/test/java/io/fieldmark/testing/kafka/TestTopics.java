package io.fieldmark.testing.kafka;

import io.fieldmark.config.AppConfig;
import io.fieldmark.transport.kafka.Topics;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** The topics of one test. */
public final class TestTopics {
  private TestTopics() {}

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
