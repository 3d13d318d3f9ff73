package io.fieldmark.client;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.ConfigLoader;
import io.fieldmark.config.ConfigSources;
import io.fieldmark.config.Environment;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The configuration of a program that works at the broker, from the same keys, files and variables
 * as the service's.
 */
final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A file of key=value lines, the same as for serve. Every key is also an environment variable: kafka.bootstrap_servers is FIELDMARK_KAFKA_BOOTSTRAP_SERVERS.")
  private Path file;

  /**
   * What only a service needs is not asked for: neither its role nor the memory for its uploads.
   *
   * @throws io.fieldmark.config.InvalidConfigException that names everything that is wrong
   */
  AppConfig load() {
    AppConfig config = loadWithoutBroker();
    config.kafka().requireBroker();
    return config;
  }

  /** For what needs no broker; otherwise as {@link #load}. */
  AppConfig loadWithoutBroker() {
    ConfigSources sources =
        ConfigSources.read(
            Optional.ofNullable(file), Environment.variables(), Map.of("role", "standalone"));
    AppConfig config =
        ConfigLoader.load(sources, Environment.home(), Integer.MAX_VALUE, Long.MAX_VALUE);
    Environment.configureClientLogging(config.log());
    return config;
  }
}
