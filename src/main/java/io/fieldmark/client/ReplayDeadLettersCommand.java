package io.fieldmark.client;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.KafkaConfig;
import io.fieldmark.transport.kafka.Access;
import io.fieldmark.transport.kafka.BrokerFailure;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives photos that failed for our reasons another chance. */
@Command(
    name = "replay-dead-letters",
    description = {
      "Puts the photos of dead letters back on the photos' topic, and prints their ids.",
      "Each letter is put back once; that it was is noted on the dead letters' topic. Photos keep their ids, have no deadline any more, and their answers supersede the refusals."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every letter that was meant is put back, if there was any",
      "1:the broker cannot be worked with; what was printed is put back",
      "2:the options or the configuration cannot be used"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fieldmark replay-dead-letters --dry-run",
      "  fieldmark replay-dead-letters --reason failed"
    })
public final class ReplayDeadLettersCommand implements Callable<Integer> {
  private final Clock clock = Clock.systemUTC();

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption configuration;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only letters with this reason, such as failed or crashed; the others wait on.")
  private String reason;

  @Option(
      names = "--dry-run",
      description =
          "Puts nothing back; lists, with tabs between: id, reason, attempts, the photo's partition and offset, age, and what went wrong.")
  private boolean dryRun;

  @Override
  public Integer call() throws InterruptedException {
    AppConfig config = configuration.load();
    KafkaConfig.Topics topics = config.kafka().topics();
    try (BrokerAccess broker = BrokerAccess.open(config, "replay")) {
      broker.require(topics.deadLetters(), topics.photos());
      try (WholeTopic topic = new WholeTopic(broker.reader(), topics.deadLetters())) {
        DeadLetters letters = new DeadLetters(topic, clock);
        List<DeadLetter> waiting = letters.waiting();
        List<DeadLetter> meant =
            waiting.stream().filter(l -> reason == null || l.reason().equals(reason)).toList();
        if (dryRun) {
          list(meant);
        } else if (!meant.isEmpty()) {
          replay(letters, meant, topics.photos(), broker);
        }
        summarise(waiting, meant);
      }
      return CommandLine.ExitCode.OK;
    } catch (KafkaException failed) {
      Access access = Access.read(config.kafka().topics().deadLetters());
      throw BrokerFailure.of(access.explain(failed), config.kafka());
    }
  }

  private void list(List<DeadLetter> letters) {
    PrintWriter out = spec.commandLine().getOut();
    Instant now = clock.instant();
    letters.forEach(letter -> out.println(letter.line(now)));
    out.flush();
  }

  private void replay(
      DeadLetters letters, List<DeadLetter> meant, String photosTopic, BrokerAccess broker)
      throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (Producer<byte[], byte[]> producer = broker.producer()) {
      letters.replay(
          meant,
          photosTopic,
          producer,
          id -> {
            out.println(id);
            out.flush();
          });
    }
  }

  private void summarise(List<DeadLetter> waiting, List<DeadLetter> meant) {
    PrintWriter err = spec.commandLine().getErr();
    Map<String, Long> reasons =
        waiting.stream()
            .collect(
                Collectors.groupingBy(DeadLetter::reason, TreeMap::new, Collectors.counting()));
    String each =
        reasons.entrySet().stream()
            .map(entry -> "%d %s".formatted(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining(", "));
    err.println(
        waiting.isEmpty()
            ? "No dead letter waits"
            : "%d dead letters waited (%s); %d %s"
                .formatted(waiting.size(), each, meant.size(), dryRun ? "listed" : "put back"));
    err.flush();
  }
}
