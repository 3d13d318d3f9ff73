package io.fieldmark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldmark.domain.RequestId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Instant EARLY = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir private Path folder;
  private final RequestId first = RequestId.next(EARLY);
  private final RequestId second = RequestId.next(EARLY.plusSeconds(5));
  private final Path odd = Path.of("a\tname\nof 2 lines.jpg");
  private final Path plain = Path.of("plain.jpg");

  private Path written() throws IOException {
    Path file = folder.resolve("journal");
    try (Journal journal = Journal.open(file)) {
      journal.sending(odd, first);
      journal.sending(plain, second);
      journal.acknowledged(odd, first);
    }
    return file;
  }

  @Test
  void aLaterRunKnowsWhatArrivedAndWhatMayHave() throws IOException {
    try (Journal journal = Journal.open(written())) {
      assertThat(journal.isAcknowledged(odd)).isTrue();
      assertThat(journal.isAcknowledged(plain)).isFalse();
      assertThat(journal.sentAs(plain)).contains(second);
      assertThat(journal.sentAs(Path.of("./plain.jpg"))).contains(second);
      assertThat(journal.sentAs(Path.of("new.jpg"))).isEmpty();
      assertThat(journal.unanswered()).containsOnly(Map.entry(first, odd.toAbsolutePath()));
      assertThat(journal.unansweredSince()).contains(EARLY);
      journal.answered(odd, first);
      assertThat(journal.unanswered()).isEmpty();
      assertThat(journal.unansweredSince()).contains(EARLY.plusSeconds(5));
    }
  }

  @Test
  void halfALineOfAKilledRunIsNothing() throws IOException {
    Path file = written();
    Files.writeString(file, "acknowledged\t" + second, StandardOpenOption.APPEND);
    try (Journal journal = Journal.open(file)) {
      assertThat(journal.isAcknowledged(plain)).isFalse();
      journal.acknowledged(plain, second);
    }
    try (Journal journal = Journal.open(file)) {
      assertThat(journal.isAcknowledged(plain)).isTrue();
      journal.answered(plain, second);
      assertThat(journal.unanswered()).doesNotContainKey(second);
    }
  }

  @Test
  void aJournalThatCannotBeKeptIsNamed() {
    assertThatThrownBy(() -> Journal.open(folder))
        .isInstanceOf(ClientFailure.class)
        .hasMessageContaining(folder.toString());
  }
}
