package io.fieldmark.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final AtomicLong now = new AtomicLong();
  private final Progress progress = new Progress(new PrintWriter(new StringWriter()), now::get);

  private void pass(int seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void aSilentBrokerIsNamedUntilItIsHeard() {
    pass(60);
    progress.sent();
    assertThat(progress.summary()).startsWith("1 sent, 0 acknowledged, 0 failed").endsWith("/s");
    pass(5);
    assertThat(progress.summary()).endsWith("no word from the broker for 5 s");
    progress.acknowledged();
    assertThat(progress.summary()).endsWith("/s");
  }

  @Test
  void nobodyIsSilentWhereNothingIsAsked() {
    progress.sent();
    progress.unacknowledged("photo.jpg was not acknowledged");
    progress.failed("huge.jpg is not sent");
    pass(60);
    assertThat(progress.summary()).startsWith("1 sent, 0 acknowledged, 2 failed").endsWith("/s");
  }
}
