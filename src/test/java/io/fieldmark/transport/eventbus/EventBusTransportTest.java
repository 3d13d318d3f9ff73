package io.fieldmark.transport.eventbus;

import static io.fieldmark.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.testing.ExpectsErrorLog;
import io.fieldmark.testing.Requests;
import io.fieldmark.transport.InferenceTransportContract;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class EventBusTransportTest extends InferenceTransportContract {
  @Override
  protected void open() throws Exception {
    EventBusTransport transport =
        await(EventBusTransport.open(vertx, QUEUE_BOUND, MAX_BATCH, Clock.systemUTC()));
    use(transport.client(), transport.server());
  }

  @Test
  void cancelledWorkIsDroppedWhileItWaits() throws Exception {
    Future<InferenceResult> first = occupy();
    InferenceRequest request = Requests.withoutDeadline();
    Future<InferenceResult> cancelled = submit(request);
    awaitWaiting(1);
    client.cancel(request.id());
    assertThat(((Rejection) await(cancelled)).reason()).isEqualTo(RejectionReason.CANCELLED);
    gate.countDown();
    await(first);
    assertThat(workedOn()).doesNotContain(request.id());
  }

  @Test
  void withoutAnyWorkerTheAnswerIsUnavailable() throws Exception {
    Rejection rejection = (Rejection) await(submit(Requests.withoutDeadline()));
    assertThat(rejection.reason()).isEqualTo(RejectionReason.UNAVAILABLE);
    assertThat(rejection.retryAfter()).isPresent();
  }

  @Test
  @ExpectsErrorLog
  void aHandlerThatThrowsAnswersItsBatchAndGoesOn() throws Exception {
    startWorkers(
        1,
        handler(
            answer -> {
              if (batches.size() == 1) {
                throw new IllegalStateException("a bug");
              }
              return answer;
            }));
    InferenceResult failed = await(submit(Requests.withoutDeadline()));
    assertThat(((Rejection) failed).reason()).isEqualTo(RejectionReason.INTERNAL);
    assertThat(await(submit(Requests.withoutDeadline()))).isInstanceOf(Prediction.class);
  }

  @Test
  void photosNeverLeaveTheJvmByAccident() {
    ReferenceCodec<Rejection> codec = new ReferenceCodec<>(Rejection.class);
    assertThatThrownBy(() -> codec.encodeToWire(Buffer.buffer(), null))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> codec.decodeFromWire(0, Buffer.buffer()))
        .isInstanceOf(IllegalStateException.class);
  }
}
