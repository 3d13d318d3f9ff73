package io.fieldmark.labelled;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RareWarningTest {
  private final Logger log = (Logger) LoggerFactory.getLogger(RareWarningTest.class);
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();

  /** As the clock of the JVM, which may be on either side of zero. */
  private long now = -Duration.ofSeconds(30).toNanos();

  private final RareWarning warning = new RareWarning(log, () -> now);

  @BeforeEach
  void listen() {
    told.start();
    log.addAppender(told);
  }

  @AfterEach
  void stop() {
    log.detachAppender(told);
  }

  @Test
  void whatGoesOnFailingIsToldOnceAMinuteWithHowOften() {
    for (int second = 0; second < 130; second++) {
      warning.warn(Kept.id(), "The disk is full");
      now += Duration.ofSeconds(1).toNanos();
    }
    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "The disk is full",
            "The disk is full; 59 more before",
            "The disk is full; 59 more before");
  }
}
