package io.fieldmark.client;

import io.fieldmark.config.AppConfig;
import io.fieldmark.transport.kafka.Access;
import io.fieldmark.transport.kafka.BrokerFailure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the photos were answered. */
@Command(
    name = "results",
    description = {
      "Prints the result of each photo, a prediction or a refusal, as one line of JSON.",
      "Of several results for one photo the first is printed. The answer to a photo that was put back from the dead letters supersedes its refusal, and is printed with \"supersedes\":true. Without further options: everything that is kept, up to now."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything was printed",
      "1:the broker cannot be worked with",
      "2:the options or the configuration cannot be used"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fieldmark results --follow                 # what is answered from now on",
      "  fieldmark results --since 10m | jq .label",
      "  fieldmark results --follow --from-beginning --resume results.offsets"
    })
public final class ResultsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption configuration;

  @Option(names = "--follow", description = "Goes on with what comes, until it is stopped.")
  private boolean follow;

  @ArgGroup private Beginning beginning = new Beginning();

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description =
          "Keeps in this file how far the results were printed, and goes on from there the next time. Lines that were printed just before a kill may be printed again.")
  private Path resume;

  private static final class Beginning {
    @Option(
        names = "--from-beginning",
        description = "Begins with the oldest that is kept; otherwise --follow begins now.")
    private boolean oldest;

    @Option(
        names = "--since",
        paramLabel = "DURATION",
        converter = DurationConverter.class,
        description = "Begins with what was answered so long ago: 30s, 10m, 2h, 1d.")
    private Duration since;
  }

  @Override
  public Integer call() throws InterruptedException {
    AppConfig config = configuration.load();
    String topic = config.kafka().topics().results();
    try (BrokerAccess broker = BrokerAccess.open(config, "results")) {
      broker.require(topic);
      Optional<ReadPositions> kept = positions(broker, topic);
      try (WholeTopic results = new WholeTopic(broker.reader(), topic)) {
        print(results, kept);
      }
      return CommandLine.ExitCode.OK;
    } catch (KafkaException failed) {
      throw BrokerFailure.of(Access.read(topic).explain(failed), config.kafka());
    }
  }

  private Optional<ReadPositions> positions(BrokerAccess broker, String topic)
      throws InterruptedException {
    if (resume == null) {
      return Optional.empty();
    }
    TopicDescription description =
        BrokerAccess.await(
            broker
                .admin()
                .describeTopics(List.of(topic))
                .topicNameValues()
                .get(topic)
                .toCompletionStage());
    return Optional.of(new ReadPositions(resume, topic, description.topicId()));
  }

  private void print(WholeTopic results, Optional<ReadPositions> kept) {
    PrintWriter out = spec.commandLine().getOut();
    Map<TopicPartition, Long> end = results.end();
    ResultReading reading =
        new ResultReading(
            results, kept.flatMap(ReadPositions::read).orElseGet(() -> start(results)));
    Map<TopicPartition, Long> saved = Map.of();
    do {
      reading.next().forEach(out::println);
      if (out.checkError()) {
        return; // Whoever read this has gone.
      }
      Map<TopicPartition, Long> position = reading.positions();
      if (kept.isPresent() && !position.equals(saved)) {
        kept.get().write(position);
        saved = position;
      }
    } while (follow || !results.reached(end));
  }

  private Map<TopicPartition, Long> start(WholeTopic results) {
    if (beginning.since != null) {
      return results.since(Clock.systemUTC().instant().minus(beginning.since));
    }
    return follow && !beginning.oldest ? results.end() : results.beginning();
  }
}
