package io.fieldmark.testing;

import io.fieldmark.domain.Classification;
import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.ImageHeader;
import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.ModelDescription;
import io.fieldmark.domain.ModelDescription.Preprocessing;
import io.fieldmark.domain.ModelDescription.VerdictRule;
import io.fieldmark.domain.ModelReference;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.StageTimings;
import io.fieldmark.domain.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Values for tests that are not about images. */
public final class Requests {
  public static final ModelDescription MODEL =
      new ModelDescription(
          new ModelReference("test-animals", "1"),
          "00",
          "fp32",
          List.of("cat", "dog", "owl"),
          new Preprocessing(4, 4, 1.0),
          new VerdictRule("max_probability", 0.6, 1),
          new TreeMap<>());

  private static final byte[] PNG = DrawnImage.png(4, 4);

  private Requests() {}

  public static InferenceRequest withoutDeadline() {
    return request(Optional.empty());
  }

  public static InferenceRequest until(Instant deadline) {
    return request(Optional.of(deadline));
  }

  /**
   * @param bytes of the image file
   */
  public static InferenceRequest withImage(byte[] bytes, Optional<Instant> deadline) {
    ImageHeader header = new ImageHeader(ImageFormat.PNG, 4, 4);
    RequestId id = RequestId.next(Instant.now());
    return new InferenceRequest(
        id, new ImageFile(bytes, header), 2, StageTimings.NONE, deadline, Optional.empty());
  }

  private static InferenceRequest request(Optional<Instant> deadline) {
    return withImage(PNG, deadline);
  }

  public static Prediction answer(InferenceRequest request) {
    return new Prediction(
        request.id(),
        MODEL.reference(),
        List.of(new Classification("cat", 0.9)),
        Verdict.IDENTIFIED,
        request.image().header(),
        request.timings(),
        Instant.now());
  }
}
