package io.fieldmark.client;

import io.fieldmark.config.AppConfig;
import io.fieldmark.domain.Admission;
import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.ModelDescription;
import io.fieldmark.domain.RequestId;
import io.fieldmark.inference.AnswerWriter;
import io.fieldmark.inference.Classifier;
import io.fieldmark.inference.ImageDecoder;
import io.fieldmark.inference.PixelBatch;
import io.fieldmark.inference.djl.InvalidModelException;
import io.fieldmark.inference.djl.ModelFolder;
import io.fieldmark.inference.djl.TorchModel;
import io.fieldmark.inference.djl.TorchRuntime;
import io.fieldmark.inference.drift.AnswerGrid;
import io.fieldmark.inference.drift.DriftReference;
import io.fieldmark.inference.opencv.OpenCvImageDecoder;
import io.fieldmark.validation.ImageValidator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The configured model's answers to the photos of a folder, as the service would give them. */
final class FolderAnswers implements AutoCloseable {
  private final ImageValidator validator;
  private final TorchModel model;
  private final Classifier classifier;
  private final ImageDecoder decoder;
  private final PixelBatch pixels;
  private final AnswerWriter answers;
  private final List<String> skipped = new ArrayList<>();

  private FolderAnswers(ImageValidator validator, TorchModel model) {
    ModelDescription description = model.description();
    this.validator = validator;
    this.model = model;
    this.classifier = model.newClassifier();
    this.decoder = new OpenCvImageDecoder(description.preprocessing());
    this.pixels =
        new PixelBatch(
            1, description.preprocessing().width(), description.preprocessing().height());
    this.answers = new AnswerWriter(description);
  }

  static FolderAnswers open(AppConfig config) {
    TorchRuntime.start(config.inference().threadsPerWorker());
    try {
      return new FolderAnswers(
          new ImageValidator(config.ingestion().image()),
          TorchModel.load(ModelFolder.open(config.inference().modelFolder())));
    } catch (InvalidModelException unusable) {
      throw new ClientFailure(unusable.getMessage(), unusable);
    }
  }

  DriftReference take(String source) {
    ModelDescription description = model.description();
    AnswerGrid grid = new AnswerGrid(description.labels());
    long[] counts = new long[grid.cells()];
    int photos = 0;
    List<Path> files = PhotoFiles.of(source, new BufferedReader(Reader.nullReader())).toList();
    for (Path file : files) {
      if (decoded(file)) {
        float[] logits = classifier.logits(pixels, 1)[0];
        counts[grid.cell(answers.classifications(logits, 1).get(0), answers.verdict(logits))]++;
        photos++;
      }
    }
    return DriftReference.of(
        description.reference(),
        "%d photos of %s"
            .formatted(photos, Path.of(source).toAbsolutePath().normalize().getFileName()),
        grid,
        counts);
  }

  private boolean decoded(Path file) {
    try {
      Admission<ImageFile> admission =
          validator.validate(RequestId.next(Instant.now()), Files.readAllBytes(file));
      return switch (admission) {
        case Admission.Admitted<ImageFile> admitted ->
            decoder.decode(admitted.value(), pixels.slot(0)) || skip(file, "cannot be decoded");
        case Admission.Refused<ImageFile> refused -> skip(file, refused.rejection().detail());
      };
    } catch (IOException unreadable) {
      return skip(file, "cannot be read");
    }
  }

  private boolean skip(Path file, String why) {
    skipped.add("Skipped %s: %s".formatted(file, why));
    return false;
  }

  /** A sentence for each file that is no photo. */
  List<String> skipped() {
    return skipped;
  }

  @Override
  public void close() {
    classifier.close();
    model.close();
  }
}
