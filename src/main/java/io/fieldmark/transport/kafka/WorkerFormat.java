package io.fieldmark.transport.kafka;

import io.fieldmark.domain.ModelDescription;
import io.fieldmark.domain.ModelDescription.Preprocessing;
import io.fieldmark.domain.ModelDescription.VerdictRule;
import io.fieldmark.domain.ModelReference;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Inference processes on their compacted topic, keyed by their name; one that ends in order leaves
 * an empty record.
 */
final class WorkerFormat {
  private static final String SOURCE = "/fieldmark/inference";

  private WorkerFormat() {}

  static ProducerRecord<byte[], byte[]> write(
      String topic, WorkerAnnouncement worker, Instant now) {
    JsonObject json =
        new JsonObject()
            .put("instance", worker.instance())
            .put("workers", worker.workers())
            .put("busy", worker.busy())
            .put("in_work", worker.inWork());
    worker.model().ifPresent(model -> json.put("model", write(model)));
    worker.throughput().ifPresent(speed -> json.put("throughput", speed));
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, key(worker.instance()), json.toBuffer().getBytes());
    EventHeaders.begin(
        record.headers(),
        EventHeaders.WORKER,
        SOURCE,
        worker.instance() + "@" + now.toEpochMilli(),
        "application/json",
        now);
    return record;
  }

  static ProducerRecord<byte[], byte[]> gone(String topic, String instance) {
    return new ProducerRecord<>(topic, key(instance), null);
  }

  private static byte[] key(String instance) {
    return instance.getBytes(StandardCharsets.UTF_8);
  }

  /** Empty for one that is gone, and for what is none of ours. */
  static Optional<WorkerAnnouncement> read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null || !new EventHeaders(record.headers()).isType(EventHeaders.WORKER)) {
      return Optional.empty();
    }
    try {
      JsonObject json = new JsonObject(new String(record.value(), StandardCharsets.UTF_8));
      Double speed = json.getDouble("throughput");
      return Optional.of(
          new WorkerAnnouncement(
              json.getString("instance"),
              Optional.ofNullable(json.getJsonObject("model")).map(WorkerFormat::model),
              json.getInteger("workers"),
              json.getInteger("busy"),
              json.getInteger("in_work"),
              speed == null ? OptionalDouble.empty() : OptionalDouble.of(speed)));
    } catch (DecodeException | ClassCastException | NullPointerException unreadable) {
      return Optional.empty();
    }
  }

  private static JsonObject write(ModelDescription model) {
    JsonObject accuracy = new JsonObject();
    model.accuracy().forEach(accuracy::put);
    return new JsonObject()
        .put("name", model.reference().name())
        .put("version", model.reference().version())
        .put("sha256", model.sha256())
        .put("precision", model.precision())
        .put("labels", new JsonArray(model.labels()))
        .put("width", model.preprocessing().width())
        .put("height", model.preprocessing().height())
        .put("crop_ratio", model.preprocessing().cropRatio())
        .put("verdict_score", model.verdict().score())
        .put("verdict_threshold", model.verdict().threshold())
        .put("verdict_temperature", model.verdict().temperature())
        .put("accuracy", accuracy);
  }

  private static ModelDescription model(JsonObject json) {
    SortedMap<String, Double> accuracy = new TreeMap<>();
    JsonObject measured = json.getJsonObject("accuracy");
    measured.fieldNames().forEach(name -> accuracy.put(name, measured.getDouble(name)));
    return new ModelDescription(
        new ModelReference(json.getString("name"), json.getString("version")),
        json.getString("sha256"),
        json.getString("precision"),
        json.getJsonArray("labels").stream().map(String.class::cast).toList(),
        new Preprocessing(
            json.getInteger("width"), json.getInteger("height"), json.getDouble("crop_ratio")),
        new VerdictRule(
            json.getString("verdict_score"),
            json.getDouble("verdict_threshold"),
            json.getDouble("verdict_temperature")),
        accuracy);
  }
}
