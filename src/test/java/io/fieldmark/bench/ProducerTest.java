package io.fieldmark.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kafka's own measure of how many records a second a broker takes from one producer. */
final class ProducerTest {
  private static final String MAIN = "org.apache.kafka.tools.ProducerPerformance";
  private static final Path LIBRARIES = Path.of("target/broker/lib/*");
  private static final int WARM_UP = 5000;
  private static final long PATIENCE_SECONDS = 60;
  private static final Pattern RATE = Pattern.compile("([0-9.]+) records/sec");

  private final BrokerUnderTest broker;
  private final String topic;
  private final Path output;

  /**
   * @param brokerMillis CPU time of the broker for each record
   */
  record Result(double recordsPerSecond, double brokerMillis) {}

  ProducerTest(BrokerUnderTest broker, String topic, Path output) {
    this.broker = broker;
    this.topic = topic;
    this.output = output;
  }

  /** With the settings that photos are sent with. */
  Result run(int recordBytes, int records) throws IOException {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx512m",
            "-cp",
            LIBRARIES.toString(),
            MAIN,
            "--topic",
            topic,
            "--num-records",
            Integer.toString(records + WARM_UP),
            "--warmup-records",
            Integer.toString(WARM_UP),
            "--record-size",
            Integer.toString(recordBytes),
            "--throughput",
            "-1",
            "--command-property",
            "bootstrap.servers=" + broker.bootstrapServers(),
            "acks=all",
            "linger.ms=2",
            "batch.size=1048576",
            "buffer.memory=67108864",
            "max.request.size=16777216");
    Duration before = broker.cpu();
    Process process =
        ChildProcess.start(
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()));
    ChildProcess.awaitEnd(process, PATIENCE_SECONDS);
    double brokerMillis = broker.cpu().minus(before).toNanos() / 1e6 / (records + WARM_UP);
    return new Result(rate(Files.readString(output, StandardCharsets.UTF_8)), brokerMillis);
  }

  /** Of its last line, which sums everything up. */
  private static double rate(String text) {
    Matcher matcher = RATE.matcher(text);
    double rate = Double.NaN;
    while (matcher.find()) {
      rate = Double.parseDouble(matcher.group(1));
    }
    if (Double.isNaN(rate)) {
      throw new BenchFailure("Kafka's producer test said:\n" + text);
    }
    return rate;
  }
}
