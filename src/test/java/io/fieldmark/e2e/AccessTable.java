package io.fieldmark.e2e;

import io.fieldmark.config.KafkaConfig.Topics;
import io.fieldmark.testing.kafka.SecuredBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/** The README's table of what each part of the program has to be allowed at the broker. */
final class AccessTable {
  private static final String HEAD =
      "| | `.images` | `.predictions` | `.dead-letters` | `.feedback` | `.labelled` | `.workers` | the group |";

  private final List<List<String>> rows;

  private AccessTable(List<List<String>> rows) {
    this.rows = rows;
  }

  static AccessTable read() throws IOException {
    List<List<String>> rows =
        Files.readAllLines(Path.of("README.md")).stream()
            .dropWhile(line -> !line.equals(HEAD))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(AccessTable::cells)
            .toList();
    if (rows.isEmpty()) {
      throw new IllegalStateException("The README has no table that begins with " + HEAD);
    }
    return new AccessTable(rows);
  }

  private static List<String> cells(String line) {
    return Stream.of(line.substring(1).split("\\|", -1)).map(String::strip).toList();
  }

  /** What a row says, exactly that and nothing else. */
  void grant(SecuredBroker broker, String user, String command, Topics topics, String group)
      throws Exception {
    List<String> row =
        rows.stream()
            .filter(cells -> cells.get(0).equals("`%s`".formatted(command)))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("The README has no row for " + command));
    List<String> names =
        List.of(
            topics.photos(),
            topics.results(),
            topics.deadLetters(),
            topics.feedback(),
            topics.labelledPhotos(),
            topics.workers());
    for (int i = 0; i < names.size(); i++) {
      broker.allow(user, ResourceType.TOPIC, names.get(i), operations(row.get(i + 1)));
    }
    broker.allow(user, ResourceType.GROUP, group, operations(row.get(names.size() + 1)));
  }

  /** As kafka-acls calls them: Read, DescribeConfigs. */
  private static List<AclOperation> operations(String cell) {
    return Arrays.stream(cell.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .map(word -> word.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT))
        .map(AclOperation::valueOf)
        .toList();
  }
}
