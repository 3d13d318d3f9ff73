package io.fieldmark.transport.eventbus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Hands an object over by reference. Only for immutable values within one JVM: the methods for the
 * wire throw, so that a clustered event bus can never carry photos by accident.
 */
final class ReferenceCodec<T> implements MessageCodec<T, T> {
  private final String name;

  ReferenceCodec(Class<T> type) {
    this.name = "reference:" + type.getName();
  }

  @Override
  public void encodeToWire(Buffer buffer, T value) {
    throw new IllegalStateException(name + " must not leave this JVM");
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    throw new IllegalStateException(name + " must not come from another JVM");
  }

  @Override
  public T transform(T value) {
    return value;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
