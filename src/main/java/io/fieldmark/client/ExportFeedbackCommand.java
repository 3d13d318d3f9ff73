package io.fieldmark.client;

import io.fieldmark.config.AppConfig;
import io.fieldmark.labelled.DiskFailure;
import io.fieldmark.labelled.PhotoFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes the photos that people labelled to where a model learns from them. */
@Command(
    name = "export-feedback",
    description = {
      "Writes the photos that were kept with what people say is in them, one folder for each label: DIR/LABEL/ID.jpg.",
      "Run again, it writes only what is new, and moves a photo whose label has changed. At the end each label is printed with the number of its photos in DIR, a tab between. Photos are kept where feedback.store_photos is on; what else lies in DIR is left alone. With kafka.bootstrap_servers they are read from their topic, without from feedback.folder."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything that is kept lies in DIR",
      "1:it does not, for the reason given; what was written stays",
      "2:the options or the configuration cannot be used"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fieldmark export-feedback labelled/",
      "  fieldmark export-feedback animal-photos/train --config fieldmark.properties"
    })
public final class ExportFeedbackCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption configuration;

  @Parameters(
      paramLabel = "DIR",
      description =
          "Where to write them; made where it is not there. A letter of a label that is no ASCII letter or digit stands as %%XX in the name of its folder.")
  private Path target;

  @Override
  public Integer call() throws InterruptedException {
    AppConfig config = configuration.loadWithoutBroker();
    try {
      if (config.kafka().bootstrapServers().isEmpty()) {
        export(folder(config));
      } else {
        exportTopic(config);
      }
      return CommandLine.ExitCode.OK;
    } catch (IOException failed) {
      throw new ClientFailure(
          "Not everything could be exported to %s: %s".formatted(target, DiskFailure.tell(failed)),
          failed);
    }
  }

  private void exportTopic(AppConfig config) throws IOException, InterruptedException {
    String topic = config.kafka().topics().labelledPhotos();
    try (BrokerAccess broker = BrokerAccess.open(config, "export-feedback")) {
      broker.requireKept(topic);
      try (WholeTopic photos = new WholeTopic(broker.reader(), topic)) {
        export(new TopicPhotos(photos, spec.commandLine().getErr()));
      }
    }
  }

  private KeptPhotos folder(AppConfig config) {
    Path kept = config.feedback().photos().folder();
    requireApart(kept);
    return new FolderPhotos(kept);
  }

  private void requireApart(Path kept) {
    if (target.toAbsolutePath().normalize().startsWith(kept.toAbsolutePath().normalize())) {
      throw new ClientFailure(
          "%s is where the photos are kept; export them to another folder".formatted(target));
    }
  }

  private void export(KeptPhotos photos) throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    FeedbackExport export = new FeedbackExport(PhotoFolder.open(target), err, System::nanoTime);
    photos.tell(export);
    export.labels().forEach((label, count) -> out.printf("%s\t%d%n", label, count));
    out.flush();
    err.println(export.summary());
    err.flush();
  }
}
