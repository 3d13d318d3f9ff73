package io.fieldmark.transport.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Reads {@code asyncapi.yaml} and says where records differ from it. */
final class AsyncApiDocument {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaValidatorsConfig STRICT =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private final JsonNode root;

  private AsyncApiDocument(JsonNode root) {
    this.root = root;
  }

  static AsyncApiDocument read() {
    try (InputStream yaml = AsyncApiDocument.class.getResourceAsStream("/asyncapi.yaml")) {
      return new AsyncApiDocument(new ObjectMapper(new YAMLFactory()).readTree(yaml));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  JsonNode root() {
    return root;
  }

  JsonNode channel(String name) {
    return root.path("channels").path(name);
  }

  JsonNode message(String name) {
    return root.path("components").path("messages").path(name);
  }

  /** Everything in which a record differs from the message of this name. */
  List<String> differences(String messageName, ProducerRecord<byte[], byte[]> record) {
    JsonNode message = message(messageName);
    ObjectNode headers = JSON.createObjectNode();
    for (Header header : record.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    List<String> differences = new ArrayList<>(violations(message.path("headers"), headers));
    String key = new String(record.key(), StandardCharsets.UTF_8);
    differences.addAll(
        violations(message.at("/bindings/kafka/key"), JSON.getNodeFactory().textNode(key)));
    if (message.path("contentType").asText().equals("application/json")) {
      differences.addAll(violations(message.path("payload"), json(record.value())));
    }
    return differences;
  }

  private static JsonNode json(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Each example in the document with what its schema says against it. */
  List<String> wrongExamples() {
    List<String> wrong = new ArrayList<>();
    for (JsonNode message : root.path("components").path("messages")) {
      for (JsonNode example : message.path("examples")) {
        for (Map.Entry<String, JsonNode> part : example.properties()) {
          if (part.getKey().equals("headers") || part.getKey().equals("payload")) {
            wrong.addAll(violations(message.path(part.getKey()), part.getValue()));
          }
        }
      }
    }
    return wrong;
  }

  /** References that lead nowhere. */
  List<String> brokenReferences() {
    return root.findValuesAsText("$ref").stream()
        .filter(reference -> root.at(reference.substring(1)).isMissingNode())
        .toList();
  }

  /** The schema keeps its references into the document, which is why that comes along. */
  private List<String> violations(JsonNode schema, JsonNode value) {
    if (schema.isMissingNode()) {
      return List.of("there is no schema");
    }
    ObjectNode whole = JSON.createObjectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", root.path("components"));
    return FACTORY.getSchema(whole, STRICT).validate(value).stream().map(Object::toString).toList();
  }
}
