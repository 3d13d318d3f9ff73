package io.fieldmark.ingestion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.fieldmark.domain.Admission;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import java.io.IOException;
import java.util.Base64;

/** Reads the image out of {@code {"image": "<base64>"}}; a data URL is understood as well. */
final class JsonUpload {
  private static final String FIELD = "image";
  private static final int DEEPEST = 16;

  /** The body's own limit bounds the text. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonUpload() {}

  static Admission<byte[]> image(RequestId id, byte[] json) {
    if (json.length == 0) {
      return Admission.admitted(json);
    }
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return malformed(id, "a JSON object is expected");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean image = FIELD.equals(parser.currentName());
        if (parser.nextToken() == JsonToken.VALUE_STRING && image) {
          return Admission.admitted(decoded(parser.getText()));
        }
        if (image) {
          return malformed(id, "\"image\" must be a text in base64");
        }
        parser.skipChildren();
      }
      return malformed(id, "there is no \"image\"");
    } catch (IOException notJson) {
      return malformed(id, "it is not valid JSON");
    } catch (IllegalArgumentException notBase64) {
      return malformed(id, "\"image\" is not valid base64");
    }
  }

  private static byte[] decoded(String text) {
    int comma = text.startsWith("data:") ? text.indexOf(',') : -1;
    return Base64.getDecoder().decode(text.substring(comma + 1));
  }

  private static Admission<byte[]> malformed(RequestId id, String problem) {
    return Admission.refused(
        id,
        RejectionReason.MALFORMED,
        "The JSON body cannot be used: %s. Expected is {\"image\": \"<base64>\"}."
            .formatted(problem));
  }
}
