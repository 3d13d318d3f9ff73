package io.fieldmark.client;

import io.fieldmark.config.AppConfig;
import io.fieldmark.inference.drift.DriftReference;
import io.fieldmark.inference.drift.DriftReferenceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A reference and the file in which it is put. Apart from its command, whose signatures are looked
 * at whatever command is called: ingestion would load classes of inference by them.
 */
final class Baseline {
  /** With fewer, chance alone looks like drift for ever after. */
  private static final int FEWEST = 500;

  private final Path output;

  Baseline(Path output) {
    this.output = output;
  }

  /**
   * @param err is told of files that are no photos
   * @return a line about what was written
   */
  String ofPhotos(AppConfig config, String photos, PrintWriter err) {
    try (FolderAnswers answers = FolderAnswers.open(config)) {
      DriftReference reference = answers.take(photos);
      answers.skipped().forEach(err::println);
      err.flush();
      return write(reference);
    }
  }

  /**
   * @return a line about what was written
   */
  String ofMetrics(PrometheusAnswers answers, Duration over, Instant until)
      throws InterruptedException {
    return write(answers.take(over, until));
  }

  private String write(DriftReference reference) {
    if (reference.answers() < FEWEST) {
      throw new ClientFailure(
          "A reference of %d answers (%s) says little: it takes at least %d"
              .formatted(reference.answers(), reference.source(), FEWEST));
    }
    try {
      new DriftReferenceFile(output).write(reference);
    } catch (IOException failed) {
      throw new ClientFailure("%s cannot be written: %s".formatted(output, failed), failed);
    }
    return String.format(
        Locale.ROOT,
        "%s: %d answers of %s %s, %.1f %% identified (%s)",
        output,
        reference.answers(),
        reference.model().name(),
        reference.model().version(),
        100 * reference.identified(),
        reference.source());
  }
}
