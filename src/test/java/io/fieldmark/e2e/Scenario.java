package io.fieldmark.e2e;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Tests of one service that is started for all of them, whatever stands between its tiers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Scenario {
  private RunningService service;
  private ApiClient client;

  /** Starts whatever answers on one public and one management port. */
  protected abstract RunningService start() throws Exception;

  @BeforeAll
  void startService() throws Exception {
    service = start();
    client = new ApiClient(service);
  }

  @AfterAll
  void closeService() {
    service.close();
  }

  RunningService service() {
    return service;
  }

  ApiClient client() {
    return client;
  }
}
