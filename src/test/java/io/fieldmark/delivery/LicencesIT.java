package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldmark.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The list of licences, against what the build made. */
class LicencesIT {
  private static final Path BUILT = Path.of("target/fieldmark");
  private static final Path BILL = Path.of("target/fieldmark.cdx.json");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([^`]+)` \\| ([\\w.-]+) \\| (?:`([^`]+)`|in the jar) \\| .*\\|$");
  private static final Pattern TEXT_IN_JAR =
      Pattern.compile("(META-INF/)?LICEN[CS]E(\\.txt|\\.md)?");
  private static final Pattern NAMED_FILE = Pattern.compile("`([\\w.-]+\\.txt)`");

  /** A line of the list; the text's file is empty where it lies in the jar. */
  private record Row(String library, String licence, String file) {
    boolean covers(String name) {
      return name.matches(library.replace(".", "\\.").replace("*", ".+"));
    }
  }

  private final String list = Files.readString(BUILT.resolve("licences/README.md"));
  private final List<Row> rows =
      ROW.matcher(list)
          .results()
          .map(row -> new Row(row.group(1), row.group(2), row.group(3) == null ? "" : row.group(3)))
          .toList();

  LicencesIT() throws IOException {}

  private static List<Path> libraries() throws IOException {
    try (Stream<Path> files = Files.list(BUILT.resolve("lib"))) {
      return files.filter(jar -> !name(jar).equals("fieldmark")).sorted().toList();
    }
  }

  /** Without version and platform. */
  private static String name(Path jar) {
    return jar.getFileName().toString().replaceAll("-\\d.*\\.jar$", "");
  }

  private List<Row> rowsOf(String library) {
    return rows.stream().filter(row -> row.covers(library)).toList();
  }

  @Test
  void everyLibraryHasALineAndEveryLineALibrary() throws IOException {
    List<Path> libraries = libraries();
    assertThat(libraries)
        .hasSizeGreaterThan(30)
        .allSatisfy(jar -> assertThat(rowsOf(name(jar))).as("%s", jar).hasSize(1));
    assertThat(rows)
        .allMatch(row -> libraries.stream().anyMatch(library -> row.covers(name(library))));
  }

  @Test
  void everyTextIsShipped() throws IOException {
    for (Path jar : libraries()) {
      Row row = rowsOf(name(jar)).get(0);
      if (row.file().isEmpty()) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
          assertThat(zip.stream().map(entry -> entry.getName()))
              .as("%s", jar)
              .anyMatch(entry -> TEXT_IN_JAR.matcher(entry).matches());
        }
      } else {
        assertThat(
                row.file().equals("LICENSE")
                    ? BUILT.resolve("LICENSE")
                    : BUILT.resolve("licences").resolve(row.file()))
            .isNotEmptyFile();
      }
    }
  }

  @Test
  void everyFileIsNamedAndEveryNamedFileIsThere() throws IOException {
    List<String> named =
        NAMED_FILE.matcher(list).results().map(match -> match.group(1)).distinct().toList();
    try (Stream<Path> files = Files.list(BUILT.resolve("licences"))) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(f -> f.endsWith(".txt")))
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(named);
    }
  }

  @Test
  void billOfMaterialsNamesTheSameLicences() throws IOException {
    if (!Files.exists(BILL)) {
      Tool.skip("Licences are not compared with the bill of materials: run make sbom first.\n");
    }
    JsonNode components = new ObjectMapper().readTree(BILL.toFile()).path("components");
    assertThat(components)
        .hasSizeGreaterThan(30)
        .allSatisfy(
            component -> {
              String name = component.path("name").asText();
              assertThat(rowsOf(name)).as(name).hasSize(1);
              assertThat(component.path("licenses").findValuesAsText("id"))
                  .as(name)
                  .contains(rowsOf(name).get(0).licence());
            });
  }
}
