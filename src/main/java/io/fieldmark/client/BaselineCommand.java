package io.fieldmark.client;

import io.fieldmark.config.AppConfig;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes the reference to which drift compares. */
@Command(
    name = "baseline",
    description = {
      "Takes a reference for drift: what answers look like when all is well, as counts by confidence and by label.",
      "Either from the metrics of a good week, which Prometheus keeps for every instance together, or from a folder of photos that are like those to come, which the model answers now. drift.reference names the file for serve."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the reference was written",
      "1:it was not, for the reason given",
      "2:the options or the configuration cannot be used"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fieldmark baseline --prometheus http://localhost:9090",
      "  fieldmark baseline --prometheus http://localhost:9090 --over 5d --until 2026-11-21T00:00:00Z",
      "  fieldmark baseline photos/ --output good.properties",
      "  FIELDMARK_DRIFT_REFERENCE=$PWD/drift-reference.properties fieldmark serve"
    })
public final class BaselineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption configuration;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write it, replacing what is there; default: ${DEFAULT-VALUE}.",
      defaultValue = "drift-reference.properties")
  private Path output;

  private static final class Source {
    @Parameters(
        paramLabel = "DIR",
        arity = "0..1",
        description = "A folder of photos, or one photo; its mix of animals is the reference's.")
    private String photos;

    @ArgGroup(exclusive = false)
    private Week week;
  }

  private static final class Week {
    @Option(
        names = "--prometheus",
        required = true,
        paramLabel = "URL",
        description = "The Prometheus that scrapes the processes which answer.")
    private URI server;

    @Option(
        names = "--over",
        paramLabel = "DURATION",
        converter = DurationConverter.class,
        defaultValue = "7d",
        description = "How long the good time was; default: 7d.")
    private Duration over;

    @Option(
        names = "--until",
        paramLabel = "TIME",
        description = "When it ended, such as 2026-11-21T00:00:00Z; default: now.")
    private Instant until;

    @Option(
        names = "--match",
        paramLabel = "LABELS",
        defaultValue = "",
        description =
            "Which processes, where Prometheus knows others as well, such as 'namespace=\"shop\"'.")
    private String match;
  }

  @Override
  public Integer call() throws InterruptedException {
    AppConfig config = configuration.loadWithoutBroker();
    PrintWriter out = spec.commandLine().getOut();
    Baseline baseline = new Baseline(output);
    String written =
        source.week == null
            ? baseline.ofPhotos(config, source.photos, spec.commandLine().getErr())
            : ofMetrics(baseline, source.week, Clock.systemUTC());
    out.println(written);
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private static String ofMetrics(Baseline baseline, Week week, Clock clock)
      throws InterruptedException {
    Instant until = Optional.ofNullable(week.until).orElseGet(clock::instant);
    return baseline.ofMetrics(new PrometheusAnswers(week.server, week.match), week.over, until);
  }
}
