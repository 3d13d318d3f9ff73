import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes what an image is made of, as a CycloneDX document: what Maven says of the libraries, less those
 * that the image goes without, and what Maven does not know: Java, the operating system's packages and
 * the model.
 *
 * <p>Usage: {@code java BillOfMaterials.java ROLE FOLDER}, where the folder holds what was built.
 */
public final class BillOfMaterials {
  private final String role;
  private final Path folder;

  private BillOfMaterials(String role, Path folder) {
    this.role = role;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    System.out.println(new BillOfMaterials(arguments[0], Path.of(arguments[1])).document().encodePrettily());
  }

  private JsonObject document() throws IOException {
    JsonObject document = new JsonObject(Files.readString(folder.resolve("fieldmark.cdx.json")));
    JsonObject application = document.getJsonObject("metadata").getJsonObject("component");
    JsonArray components = new JsonArray().add(application);
    for (Object library : document.getJsonArray("components")) {
      if (isInImage((JsonObject) library)) {
        components.add(library);
      }
    }
    components.add(java());
    packages().forEach(components::add);
    if (!role.equals("ingestion")) {
      components.add(model());
    }
    document.getJsonObject("metadata").put("component", image(application));
    document.remove("dependencies");
    return document.put("components", components);
  }

  private JsonObject image(JsonObject application) {
    return new JsonObject()
        .put("type", "container")
        .put("bom-ref", "fieldmark-" + role)
        .put("name", "fieldmark-" + role)
        .put("version", application.getString("version"));
  }

  private boolean isInImage(JsonObject library) throws IOException {
    if (!role.equals("ingestion")) {
      return true;
    }
    Path jar = Path.of(library.getString("name") + "-" + library.getString("version") + ".jar");
    return patterns().noneMatch(pattern -> pattern.matches(jar));
  }

  private Stream<PathMatcher> patterns() throws IOException {
    return Files.readAllLines(folder.resolve("inference-libraries")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> FileSystems.getDefault().getPathMatcher("glob:" + line));
  }

  private JsonObject java() throws IOException {
    List<String> release = Files.readAllLines(folder.resolve("release"));
    String version = value(release, "JAVA_VERSION=").orElseThrow().replace("\"", "");
    return new JsonObject()
        .put("type", "platform")
        .put("bom-ref", "java")
        .put("name", "OpenJDK")
        .put("version", version)
        .put("purl", "pkg:generic/openjdk@" + version);
  }

  private Stream<JsonObject> packages() throws IOException {
    return Files.list(folder.resolve("packages")).sorted().map(BillOfMaterials::debian);
  }

  /** A file as {@code dpkg-query --status} writes it. */
  private static JsonObject debian(Path status) {
    List<String> lines = lines(status);
    String name = value(lines, "Package: ").orElseThrow();
    String version = value(lines, "Version: ").orElseThrow();
    String purl =
        "pkg:deb/debian/" + name + "@" + version.replace("+", "%2B") + "?arch=" + value(lines, "Architecture: ").orElseThrow();
    return new JsonObject()
        .put("type", "library")
        .put("bom-ref", purl)
        .put("name", name)
        .put("version", version)
        .put("purl", purl);
  }

  private JsonObject model() {
    List<String> properties = lines(folder.resolve("fieldmark/model/model.properties"));
    return new JsonObject()
        .put("type", "machine-learning-model")
        .put("bom-ref", "model")
        .put("name", value(properties, "model.name=").orElseThrow())
        .put("version", value(properties, "model.version=").orElseThrow());
  }

  private static Optional<String> value(List<String> lines, String key) {
    return lines.stream().filter(line -> line.startsWith(key)).map(line -> line.substring(key.length())).findFirst();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
