package io.fieldmark.inference.djl;

import io.fieldmark.domain.ModelDescription;
import io.fieldmark.domain.ModelDescription.Preprocessing;
import io.fieldmark.domain.ModelDescription.VerdictRule;
import io.fieldmark.domain.ModelReference;
import io.fieldmark.inference.VerdictScore;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder with everything that answers depend on: the network (a backbone in TorchScript), its
 * head, the labels, the recipe of pre-processing and the verdict's threshold. Opened, all of it was
 * checked.
 */
public final class ModelFolder {
  static final String HEAD = "head.safetensors";
  static final String DRIFT_REFERENCE = "drift-reference.properties";
  static final String SELF_CHECK = "selfcheck.safetensors";
  private static final String PROPERTIES = "model.properties";
  private static final String LABELS = "synset.txt";

  private final Path path;
  private final Properties properties;
  private final List<String> labels;
  private final Map<String, String> checksums;

  private ModelFolder(
      Path path, Properties properties, List<String> labels, Map<String, String> checksums) {
    this.path = path;
    this.properties = properties;
    this.labels = labels;
    this.checksums = checksums;
  }

  /** Reads every file once. */
  public static ModelFolder open(Path path) {
    try {
      Map<String, String> checksums = Checksums.verified(path);
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(path.resolve(PROPERTIES))) {
        properties.load(reader);
      }
      List<String> labels =
          Files.readAllLines(path.resolve(LABELS)).stream().filter(l -> !l.isBlank()).toList();
      ModelFolder folder = new ModelFolder(path, properties, labels, checksums);
      folder.requireServable();
      return folder;
    } catch (IOException unreadable) {
      throw new InvalidModelException("Cannot read the model folder " + path, unreadable);
    }
  }

  private void requireServable() {
    requireValue("input.layout", "NHWC");
    requireValue("input.type", "uint8");
    requireValue("input.color", "RGB");
    requireValue("preprocessing.crop", "center");
    if (VerdictScore.named(text("verdict.score")).isEmpty()) {
      throw invalid("verdict.score", "names no known score");
    }
    if (labels.stream().distinct().count() != labels.size() || labels.isEmpty()) {
      throw new InvalidModelException(path.resolve(LABELS) + " must name each label once");
    }
  }

  private void requireValue(String key, String only) {
    if (!text(key).equals(only)) {
      throw invalid(key, "only '%s' can be served".formatted(only));
    }
  }

  /** The preferred network first, then the one for processors that compute the first wrongly. */
  List<Network> networks() {
    Network preferred = network("model.file", "model.precision");
    return properties.containsKey("model.fallback_file")
        ? List.of(preferred, network("model.fallback_file", "model.fallback_precision"))
        : List.of(preferred);
  }

  private Network network(String fileKey, String precisionKey) {
    String file = text(fileKey);
    String sha256 =
        Optional.ofNullable(checksums.get(file))
            .orElseThrow(() -> invalid(fileKey, "is not listed in " + Checksums.FILE));
    return new Network(file, text(precisionKey), sha256);
  }

  ModelDescription description(Network inUse) {
    return new ModelDescription(
        new ModelReference(text("model.name"), text("model.version")),
        inUse.sha256(),
        inUse.precision(),
        labels,
        new Preprocessing(
            (int) number("input.width"),
            (int) number("input.height"),
            number("preprocessing.crop_ratio")),
        new VerdictRule(
            text("verdict.score"), number("verdict.threshold"), number("verdict.temperature")),
        accuracy());
  }

  private SortedMap<String, Double> accuracy() {
    String prefix = "accuracy.";
    SortedMap<String, Double> accuracy = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(prefix)) {
        accuracy.put(key.substring(prefix.length()), number(key));
      }
    }
    return accuracy;
  }

  /** Cosine of computed and stored features below which a network is not trusted. */
  double lowestCosine() {
    return number("selfcheck.min_cosine");
  }

  /** Empty when the folder's checksums name none. */
  public Optional<Path> driftReference() {
    return checksums.containsKey(DRIFT_REFERENCE)
        ? Optional.of(path.resolve(DRIFT_REFERENCE))
        : Optional.empty();
  }

  Path path() {
    return path;
  }

  private double number(String key) {
    try {
      return Double.parseDouble(text(key));
    } catch (NumberFormatException notOne) {
      throw invalid(key, "is not a number");
    }
  }

  private String text(String key) {
    String value = properties.getProperty(key);
    if (value == null || value.isBlank()) {
      throw invalid(key, "is missing");
    }
    return value.strip();
  }

  private InvalidModelException invalid(String key, String problem) {
    return new InvalidModelException("%s: %s %s".formatted(path.resolve(PROPERTIES), key, problem));
  }

  /** One file with weights. */
  record Network(String file, String precision, String sha256) {
    String prefix() {
      return file.replaceFirst("\\.pt$", "");
    }
  }
}
