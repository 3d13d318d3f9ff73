package io.fieldmark.labelled;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.ImageHeader;
import io.fieldmark.domain.RequestId;
import io.fieldmark.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentPhotosTest {
  private final MutableClock clock = new MutableClock();
  private final RecentPhotos recent = new RecentPhotos(100_000, Duration.ofMinutes(10), clock);

  private static ImageFile photo(int bytes) {
    return new ImageFile(new byte[bytes], new ImageHeader(ImageFormat.JPEG, 4, 4));
  }

  private RequestId add(int bytes) {
    RequestId id = RequestId.next(clock.instant());
    recent.add(id, photo(bytes));
    return id;
  }

  @Test
  void theOldestMakeRoom() {
    RequestId oldest = add(40_000);
    RequestId older = add(40_000);
    RequestId youngest = add(40_000);
    assertThat(recent.find(oldest)).isEmpty();
    assertThat(recent.find(older)).isPresent();
    assertThat(recent.find(youngest)).isPresent();
    assertThat(recent.bytes()).isBetween(80_000L, recent.bound());
  }

  @Test
  void smallPhotosAreNotWithoutNumber() {
    List<RequestId> ids = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(add(1));
    }
    assertThat(ids.stream().filter(id -> recent.find(id).isPresent()).count())
        .isBetween(10L, 1000L);
  }

  @Test
  void aPhotoGoesWithItsAnswer() {
    RequestId id = add(50);
    clock.advance(Duration.ofMinutes(10));
    assertThat(recent.find(id)).isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(recent.find(id)).isEmpty();
    recent.releaseOld();
    assertThat(recent.bytes()).isZero();
  }

  @Test
  void theSameAnswerIsHeldOnce() {
    RequestId id = add(50);
    long before = recent.bytes();
    recent.add(id, photo(50));
    assertThat(recent.bytes()).isEqualTo(before);
  }

  @Test
  void whatDoesNotFitAloneIsNotHeld() {
    RequestId small = add(50);
    RequestId large = add(200_000);
    assertThat(recent.find(large)).isEmpty();
    assertThat(recent.find(small)).isEmpty();
    assertThat(recent.bytes()).isZero();
  }
}
