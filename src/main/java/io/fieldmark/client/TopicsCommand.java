package io.fieldmark.client;

import io.fieldmark.config.AppConfig;
import io.fieldmark.transport.kafka.TopicFindings;
import io.fieldmark.transport.kafka.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes and checks the topics. */
@Command(
    name = "topics",
    description = "Creates the topics, or checks that they are as this configuration needs them.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all topics are as they must be",
      "1:a topic is not or cannot be looked at, or the broker cannot be worked with",
      "2:the options or the configuration cannot be used"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  FIELDMARK_KAFKA_BOOTSTRAP_SERVERS=localhost:9092 fieldmark topics --create",
      "  fieldmark topics --check --config /etc/fieldmark.properties"
    })
public final class TopicsCommand implements Callable<Integer> {
  /** A topic that was made a moment ago is not known to every broker. */
  private static final int LOOKS = 20;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption configuration;

  @ArgGroup(multiplicity = "1")
  private Task task;

  private static final class Task {
    @Option(
        names = "--create",
        description = "Creates those that are missing, leaves the others alone, and checks all.")
    private boolean create;

    @SuppressWarnings("UnusedVariable") // One of the two must be said, and then it is the other.
    @Option(names = "--check", description = "Only checks.")
    private boolean check;
  }

  @Override
  public Integer call() throws InterruptedException {
    AppConfig config = configuration.load();
    PrintWriter out = spec.commandLine().getOut();
    try (BrokerAccess broker = BrokerAccess.open(config, "topics")) {
      TopicFindings findings =
          task.create ? create(broker.topics(), out) : BrokerAccess.await(broker.topics().check());
      findings.remarks().forEach(remark -> out.println("Note: " + remark));
      findings.problems().forEach(out::println);
      findings.unseen().forEach(out::println);
      if (!findings.problems().isEmpty() || !findings.unseen().isEmpty()) {
        return CommandLine.ExitCode.SOFTWARE;
      }
      out.println("All topics are as they must be");
      return CommandLine.ExitCode.OK;
    } finally {
      out.flush();
    }
  }

  private static TopicFindings create(Topics topics, PrintWriter out) throws InterruptedException {
    List<String> created = BrokerAccess.await(topics.create());
    created.forEach(topic -> out.println("Created " + topic));
    TopicFindings findings = BrokerAccess.await(topics.check());
    for (int look = 1;
        look < LOOKS && !findings.problems().isEmpty() && !created.isEmpty();
        look++) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
      findings = BrokerAccess.await(topics.check());
    }
    return findings;
  }
}
