package io.fieldmark.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.Admission;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonUploadTest {
  private static Admission<byte[]> read(String json) {
    return JsonUpload.image(RequestId.next(Instant.EPOCH), json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"image\":\"aGVsbG8=\"}",
        "{\"note\":{\"image\":\"eA==\"},\"list\":[1,{}],\"image\":\"aGVsbG8=\",\"more\":1}",
        "{\"image\":\"data:image/png;base64,aGVsbG8=\"}"
      })
  void findsTheImageAtTheTopLevel(String json) {
    assertThat(((Admission.Admitted<byte[]>) read(json)).value())
        .isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "\"aGVsbG8=\"",
        "{}",
        "{\"image\":",
        "{\"image\":5}",
        "{\"image\":null}",
        "{\"image\":\"*\"}",
        "{\"picture\":\"aGVsbG8=\"}",
        "not json"
      })
  void refusesEverythingElseAsMalformed(String json) {
    assertThat(((Admission.Refused<byte[]>) read(json)).rejection().reason())
        .isEqualTo(RejectionReason.MALFORMED);
  }

  @Test
  void refusesAbsurdDepth() {
    String deep = "{\"a\":" + "[".repeat(100_000);
    assertThat(read(deep)).isInstanceOf(Admission.Refused.class);
  }
}
