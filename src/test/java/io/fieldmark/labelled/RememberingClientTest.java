package io.fieldmark.labelled;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.testing.Requests;
import io.fieldmark.transport.InferenceCapacity;
import io.fieldmark.transport.InferenceClient;
import io.fieldmark.transport.Submission;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RememberingClientTest {
  private final RecentPhotos recent =
      new RecentPhotos(1 << 20, Duration.ofMinutes(10), Clock.systemUTC());
  private final Promise<InferenceResult> answer = Promise.promise();
  private final RememberingClient client = new RememberingClient(new OneAnswer(), recent);
  private final InferenceRequest request = Requests.withoutDeadline();

  /** The test gives it. */
  private final class OneAnswer implements InferenceClient {
    @Override
    public Submission submit(InferenceRequest asked) {
      return Submission.unstored(answer.future());
    }

    @Override
    public void cancel(RequestId id) {}

    @Override
    public void onResult(Consumer<InferenceResult> listener) {}

    @Override
    public boolean stores() {
      return false;
    }

    @Override
    public boolean mayStillAnswer(RequestId id) {
      return false;
    }

    @Override
    public InferenceCapacity capacity() {
      throw new AssertionError("not asked for");
    }
  }

  @Test
  void thePhotoIsHeldBeforeAnybodyIsToldItsAnswer() {
    AtomicBoolean held = new AtomicBoolean();
    client
        .submit(request)
        .answer()
        .onSuccess(told -> held.set(recent.find(request.id()).isPresent()));
    assertThat(recent.find(request.id())).isEmpty();
    answer.complete(Requests.answer(request));
    assertThat(held).isTrue();
    assertThat(recent.find(request.id())).contains(request.image());
  }

  @Test
  void aPhotoWithoutAPredictionIsNotHeld() {
    client.submit(request);
    answer.complete(Rejection.of(request.id(), RejectionReason.UNDECODABLE, "damaged"));
    assertThat(recent.bytes()).isZero();
  }
}
