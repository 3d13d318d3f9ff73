package io.fieldmark.inference.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.config.DriftConfig;
import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.StageTimings;
import io.fieldmark.inference.BatchInference;
import io.fieldmark.inference.djl.ModelFolder;
import io.fieldmark.inference.drift.DriftCurve.Look;
import io.fieldmark.metrics.DriftMetrics;
import io.fieldmark.metrics.PipelineMetrics;
import io.fieldmark.testing.ModelUnderTest;
import io.fieldmark.testing.Photos;
import io.fieldmark.testing.Photos.Photo;
import io.fieldmark.transport.BatchHandler.Queued;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Ordinary photos that the reference was not taken from do not move the figures; photos that are
 * spoiled, or that show what the model does not know, do, and the figures come back afterwards.
 */
class DriftOnPhotosTest {
  private static final int WINDOW = 500;
  private static final int LOOK_EVERY = 100;
  private static final double UNMOVED = 0.1;
  private static final double MOVED = 0.25;
  private static final Path CURVE = Path.of("target/drift-curve.txt");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final DriftCurve curve = new DriftCurve(registry);
  private ModelUnderTest model;
  private BatchInference inference;

  @BeforeEach
  void load() {
    model = ModelUnderTest.load();
    PipelineMetrics metrics = new PipelineMetrics(registry);
    metrics.registerInference(model.description().labels());
    Optional<DriftReference> reference =
        DriftReferences.find(
            Optional.empty(),
            ModelFolder.open(ModelUnderTest.EMBEDDED).driftReference(),
            model.description());
    assertThat(reference).as("the reference that comes with the model").isPresent();
    inference =
        model.inference(
            metrics,
            DriftWatch.start(
                reference,
                model.description().labels(),
                new DriftConfig(Optional.empty(), WINDOW, WINDOW),
                new DriftMetrics(registry)));
  }

  @AfterEach
  void close() {
    model.close();
  }

  /** As they would come, and not one animal after the other. */
  private static List<Photo> mixed(String set) {
    List<Photo> photos = new ArrayList<>(Photos.of(set));
    Collections.shuffle(photos, new Random(6));
    return photos;
  }

  /** A whole window of them; the look is over the last of it. */
  private Look feed(String kind, List<Photo> photos, UnaryOperator<byte[]> change) {
    Look look = null;
    for (int i = 1; i <= WINDOW; i++) {
      InferenceRequest request =
          new InferenceRequest(
              RequestId.next(Instant.now()),
              model.admitted(change.apply(photos.get(i).bytes())),
              1,
              StageTimings.NONE,
              Optional.empty(),
              Optional.empty());
      inference.handle(List.of(new Queued(request, System.nanoTime())));
      if (i % LOOK_EVERY == 0) {
        look = curve.look(kind);
      }
    }
    return look;
  }

  private static void assertMoved(String kind, Look look) {
    assertThat(look.confidence()).as("confidence, %s", kind).isGreaterThan(MOVED);
    assertThat(look.classes()).as("classes, %s", kind).isGreaterThan(MOVED);
  }

  private static void assertUnmoved(String kind, Look look) {
    assertThat(look.confidence()).as("confidence, %s", kind).isLessThan(UNMOVED);
    assertThat(look.classes()).as("classes, %s", kind).isLessThan(UNMOVED);
  }

  @Test
  void strangePhotosMoveTheFiguresAndOrdinaryOnesDoNot() throws IOException {
    List<Photo> test = mixed("test");
    List<Photo> others = test.subList(test.size() - WINDOW - 1, test.size());
    Look first = feed("ordinary", test, bytes -> bytes);
    Look blurred = feed("blurred", others, Spoiled::blurred);
    Look second = feed("ordinary", others, bytes -> bytes);
    Look dark = feed("dark", test, Spoiled::dark);
    Look third = feed("ordinary", test, bytes -> bytes);
    Look animals = feed("other animals", mixed("other-animals"), bytes -> bytes);
    Look things = feed("no animal", mixed("not-an-animal"), bytes -> bytes);
    Look last = feed("ordinary", others, bytes -> bytes);
    curve.write(CURVE);

    assertUnmoved("at first", first);
    assertMoved("blurred", blurred);
    assertUnmoved("after blurred ones", second);
    assertMoved("dark", dark);
    assertUnmoved("after dark ones", third);
    assertMoved("other animals", animals);
    assertMoved("no animal", things);
    assertUnmoved("after foreign ones", last);
    assertThat(blurred.sharpness()).isLessThan(first.sharpness() / 5);
    assertThat(blurred.brightness()).isBetween(first.brightness() - 0.1, first.brightness() + 0.1);
    assertThat(dark.brightness()).isLessThan(first.brightness() / 4);
  }
}
