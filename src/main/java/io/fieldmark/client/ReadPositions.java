package io.fieldmark.client;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** How far a topic was read, kept in a file. */
final class ReadPositions {
  private static final String TOPIC_ID = "topic.id";

  private final Path file;
  private final String topic;
  private final Uuid topicId;

  /**
   * @param topicId tells this topic from a later one of the same name, whose offsets begin anew
   */
  ReadPositions(Path file, String topic, Uuid topicId) {
    this.file = file;
    this.topic = topic;
    this.topicId = topicId;
  }

  /** Empty when there is no such file, or when it is about another topic. */
  Optional<Map<TopicPartition, Long>> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    Map<TopicPartition, Long> offsets = new HashMap<>();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      if (!topicId.toString().equals(properties.remove(TOPIC_ID))) {
        return Optional.empty();
      }
      for (String partition : properties.stringPropertyNames()) {
        offsets.put(
            new TopicPartition(topic, Integer.parseInt(partition)),
            Long.valueOf(properties.getProperty(partition)));
      }
      return Optional.of(offsets);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new ClientFailure(
          "The file %s, given with --resume, cannot be read: %s"
              .formatted(file, unreadable.getMessage()),
          unreadable);
    }
  }

  /** All or nothing, whenever this program is killed. */
  void write(Map<TopicPartition, Long> offsets) {
    StringBuilder text = new StringBuilder("# How far %s was read\n".formatted(topic));
    text.append("%s=%s\n".formatted(TOPIC_ID, topicId));
    Map<Integer, Long> ordered = new TreeMap<>();
    offsets.forEach((partition, offset) -> ordered.put(partition.partition(), offset));
    ordered.forEach((partition, offset) -> text.append("%d=%d\n".formatted(partition, offset)));
    Path written = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(written, text);
      Files.move(
          written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw new ClientFailure(
          "The file %s, given with --resume, cannot be written: %s"
              .formatted(file, unwritable.getMessage()),
          unwritable);
    }
  }
}
