package io.fieldmark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails every test during which the program logged an error that the test did not announce with
 * {@link ExpectsErrorLog}: an operator would have been called for it.
 */
public final class FailOnErrorLog implements BeforeEachCallback, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(FailOnErrorLog.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    root().addAppender(appender);
    context.getStore(NAMESPACE).put("appender", appender);
  }

  @Override
  @SuppressWarnings("unchecked")
  public void afterEach(ExtensionContext context) {
    ListAppender<ILoggingEvent> appender =
        (ListAppender<ILoggingEvent>) context.getStore(NAMESPACE).get("appender");
    root().detachAppender(appender);
    boolean expected =
        context
            .getTestMethod()
            .filter(m -> m.isAnnotationPresent(ExpectsErrorLog.class))
            .isPresent();
    List<String> errors =
        List.copyOf(appender.list).stream()
            .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
            .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage())
            .toList();
    if (expected) {
      assertThat(errors).as("errors logged").isNotEmpty();
    } else {
      assertThat(errors).as("errors logged").isEmpty();
    }
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
