package io.fieldmark.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** What came back; of a stream as much of the body as was read. */
record HttpAnswer(int status, HttpHeaders headers, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static HttpAnswer of(int status, HttpHeaders headers, byte[] body) {
    return new HttpAnswer(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  /** Without parameters such as the charset; empty when there is none. */
  String contentType() {
    return headers.firstValue("content-type").orElse("").replaceFirst(";.*", "").strip();
  }

  /** Empty when there is none. */
  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  JsonNode json() {
    return json(body);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      throw new AssertionError("Not JSON: " + text, notJson);
    }
  }

  /** The id in a problem's {@code instance}. */
  String problemId() {
    return json().path("instance").asText().replaceFirst("^urn:uuid:", "");
  }
}
