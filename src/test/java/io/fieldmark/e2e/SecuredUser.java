package io.fieldmark.e2e;

import io.fieldmark.Application;
import io.fieldmark.client.ClientRun;
import io.fieldmark.config.ConfigLoader;
import io.fieldmark.config.ConfigSources;
import io.fieldmark.testing.kafka.SecuredBroker;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Somebody who logs in at a secured broker, with what a process of theirs is started with: the
 * password in a file, and the certificate that is trusted.
 *
 * @param folder for the password and for what their processes say
 */
record SecuredUser(String name, Path folder, Map<String, String> environment) {
  private static final Path MODEL = Path.of("src/main/model").toAbsolutePath();
  private static final String LOGIN =
      "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";\n";

  private static final long HEAP = 1L << 30;

  /**
   * @param password that this user tries, which need not be the right one
   */
  static SecuredUser of(SecuredBroker broker, String name, String password, Path parent)
      throws IOException {
    Path folder = Files.createDirectories(parent.resolve(name));
    Path login = folder.resolve("login");
    Files.writeString(login, LOGIN.formatted(name, password));
    Map<String, String> environment = new HashMap<>();
    environment.put("FIELDMARK_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    environment.put("FIELDMARK_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL");
    environment.put("FIELDMARK_KAFKA_CLIENT_SASL_MECHANISM", "SCRAM-SHA-512");
    environment.put("FIELDMARK_KAFKA_CLIENT_SASL_JAAS_CONFIG_FILE", login.toString());
    environment.put("FIELDMARK_KAFKA_CLIENT_SSL_TRUSTSTORE_TYPE", "PEM");
    environment.put(
        "FIELDMARK_KAFKA_CLIENT_SSL_TRUSTSTORE_LOCATION", broker.certificate().toString());
    environment.put("FIELDMARK_INFERENCE_WORKERS", "1");
    environment.put("FIELDMARK_INFERENCE_MODEL_FOLDER", MODEL.toString());
    environment.put("FIELDMARK_SHUTDOWN_DRAIN_DELAY", "0ms");
    environment.put("FIELDMARK_HTTP_PORT", "0");
    environment.put("FIELDMARK_MANAGEMENT_PORT", "0");
    return new SecuredUser(name, folder, environment);
  }

  SecuredUser with(String variable, String value) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(variable, value);
    return new SecuredUser(name, folder, changed);
  }

  SecuredUser without(String prefix) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.keySet().removeIf(variable -> variable.startsWith(prefix));
    return new SecuredUser(name, folder, changed);
  }

  /** In a process of its own, as users start it. */
  ServiceProcess start(String... arguments) throws IOException {
    return ServiceProcess.start(folder, environment, arguments);
  }

  /** A role in this JVM, not started yet. */
  Application application(String role) {
    return new Application(
        ConfigLoader.load(
            sources(role), Path.of(""), Runtime.getRuntime().availableProcessors(), HEAP));
  }

  /** A command in this JVM. */
  ClientRun run(String... arguments) throws IOException {
    Properties properties = new Properties();
    properties.putAll(sources("standalone").values());
    StringWriter lines = new StringWriter();
    properties.store(lines, null);
    return ClientRun.of(folder, lines.toString(), arguments);
  }

  private ConfigSources sources(String role) {
    return ConfigSources.read(Optional.empty(), environment, Map.of("role", role));
  }
}
