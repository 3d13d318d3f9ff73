package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images are built where there is a tool for it; what can be read without one is read here. */
class DockerfileTest {
  private static final long LARGEST_CONTEXT = 40_000_000;
  private static final Path IMAGE = Path.of("docker/image");
  private static final String PINNED = "[\\w./-]+:\\d[\\w.-]*(@sha256:[0-9a-f]{64})?";

  private final BuildContext context = BuildContext.read();
  private final Dockerfile dockerfile = Dockerfile.read();

  DockerfileTest() throws IOException {}

  @Test
  void contextIsSmallAndHoldsOnlyWhatIsNamed() {
    assertThat(context.isAllowList()).isTrue();
    assertThat(context.allowed()).allMatch(Files::exists);
    assertThat(context.bytes()).isPositive().isLessThan(LARGEST_CONTEXT);
  }

  @Test
  void contextHoldsEverythingThatIsCopied() {
    List<Path> copied =
        dockerfile.stages().values().stream()
            .flatMap(stage -> stage.instructions("COPY"))
            .filter(arguments -> !arguments.startsWith("--from"))
            .flatMap(
                arguments -> {
                  String[] words = arguments.split(" ", -1);
                  return Arrays.stream(words).limit(words.length - 1);
                })
            .map(Path::of)
            .toList();
    assertThat(copied).isNotEmpty().allMatch(Files::exists).allMatch(context::contains);
  }

  @Test
  void basesArePinnedAndCanBeReplaced() {
    assertThat(dockerfile.arguments()).containsOnlyKeys("BUILD_IMAGE", "OS_IMAGE");
    assertThat(dockerfile.arguments().values()).allMatch(image -> image.matches(PINNED));
    assertThat(dockerfile.stages().values())
        .allSatisfy(
            stage ->
                assertThat(stage.base())
                    .matches(
                        base ->
                            base.equals("scratch")
                                || base.startsWith("${")
                                || dockerfile.stages().containsKey(base)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingestion", "inference", "standalone"})
  void imageOfEveryRoleRunsUnprivilegedAndSaysWhatItIs(String role) {
    assertThat(dockerfile.effective(role, "USER")).isEqualTo("10001:10001");
    assertThat(dockerfile.effective(role, "ENTRYPOINT"))
        .isEqualTo("[\"/opt/fieldmark/bin/fieldmark\"]");
    assertThat(dockerfile.effective(role, "CMD")).isEqualTo("[\"serve\"]");
    assertThat(dockerfile.effective(role, "STOPSIGNAL")).isEqualTo("SIGTERM");
    assertThat(dockerfile.effective(role, "ENV")).isEqualTo("FIELDMARK_ROLE=" + role);
    assertThat(dockerfile.effective(role, "LABEL"))
        .contains("image.title=", "image.version=", "image.revision=", "image.licenses=");
  }

  /** What comes last is sent again whenever anything before it has changed. */
  @ParameterizedTest
  @ValueSource(strings = {"ingestion", "inference", "standalone"})
  void ownJarIsTheLastLayerAndTheModelTheOneBefore(String role) {
    List<String> layers =
        dockerfile.chain(role).stream().flatMap(stage -> stage.instructions("COPY")).toList();
    assertThat(layers.get(layers.size() - 1)).contains("--from=application");
    assertThat(layers.stream().filter(layer -> layer.contains("--from=application"))).hasSize(1);
    if (!role.equals("ingestion")) {
      assertThat(layers.get(layers.size() - 2)).contains("src/main/model");
    }
  }

  /** In a layer of their own: they are no reason to send anything again. */
  @ParameterizedTest
  @ValueSource(strings = {"ingestion", "inference", "standalone"})
  void licencesAreInEveryImage(String role) {
    assertThat(dockerfile.chain(role).stream().flatMap(stage -> stage.instructions("COPY")))
        .contains("src/main/licences /opt/fieldmark/licences");
  }

  @Test
  void ingestionGoesWithoutModelAndNativeLibraries() {
    List<String> layers =
        dockerfile.chain("ingestion").stream()
            .flatMap(stage -> stage.instructions("COPY"))
            .toList();
    assertThat(layers).noneMatch(layer -> layer.matches(".*(model|/parts/inference|native).*"));
  }

  @Test
  void ingestionGoesWithoutEveryLibraryOfEngineAndDecoder() throws IOException {
    List<Path> jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .filter(jar -> jar.toString().endsWith(".jar"))
            .toList();
    assertThat(jars.stream().filter(jar -> jar.toString().matches(".*/(ai/djl|org/bytedeco)/.*")))
        .isNotEmpty()
        .allMatch(jar -> inferenceOnly().anyMatch(pattern -> matches(pattern, jar)));
    assertThat(inferenceOnly())
        .allMatch(pattern -> jars.stream().anyMatch(jar -> matches(pattern, jar)));
  }

  private static Stream<String> inferenceOnly() {
    try {
      return Files.readAllLines(IMAGE.resolve("inference-libraries")).stream()
          .filter(line -> !line.startsWith("#"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean matches(String pattern, Path jar) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(jar.getFileName());
  }

  @Test
  void classesHeldReadyAreThoseOfLibrariesOnly() throws IOException {
    List<String> classes = Files.readAllLines(IMAGE.resolve("library-classes"));
    assertThat(classes).isSorted().doesNotHaveDuplicates().noneMatch(c -> c.contains("fieldmark"));
    List<String> libraries =
        classes.stream().filter(c -> c.matches("(io|org|ai|ch|com/fasterxml)/.*")).toList();
    ClassLoader loader = getClass().getClassLoader();
    long gone = libraries.stream().filter(c -> loader.getResource(c + ".class") == null).count();
    assertThat(libraries).hasSizeGreaterThan(2000);
    assertThat((double) gone / libraries.size())
        .as("share of classes that no library has any more: run make class-list")
        .isLessThan(0.05);
  }
}
