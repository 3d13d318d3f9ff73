package io.fieldmark.testing;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.ConfigLoader;
import io.fieldmark.config.ConfigSources;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Configurations for tests: the defaults, on free ports, with the model as it stands in the
 * sources.
 */
public final class Configs {
  private static final long HEAP = 1L << 30;

  private Configs() {}

  /**
   * @param changes alternately keys and values
   */
  public static AppConfig with(String... changes) {
    Map<String, String> variables = new HashMap<>();
    put(variables, "http.port", "0");
    put(variables, "management.port", "0");
    put(variables, "inference.model_folder", "src/main/model");
    put(variables, "shutdown.drain_delay", "0ms");
    for (int i = 0; i < changes.length; i += 2) {
      put(variables, changes[i], changes[i + 1]);
    }
    ConfigSources sources = ConfigSources.read(Optional.empty(), variables, Map.of());
    return ConfigLoader.load(
        sources, Path.of(""), Runtime.getRuntime().availableProcessors(), HEAP);
  }

  public static AppConfig with(Map<String, String> changes) {
    return with(
        changes.entrySet().stream()
            .flatMap(change -> Stream.of(change.getKey(), change.getValue()))
            .toArray(String[]::new));
  }

  private static void put(Map<String, String> variables, String key, String value) {
    variables.put(ConfigSources.variable(key), value);
  }
}
