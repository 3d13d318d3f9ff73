package io.fieldmark.e2e;

import static io.fieldmark.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.RunningIngestion;
import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.RequestId;
import io.fieldmark.testing.StoringClient;
import io.fieldmark.transport.InferenceCapacity;
import io.fieldmark.transport.InferenceClient;
import io.fieldmark.transport.Submission;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that wait cost no memory worth mentioning, or a backlog would end the service. */
class WaitingMemoryTest {
  @ParameterizedTest
  @ValueSource(strings = {"image/jpeg", "multipart/form-data", "application/json"})
  void aStoredPhotoIsNotHeldWhileItsRequestWaits(String contentType) throws Exception {
    Forgetful client = new Forgetful();
    Upload upload = Upload.good(contentType);
    try (RunningIngestion ingestion = RunningIngestion.start(client, Map.of())) {
      CompletableFuture<HttpAnswer> answer =
          new ApiClient(ingestion.port())
              .postLater(upload.target(), upload.headers(), upload.body());
      eventually(
          "nobody holds the photo",
          () -> {
            System.gc();
            return client.photo != null && client.photo.refersTo(null);
          });
      assertThat(answer).isNotDone();
    }
  }

  /** Stores at once, answers never, and keeps nothing itself. */
  private static final class Forgetful implements InferenceClient {
    private final InferenceClient other = StoringClient.acknowledgingAtOnce();
    private volatile WeakReference<byte[]> photo;

    @Override
    public Submission submit(InferenceRequest request) {
      photo = new WeakReference<>(request.image().bytes());
      Promise<InferenceResult> never = Promise.promise();
      return new Submission(Future.succeededFuture(true), never.future());
    }

    @Override
    public void cancel(RequestId id) {}

    @Override
    public void onResult(Consumer<InferenceResult> listener) {}

    @Override
    public boolean stores() {
      return true;
    }

    @Override
    public boolean mayStillAnswer(RequestId id) {
      return true;
    }

    @Override
    public InferenceCapacity capacity() {
      return other.capacity();
    }
  }
}
