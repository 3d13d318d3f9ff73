package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldmark.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that the build of an image runs, on what that build would give it. */
class BillOfMaterialsTest {
  private static final String MAVEN =
      """
      {"bomFormat": "CycloneDX", "specVersion": "1.6",
       "metadata": {"component": {"type": "application", "name": "fieldmark", "version": "7"}},
       "components": [
         {"type": "library", "name": "vertx-core", "version": "5.0.10"},
         {"type": "library", "name": "opencv", "version": "4.13.0-1.5.13"}],
       "dependencies": [{"ref": "fieldmark"}]}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void build() throws Exception {
    Files.writeString(folder.resolve("fieldmark.cdx.json"), MAVEN);
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
    Files.createDirectories(folder.resolve("packages"));
    Files.writeString(
        folder.resolve("packages/libc6"),
        "Package: libc6\nArchitecture: amd64\nVersion: 2.41-12+deb13u5\n");
    Path model = Files.createDirectories(folder.resolve("fieldmark/model"));
    Files.copy(Path.of("src/main/model/model.properties"), model.resolve("model.properties"));
    Files.copy(Path.of("docker/image/inference-libraries"), folder.resolve("inference-libraries"));
  }

  private JsonNode write(String role) throws Exception {
    Tool.Run run =
        new Tool(Path.of(System.getProperty("java.home"), "bin", "java"))
            .run(
                folder,
                "-cp",
                System.getProperty("java.class.path"),
                Path.of("docker/image/BillOfMaterials.java").toAbsolutePath().toString(),
                role,
                folder.toString());
    assertThat(run.exitCode()).as(run.output()).isZero();
    return new ObjectMapper().readTree(run.output());
  }

  private static List<String> names(JsonNode bill) {
    return bill.path("components").findValuesAsText("name");
  }

  @Test
  void ingestionIsMadeOfLibrariesJavaAndTheOperatingSystem() throws Exception {
    JsonNode bill = write("ingestion");
    assertThat(bill.at("/metadata/component/name").asText()).isEqualTo("fieldmark-ingestion");
    assertThat(bill.at("/metadata/component/version").asText()).isEqualTo("7");
    assertThat(names(bill)).containsExactly("fieldmark", "vertx-core", "OpenJDK", "libc6");
    assertThat(bill.path("components").findValuesAsText("purl"))
        .contains("pkg:deb/debian/libc6@2.41-12%2Bdeb13u5?arch=amd64");
  }

  @Test
  void inferenceHoldsDecoderAndModelAsWell() throws Exception {
    assertThat(names(write("inference")))
        .containsExactly(
            "fieldmark", "vertx-core", "opencv", "OpenJDK", "libc6", "fieldmark-animals");
  }
}
