package io.fieldmark.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The only place that looks at the process's surroundings. */
public final class Environment {
  private static final String HOME = "fieldmark.home";
  private static final String LOG_FORMAT = "FIELDMARK_LOG_FORMAT";
  private static final String LOG_LEVEL = "FIELDMARK_LOG_LEVEL";
  private static final String LOG_TARGET = "FIELDMARK_LOG_TARGET";
  private static final String KAFKA_LOG_LEVEL = "FIELDMARK_KAFKA_LOG_LEVEL";

  private Environment() {}

  public static Map<String, String> variables() {
    return System.getenv();
  }

  /** The folder in which Fieldmark is installed; the launcher tells. */
  public static Path home() {
    return Path.of(System.getProperty(HOME, ""));
  }

  /** As the operating system or the container grants them. */
  public static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  public static long heapBytes() {
    return Runtime.getRuntime().maxMemory();
  }

  /** Tells this process from all others that run now. */
  public static String processName() {
    String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("localhost");
    return host + "-" + ProcessHandle.current().pid();
  }

  /**
   * For programs whose standard output is their result: logs go to standard error, and failures of
   * Kafka's clients, which these programs tell of themselves, only when debugging. Must come before
   * the first logger is made.
   */
  public static void configureClientLogging(AppConfig.Log log) {
    configureLogging(log);
    System.setProperty(LOG_TARGET, "System.err");
    boolean debugging = log.level().equals("debug") || log.level().equals("trace");
    System.setProperty(KAFKA_LOG_LEVEL, debugging ? log.level() : "off");
  }

  /** Must come before the first logger is made, which reads these settings once. */
  public static void configureLogging(AppConfig.Log log) {
    System.setProperty(LOG_FORMAT, log.format());
    System.setProperty(LOG_LEVEL, log.level());
  }
}
