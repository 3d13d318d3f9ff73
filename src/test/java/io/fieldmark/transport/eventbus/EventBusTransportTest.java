package io.fieldmark.transport.eventbus;

import static io.fieldmark.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.testing.Requests;
import io.fieldmark.transport.InferenceTransportContract;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.List;
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
    assertThat(batches.stream().flatMap(List::stream)).doesNotContain(request);
  }

  @Test
  void withoutAnyWorkerTheAnswerIsUnavailable() throws Exception {
    Rejection rejection = (Rejection) await(submit(Requests.withoutDeadline()));
    assertThat(rejection.reason()).isEqualTo(RejectionReason.UNAVAILABLE);
    assertThat(rejection.retryAfter()).isPresent();
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
