package io.fieldmark.e2e;

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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code openapi.yaml} and says where answers differ from it. */
final class OpenApiDocument {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final SchemaValidatorsConfig STRICT =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private final JsonNode root;

  private OpenApiDocument(JsonNode root) {
    this.root = root;
  }

  /** One method of one path, such as {@code GET /v1/models}. */
  record Operation(String method, String path) {
    /** With a value for the path's parameter, if it has one. */
    String path(String value) {
      return path.replaceAll("\\{\\w+}", value);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static OpenApiDocument read(InputStream yaml) {
    try (yaml) {
      return new OpenApiDocument(new ObjectMapper(new YAMLFactory()).readTree(yaml));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
        if (METHODS.contains(member.getKey())) {
          operations.add(new Operation(member.getKey().toUpperCase(Locale.ROOT), path.getKey()));
        }
      }
    }
    return operations;
  }

  Set<String> methods(String path) {
    return operations().stream()
        .filter(operation -> operation.path().equals(path))
        .map(Operation::method)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<Integer> statuses(Operation operation) {
    Set<Integer> statuses = new TreeSet<>();
    node(operation).path("responses").fieldNames().forEachRemaining(s -> statuses.add(parse(s)));
    return statuses;
  }

  private static int parse(String status) {
    return Integer.parseInt(status);
  }

  Set<String> requestTypes(Operation operation) {
    Set<String> types = new TreeSet<>();
    node(operation).path("requestBody").path("content").fieldNames().forEachRemaining(types::add);
    return types;
  }

  Set<String> reasons() {
    Set<String> reasons = new TreeSet<>();
    root.at("/components/schemas/Reason/enum").forEach(reason -> reasons.add(reason.asText()));
    return reasons;
  }

  private JsonNode node(Operation operation) {
    return root.path("paths")
        .path(operation.path())
        .path(operation.method().toLowerCase(Locale.ROOT));
  }

  /** Everything in which an answer differs from what is documented for its status. */
  List<String> differences(Operation operation, HttpAnswer answer) {
    JsonNode response = node(operation).path("responses").path(String.valueOf(answer.status()));
    return response.isMissingNode()
        ? List.of("%s is not documented to answer %d".formatted(operation, answer.status()))
        : differences(resolve(response), answer);
  }

  /** As the shared response of this name, for answers that no path documents. */
  List<String> differences(String shared, HttpAnswer answer) {
    return differences(root.path("components").path("responses").path(shared), answer);
  }

  private List<String> differences(JsonNode response, HttpAnswer answer) {
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
      differences.addAll(headerDifferences(header.getKey(), resolve(header.getValue()), answer));
    }
    JsonNode media = response.path("content").path(answer.contentType());
    if (!response.has("content")) {
      if (!answer.body().isEmpty() || !answer.contentType().isEmpty()) {
        differences.add("a body is not documented");
      }
    } else if (media.isMissingNode()) {
      differences.add("content type '%s' is not documented".formatted(answer.contentType()));
    } else if (answer.contentType().endsWith("json")) {
      differences.addAll(violations(media.path("schema"), answer.json()));
    } else if (media.has("x-event-data")) {
      differences.addAll(eventDifferences(media.path("x-event-data"), answer.body()));
    }
    return differences;
  }

  private List<String> headerDifferences(String name, JsonNode header, HttpAnswer answer) {
    Optional<String> value = answer.headers().firstValue(name);
    if (value.isEmpty()) {
      return header.path("required").asBoolean()
          ? List.of("header %s is missing".formatted(name))
          : List.of();
    }
    ObjectMapper json = new ObjectMapper();
    boolean number = header.path("schema").path("type").asText().equals("integer");
    JsonNode typed = json.valueToTree(number ? new BigDecimal(value.get()) : value.get());
    return violations(header.path("schema"), typed).stream()
        .map(violation -> "header %s: %s".formatted(name, violation))
        .toList();
  }

  private List<String> eventDifferences(JsonNode schema, String stream) {
    List<String> events = stream.lines().filter(line -> line.startsWith("data:")).toList();
    List<String> differences = new ArrayList<>();
    for (String event : events) {
      String data = event.substring("data:".length());
      differences.addAll(violations(schema, HttpAnswer.json(data)));
    }
    return events.isEmpty() ? List.of("there is no event: " + stream) : differences;
  }

  /** Where a value breaks the schema of this name. */
  List<String> violations(String schemaName, JsonNode value) {
    return violations(root.path("components").path("schemas").path(schemaName), value);
  }

  /** The schema keeps its references into the document, which is why that comes along. */
  private List<String> violations(JsonNode schema, JsonNode value) {
    if (schema.isMissingNode()) {
      return List.of("there is no schema");
    }
    ObjectNode whole = new ObjectMapper().createObjectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", root.path("components"));
    return FACTORY.getSchema(whole, STRICT).validate(value).stream().map(Object::toString).toList();
  }

  /** Each example in the document with what its schema says against it. */
  List<String> wrongExamples() {
    List<String> wrong = new ArrayList<>();
    for (JsonNode schema : root.path("components").path("schemas")) {
      schema.path("examples").forEach(example -> wrong.addAll(violations(schema, example)));
    }
    for (JsonNode media :
        root.findValues("content").stream().flatMap(OpenApiDocument::members).toList()) {
      if (media.has("example") && media.path("schema").has("$ref")) {
        wrong.addAll(violations(media.path("schema"), media.path("example")));
      }
    }
    return wrong;
  }

  private static Stream<JsonNode> members(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getValue);
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
  }
}
