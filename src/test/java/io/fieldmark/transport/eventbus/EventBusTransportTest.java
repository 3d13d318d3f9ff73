package io.fieldmark.transport.eventbus;

import static io.fieldmark.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldmark.domain.Rejection;
import io.fieldmark.transport.InferenceTransportContract;
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
  void photosNeverLeaveTheJvmByAccident() {
    ReferenceCodec<Rejection> codec = new ReferenceCodec<>(Rejection.class);
    assertThatThrownBy(() -> codec.encodeToWire(Buffer.buffer(), null))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> codec.decodeFromWire(0, Buffer.buffer()))
        .isInstanceOf(IllegalStateException.class);
  }
}
