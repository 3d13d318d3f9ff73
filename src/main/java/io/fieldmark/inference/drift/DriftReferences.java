package io.fieldmark.inference.drift;

import io.fieldmark.domain.ModelDescription;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which reference a model's answers are compared to. */
public final class DriftReferences {
  private static final Logger LOG = LoggerFactory.getLogger(DriftReferences.class);

  private DriftReferences() {}

  /**
   * The operator's own, or else the one that came with the model. Empty, which is said, when there
   * is none, or when it was taken with another model: a new model must not fail to start because of
   * the old one's reference, and a comparison would only show that the models differ.
   *
   * @throws UnusableReferenceException when there is one that cannot be read
   */
  public static Optional<DriftReference> find(
      Optional<Path> configured, Optional<Path> withModel, ModelDescription model) {
    Optional<Path> file = configured.or(() -> withModel);
    if (file.isEmpty()) {
      LOG.info(
          "Drift is not measured: the model brings no reference, and drift.reference names none. \"fieldmark baseline\" takes one");
      return Optional.empty();
    }
    DriftReference reference = new DriftReferenceFile(file.get()).read();
    if (!reference.model().equals(model.reference())) {
      LOG.warn(
          "Drift is not measured: the reference {} was taken with model {} {}, and {} {} answers here. \"fieldmark baseline\" takes another",
          file.get(),
          reference.model().name(),
          reference.model().version(),
          model.reference().name(),
          model.reference().version());
      return Optional.empty();
    }
    Set<String> foreign = foreignLabels(reference, model);
    if (!foreign.isEmpty()) {
      LOG.warn(
          "Drift is not measured: the reference {} counts labels that the model does not have: {}",
          file.get(),
          foreign);
      return Optional.empty();
    }
    LOG.info(
        "Drift is measured against {}: {} answers ({})",
        file.get(),
        reference.answers(),
        reference.source());
    return Optional.of(reference);
  }

  private static Set<String> foreignLabels(DriftReference reference, ModelDescription model) {
    Set<String> foreign = new TreeSet<>(reference.labels().keySet());
    model.labels().forEach(foreign::remove);
    foreign.remove(AnswerGrid.UNKNOWN);
    return foreign;
  }
}
