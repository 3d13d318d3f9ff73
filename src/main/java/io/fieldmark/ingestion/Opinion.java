package io.fieldmark.ingestion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.fieldmark.domain.Admission;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import java.io.IOException;
import java.util.Optional;

/** What a client says of an answer: {@code {"correct": false, "label": "tiger"}}, nothing else. */
record Opinion(boolean correct, Optional<String> label) {
  static final int LONGEST_LABEL = 64;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  static Admission<Opinion> read(RequestId id, byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      return read(id, parser);
    } catch (IOException notJson) {
      return malformed(id, "it is not valid JSON");
    }
  }

  private static Admission<Opinion> read(RequestId id, JsonParser parser) throws IOException {
    Optional<Boolean> correct = Optional.empty();
    Optional<String> label = Optional.empty();
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return malformed(id, "a JSON object is expected");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("correct") && value.isBoolean()) {
        correct = Optional.of(parser.getBooleanValue());
      } else if (field.equals("label") && value == JsonToken.VALUE_STRING) {
        label = Optional.of(parser.getText());
      } else {
        return malformed(id, "a field is unknown, or of another type");
      }
    }
    if (parser.nextToken() != null) {
      return malformed(id, "something follows the object");
    }
    if (label.filter(text -> !isLabel(text)).isPresent()) {
      return malformed(
          id, "\"label\" must be 1 to %d letters that can be seen".formatted(LONGEST_LABEL));
    }
    if (correct.isEmpty()) {
      return malformed(id, "there is no \"correct\"");
    }
    return Admission.admitted(new Opinion(correct.get(), label));
  }

  /** Nothing that hides, turns the text around or is half a letter; blanks only between words. */
  static boolean isLabel(String text) {
    return !text.isBlank()
        && text.equals(text.strip())
        && text.codePointCount(0, text.length()) <= LONGEST_LABEL
        && text.codePoints().allMatch(Opinion::isVisible);
  }

  private static boolean isVisible(int letter) {
    int type = Character.getType(letter);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.PRIVATE_USE
        && type != Character.UNASSIGNED
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }

  /** Whether it fits what was predicted: a right answer has no other label, a wrong one another. */
  Admission<Opinion> of(String predicted, RequestId id) {
    if (label.isPresent() && label.get().equals(predicted) != correct) {
      return malformed(
          id,
          correct
              ? "an answer that is correct has no other label than the one predicted"
              : "\"label\" is what was predicted, and yet not correct");
    }
    return Admission.admitted(this);
  }

  private static Admission<Opinion> malformed(RequestId id, String problem) {
    return Admission.refused(
        id,
        RejectionReason.MALFORMED,
        "The feedback cannot be used: %s. Expected is {\"correct\": true} or {\"correct\": false, \"label\": \"tiger\"}; the label may be left out."
            .formatted(problem));
  }
}
