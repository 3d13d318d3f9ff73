package io.fieldmark.testing;

import io.fieldmark.domain.Admission;
import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.ModelDescription;
import io.fieldmark.domain.RequestId;
import io.fieldmark.inference.AnswerWriter;
import io.fieldmark.inference.BatchInference;
import io.fieldmark.inference.Classifier;
import io.fieldmark.inference.ImageDecoder;
import io.fieldmark.inference.PixelBatch;
import io.fieldmark.inference.djl.ModelFolder;
import io.fieldmark.inference.djl.TorchModel;
import io.fieldmark.inference.djl.TorchRuntime;
import io.fieldmark.inference.drift.DriftWatch;
import io.fieldmark.inference.opencv.OpenCvImageDecoder;
import io.fieldmark.metrics.PipelineMetrics;
import io.fieldmark.validation.ImageValidator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/** A model behind the service's own validation and decoding, one image at a time. */
public final class ModelUnderTest implements AutoCloseable {
  public static final Path EMBEDDED = Path.of("src/main/model");

  private final ImageValidator validator = new ImageValidator(Configs.with().ingestion().image());
  private final TorchModel model;
  private final Classifier classifier;
  private final ImageDecoder decoder;
  private final PixelBatch pixels;

  private ModelUnderTest(TorchModel model) {
    this.model = model;
    this.classifier = model.newClassifier();
    this.decoder = new OpenCvImageDecoder(model.description().preprocessing());
    this.pixels =
        new PixelBatch(
            1,
            model.description().preprocessing().width(),
            model.description().preprocessing().height());
  }

  public static ModelUnderTest load() {
    return load(EMBEDDED);
  }

  public static ModelUnderTest load(Path folder) {
    TorchRuntime.start(1);
    return new ModelUnderTest(TorchModel.load(ModelFolder.open(folder)));
  }

  public ModelDescription description() {
    return model.description();
  }

  /** As ingestion admits it; fails when it does not. */
  public ImageFile admitted(byte[] bytes) {
    Admission<ImageFile> admission = validator.validate(RequestId.next(Instant.now()), bytes);
    if (admission instanceof Admission.Admitted<ImageFile> admitted) {
      return admitted.value();
    }
    throw new AssertionError("not admitted: " + admission);
  }

  /** What a worker does with a batch of one photo; not beside {@link #logits}. */
  public BatchInference inference(PipelineMetrics metrics, DriftWatch drift) {
    return new BatchInference(
        decoder,
        classifier,
        pixels,
        new AnswerWriter(description()),
        description().reference(),
        metrics,
        drift,
        Clock.systemUTC());
  }

  public float[] logits(byte[] bytes) {
    if (!decoder.decode(admitted(bytes), pixels.slot(0))) {
      throw new AssertionError("not decoded");
    }
    return classifier.logits(pixels, 1)[0];
  }

  @Override
  public void close() {
    classifier.close();
    model.close();
  }
}
