package io.fieldmark.client;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.KafkaConfig;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.kafka.Access;
import io.fieldmark.transport.kafka.BrokerFailure;
import io.fieldmark.validation.ImageValidator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands photos over by topic. */
@Command(
    name = "produce",
    description = {
      "Sends every image file below DIR, or those named on standard input, to the photos' topic.",
      "Prints the id and the file, with a tab between, as soon as the broker has the photo; what is said about progress and failures goes to standard error. Files that are no images are skipped."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every photo was acknowledged",
      "1:at least one was not, for the reason given, or the broker cannot be worked with",
      "2:the options or the configuration cannot be used"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fieldmark produce holiday/",
      "  find . -name '*.jpg' -newer last | fieldmark produce - --rate 50",
      "  fieldmark produce archive/ --resume archive.journal",
      "  fieldmark produce holiday/ --wait | cut -f 2,3"
    })
public final class ProduceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption configuration;

  @Parameters(
      paramLabel = "DIR|-",
      description = "A folder or a file; - for names of files on standard input, one a line.")
  private String source;

  @Option(names = "--rate", paramLabel = "N", description = "At most so many photos a second.")
  private double rate;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description =
          "Keeps a journal of what was sent under which id. With the journal of an earlier run, files that were acknowledged are skipped, and those whose fate is unknown are sent again under their id, so that each is seen once. With --wait, answers that no earlier run has printed are waited for as well.")
  private Path journalFile;

  @Option(
      names = "--wait",
      description =
          "Also waits for the answers: prints each photo when its answer is there, with the answer's JSON as a third column.")
  private boolean wait;

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (rate < 0) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--rate must not be negative.");
    }
    AppConfig config = configuration.load();
    PrintWriter out = spec.commandLine().getOut();
    try (BrokerAccess broker = BrokerAccess.open(config, "produce");
        Journal journal =
            Optional.ofNullable(journalFile).map(Journal::open).orElseGet(Journal::none);
        Progress progress = new Progress(spec.commandLine().getErr(), System::nanoTime)) {
      KafkaConfig.Topics topics = config.kafka().topics();
      broker.require(topics.photos());
      progress.start();
      Stream<Path> files = PhotoFiles.of(source, standardInput());
      if (wait) {
        broker.require(topics.results());
        Instant oldest = Instant.now().minus(topics.resultRetention());
        AwaitedAnswers answers = new AwaitedAnswers(out, journal, progress, oldest);
        try (WholeTopic results = new WholeTopic(broker.reader(), topics.results());
            AnswerReading reading =
                AnswerReading.start(results, answers, journal.unansweredSince())) {
          send(files, broker, config, journal, progress, awaiting(answers));
          reading.finish();
        }
      } else {
        send(files, broker, config, journal, progress, printing(out));
      }
      return progress.failures() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    } catch (KafkaException failed) {
      // Photos that are not taken are told of one by one.
      Access access = Access.read(config.kafka().topics().results());
      throw BrokerFailure.of(access.explain(failed), config.kafka());
    }
  }

  private static BufferedReader standardInput() {
    return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
  }

  private void send(
      Stream<Path> files,
      BrokerAccess broker,
      AppConfig config,
      Journal journal,
      Progress progress,
      PhotoSender.Listener listener)
      throws InterruptedException {
    Pace pace = new Pace(rate, System::nanoTime);
    try (Producer<byte[], byte[]> producer = broker.producer()) {
      PhotoSender sender =
          new PhotoSender(
              producer,
              config.kafka().topics().photos(),
              new ImageValidator(config.ingestion().image()),
              pace,
              journal,
              progress,
              listener,
              Clock.systemUTC());
      for (Path file : (Iterable<Path>) files::iterator) {
        sender.send(file);
      }
      sender.finish();
    }
  }

  private static PhotoSender.Listener printing(PrintWriter out) {
    return new PhotoSender.Listener() {
      @Override
      public void sending(RequestId id, Path file) {}

      @Override
      public void acknowledged(RequestId id, Path file) {
        out.println("%s\t%s".formatted(id, file));
        out.flush();
      }

      @Override
      public void failed(RequestId id) {}
    };
  }

  private static PhotoSender.Listener awaiting(AwaitedAnswers answers) {
    return new PhotoSender.Listener() {
      @Override
      public void sending(RequestId id, Path file) {
        answers.expect(id, file);
      }

      @Override
      public void acknowledged(RequestId id, Path file) {}

      @Override
      public void failed(RequestId id) {
        answers.forget(id);
      }
    };
  }
}
