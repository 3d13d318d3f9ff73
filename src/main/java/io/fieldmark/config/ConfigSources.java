package io.fieldmark.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where each value comes from: the defaults, which stand in the annotated file that the program
 * carries; a file of the operator's; the environment; the command line. Later ones win.
 */
public final class ConfigSources {
  private static final String DEFAULTS = "/fieldmark.properties";
  private static final String PREFIX = "FIELDMARK_";
  private static final String FROM_FILE = "_FILE";

  /** Below these any key may be set: they are handed to Kafka's clients as they are. */
  static final List<String> OPEN =
      List.of("kafka.client.", "kafka.producer.", "kafka.consumer.", "kafka.admin.");

  private static final Pattern SECRET = Pattern.compile("password|secret|jaas|[.]key$");

  private final Map<String, String> values = new TreeMap<>();
  private final Map<String, String> defaults = new TreeMap<>();
  private final Map<String, String> origins = new TreeMap<>();
  private final List<String> unknown = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param environment of which only names that begin with {@code FIELDMARK_} count; one that ends
   *     in {@code _FILE} names a file that holds the value, as secrets are handed to containers
   * @param options of the command line, by their keys
   */
  public static ConfigSources read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> options) {
    ConfigSources sources = new ConfigSources();
    sources.readDefaults();
    file.ifPresent(sources::readFile);
    environment.forEach(sources::readVariable);
    options.forEach((key, value) -> sources.put(key, value, "command line"));
    return sources;
  }

  /** The name of the variable that sets a key. */
  public static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** The annotated defaults, as text for people. */
  public static String annotatedDefaults() {
    try (InputStream in = ConfigSources.class.getResourceAsStream(DEFAULTS)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void readDefaults() {
    try (InputStream in = ConfigSources.class.getResourceAsStream(DEFAULTS);
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      put(reader, "default");
      defaults.putAll(values);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void readFile(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      put(reader, file.toString());
    } catch (IOException unreadable) {
      problems.add("The configuration file %s cannot be read".formatted(file));
    }
    values.keySet().stream()
        .filter(key -> !defaults.containsKey(key) && !open(key))
        .forEach(key -> problems.add("%s in %s is not a key that exists".formatted(key, file)));
  }

  private void put(Reader reader, String origin) throws IOException {
    Properties properties = new Properties();
    properties.load(reader);
    for (String key : properties.stringPropertyNames()) {
      put(key, properties.getProperty(key), origin);
    }
  }

  private void readVariable(String name, String value) {
    if (!name.startsWith(PREFIX)) {
      return;
    }
    Optional<String> key = key(name);
    if (key.isPresent()) {
      put(key.get(), value, name);
    } else if (name.endsWith(FROM_FILE) && key(withoutFile(name)).isPresent()) {
      readSecret(key(withoutFile(name)).get(), name, Path.of(value));
    } else {
      unknown.add(name);
    }
  }

  private static String withoutFile(String name) {
    return name.substring(0, name.length() - FROM_FILE.length());
  }

  /** Empty when the variable sets no key that exists. */
  private Optional<String> key(String name) {
    Optional<String> known =
        defaults.keySet().stream().filter(key -> variable(key).equals(name)).findFirst();
    String dotted = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
    return known.isPresent() || !open(dotted) || name.endsWith(FROM_FILE)
        ? known
        : Optional.of(dotted);
  }

  private void readSecret(String key, String name, Path file) {
    try {
      put(key, Files.readString(file).strip(), name);
    } catch (IOException unreadable) {
      problems.add("The file %s, named by %s, cannot be read".formatted(file, name));
    }
  }

  private static boolean open(String key) {
    return OPEN.stream().anyMatch(key::startsWith);
  }

  private void put(String key, String value, String origin) {
    values.put(key, value);
    origins.put(key, origin);
  }

  /** What people may see of a key's value: nothing of secrets. */
  public String shown(String key) {
    return open(key) && SECRET.matcher(key).find() ? "********" : values.get(key);
  }

  /** Values by key, in the order of the keys. */
  public Map<String, String> values() {
    return values;
  }

  String defaultValue(String key) {
    return defaults.get(key);
  }

  /** A file that cannot be read, or keys in it that do not exist. */
  List<String> problems() {
    return problems;
  }

  /** {@code default}, a file's path, or a variable's name. */
  public String origin(String key) {
    return origins.get(key);
  }

  /**
   * Variables that set nothing. Only worth a warning: orchestrators put variables with the name of
   * a service into every container.
   */
  public List<String> unknownVariables() {
    return unknown;
  }
}
