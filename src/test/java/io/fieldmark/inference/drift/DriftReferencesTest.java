package io.fieldmark.inference.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldmark.domain.ModelDescription;
import io.fieldmark.domain.ModelReference;
import io.fieldmark.testing.Requests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftReferencesTest {
  @TempDir private Path folder;

  private Path written(String name, ModelReference model, String source) throws IOException {
    Path file = folder.resolve(name);
    DriftReference pattern = References.ofCatsAndDogs();
    new DriftReferenceFile(file)
        .write(new DriftReference(model, source, pattern.bands(), pattern.labels()));
    return file;
  }

  private static Optional<DriftReference> find(
      Optional<Path> configured, Optional<Path> withModel) {
    return DriftReferences.find(configured, withModel, Requests.MODEL);
  }

  @Test
  void theOperatorsReferenceGoesBeforeTheModelsOwn() throws IOException {
    Path own = written("own", Requests.MODEL.reference(), "with the model");
    Path operators = written("mine", Requests.MODEL.reference(), "a good week");
    assertThat(find(Optional.empty(), Optional.of(own)).orElseThrow().source())
        .isEqualTo("with the model");
    assertThat(find(Optional.of(operators), Optional.of(own)).orElseThrow().source())
        .isEqualTo("a good week");
  }

  @Test
  void withoutAReferenceThereIsNoneAndNothingFails() {
    assertThat(find(Optional.empty(), Optional.empty())).isEmpty();
  }

  @Test
  void theAnswersOfAnotherModelAreNoReference() throws IOException {
    Path older = written("older", new ModelReference("test-animals", "0.9"), "last year");
    assertThat(find(Optional.of(older), Optional.empty())).isEmpty();
    ModelDescription fewer =
        new ModelDescription(
            Requests.MODEL.reference(),
            "00",
            "fp32",
            List.of("cat"),
            Requests.MODEL.preprocessing(),
            Requests.MODEL.verdict(),
            new TreeMap<>());
    Path same = written("same", Requests.MODEL.reference(), "other labels");
    assertThat(DriftReferences.find(Optional.of(same), Optional.empty(), fewer)).isEmpty();
  }

  @Test
  void aReferenceThatWasAskedForAndIsNotThereIsAnError() {
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> find(Optional.of(nowhere), Optional.empty()))
        .hasMessageContaining("nowhere cannot be read");
  }
}
