package io.fieldmark.chaos;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Photos at a constant rate, however slowly they are answered, by all sources in turn. Behaves like
 * a load balancer before the ingestion processes: one that refuses connections is left out, and
 * nothing that was sent is sent again.
 */
final class Load {
  private static final List<Source> TURNS =
      List.of(Source.WAITING, Source.TOPIC, Source.WAITING, Source.ASYNC);
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String LONGEST_WAIT = "wait=30";

  private final ClusterUnderTest cluster;
  private final Register register;
  private final String topic;
  private final KafkaProducer<String, byte[]> producer;
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger turn = new AtomicInteger();
  private final Thread pace;
  private volatile boolean ending;

  private Load(ClusterUnderTest cluster, Register register, double perSecond) {
    this.cluster = cluster;
    this.register = register;
    this.topic = cluster.config().kafka().topics().photos();
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                cluster.brokers().bootstrapServers(),
                "linger.ms",
                0,
                "reconnect.backoff.max.ms",
                500,
                "acks",
                "all"),
            new StringSerializer(),
            new ByteArraySerializer());
    this.pace = Thread.ofPlatform().name("load").unstarted(() -> send(perSecond));
  }

  static Load start(ClusterUnderTest cluster, Register register, double perSecond) {
    Load load = new Load(cluster, register, perSecond);
    load.pace.start();
    return load;
  }

  private void send(double perSecond) {
    long gap = (long) (1e9 / perSecond);
    long due = System.nanoTime();
    for (int i = 0; !ending; i++) {
      Photo photo = Photo.next(TURNS.get(i % TURNS.size()));
      senders.execute(() -> send(photo));
      due += gap;
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  private void send(Photo photo) {
    switch (photo.source()) {
      case WAITING -> post(photo, LONGEST_WAIT);
      case ASYNC -> post(photo, "respond-async");
      case TOPIC -> produce(photo);
    }
  }

  private void produce(Photo photo) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, photo.key(), photo.bytes());
    try {
      RecordMetadata place = producer.send(record).get();
      register.acknowledged(photo, new Place(place.partition(), place.offset()));
    } catch (ExecutionException unknown) {
      register.failed(Source.TOPIC, unknown.getCause().toString());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void post(Photo photo, String preference) {
    long sent = System.nanoTime();
    try {
      HttpReply reply = postWhereSomebodyListens(photo, preference);
      if (reply.status() == 200) {
        register.answered(photo, reply.json().getString("id"), reply.body());
      } else if (reply.status() == 202) {
        register.promised(photo, reply.json().getString("id"));
      } else {
        register.failed(photo.source(), reply.status() + " " + reply.json().getString("detail"));
        return;
      }
      register.took(new Register.Answer(photo.source(), sent, System.nanoTime()));
    } catch (IOException unknown) {
      register.failed(photo.source(), unknown.toString());
    }
  }

  private HttpReply postWhereSomebodyListens(Photo photo, String preference) throws IOException {
    List<ServiceNode> doors = cluster.ingestion();
    int first = turn.getAndIncrement();
    for (int i = 0; i < doors.size(); i++) {
      try {
        return HttpReply.post(
            doors.get(Math.floorMod(first + i, doors.size())).port(),
            "/v1/predictions",
            Map.of("Prefer", preference),
            photo.bytes(),
            PATIENCE);
      } catch (ConnectException refused) {
        // the next one is asked
      }
    }
    throw new IOException("No ingestion process listens");
  }

  /** Returns when whoever was sent a photo has said what became of it. */
  void stop() throws InterruptedException {
    ending = true;
    pace.join();
    senders.shutdown();
    if (!senders.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("Some requests never end");
    }
    producer.close();
  }
}
