package io.fieldmark.ingestion;

import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds how many requests, and how many bytes of images, are between their first byte and their
 * answer. Safe for any thread.
 */
public final class InFlightLimiter {
  private final long maxRequests;
  private final long maxBytes;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong unacknowledged = new AtomicLong();

  public InFlightLimiter(long maxRequests, long maxBytes) {
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
  }

  /**
   * Empty when a bound is reached.
   *
   * @param expectedBytes what the request says it will send, 0 when it does not say
   */
  Optional<Permit> enter(long expectedBytes) {
    if (!add(requests, 1, maxRequests)) {
      return Optional.empty();
    }
    if (!add(bytes, expectedBytes, maxBytes)) {
      requests.decrementAndGet();
      return Optional.empty();
    }
    unacknowledged.incrementAndGet();
    return Optional.of(new Permit(expectedBytes));
  }

  private static boolean add(AtomicLong total, long amount, long bound) {
    long sum = total.addAndGet(amount);
    if (sum > bound) {
      total.addAndGet(-amount);
      return false;
    }
    return true;
  }

  /** For a request that found no place. */
  Rejection full(RequestId id, Duration retryAfter) {
    return Rejection.retryable(
        id,
        RejectionReason.OVERLOADED,
        "%d requests and %d bytes are in flight; at most %d and %d are let in. Try again later."
            .formatted(requests(), bytes(), maxRequests, maxBytes),
        retryAfter);
  }

  public long requests() {
    return requests.get();
  }

  public long bytes() {
    return bytes.get();
  }

  /**
   * Requests that are received or handed over: those that wait for their answer while their photo
   * is stored are not among them.
   */
  public long unacknowledged() {
    return unacknowledged.get();
  }

  public long maxRequests() {
    return maxRequests;
  }

  public long maxBytes() {
    return maxBytes;
  }

  /** One request's place. {@link #cover} is for the thread that receives the request only. */
  final class Permit {
    private final AtomicBoolean released = new AtomicBoolean();
    private final AtomicBoolean handedOver = new AtomicBoolean();
    private long covered;

    private Permit(long covered) {
      this.covered = covered;
    }

    /** False when so many bytes of this request are more than there is room for, or given back. */
    boolean cover(long total) {
      if (handedOver.get()) {
        return false;
      }
      if (total > covered) {
        if (!add(bytes, total - covered, maxBytes)) {
          return false;
        }
        covered = total;
      }
      return true;
    }

    /**
     * Gives the bytes back and keeps the place: the photo is safe elsewhere, its request waits.
     * Further calls do nothing.
     */
    void handOver() {
      if (handedOver.compareAndSet(false, true)) {
        unacknowledged.decrementAndGet();
        bytes.addAndGet(-covered);
      }
    }

    /** Gives everything back; further calls do nothing. */
    void release() {
      handOver();
      if (released.compareAndSet(false, true)) {
        requests.decrementAndGet();
      }
    }
  }
}
