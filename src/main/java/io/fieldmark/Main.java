package io.fieldmark;

import io.fieldmark.client.BaselineCommand;
import io.fieldmark.client.ExportFeedbackCommand;
import io.fieldmark.client.ProduceCommand;
import io.fieldmark.client.ReplayDeadLettersCommand;
import io.fieldmark.client.ResultsCommand;
import io.fieldmark.client.TopicsCommand;
import io.fieldmark.config.AppConfig;
import io.fieldmark.config.ConfigLoader;
import io.fieldmark.config.ConfigSources;
import io.fieldmark.config.Environment;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command line. The only place that ends the JVM, and, beside the clients of the broker, the
 * only one that blocks.
 */
@Command(
    name = "fieldmark",
    description = "Tells which animal is in a photo.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TopicsCommand.class,
      ProduceCommand.class,
      ResultsCommand.class,
      ReplayDeadLettersCommand.class,
      BaselineCommand.class,
      ExportFeedbackCommand.class
    })
public final class Main implements Runnable {
  private static final long CLOSE_MARGIN_MILLIS = 5_000;

  @Spec private CommandSpec spec;

  /** What the jar's manifest says. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"fieldmark " + Optional.ofNullable(version).orElse("development")};
    }
  }

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** With everything but the end of the JVM. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main()).setExecutionExceptionHandler(new CommandFailures());
  }

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Name a command, such as serve.");
  }

  @Command(
      name = "serve",
      description = "Serves the page and the API until it is stopped.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Every key of the configuration is also an environment variable: FIELDMARK_ + the key in",
        "capitals, dots to underscores, such as FIELDMARK_HTTP_PORT for http.port."
      })
  int serve(
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              description =
                  "standalone (everything in one process), ingestion or inference; the last two need kafka.bootstrap_servers.")
          String role,
      @Option(names = "--config", paramLabel = "FILE", description = "A file of key=value lines.")
          Path file,
      @Option(
              names = "--print-config",
              description = "Prints every key with its value and where it comes from, and exits.")
          boolean printConfig,
      @Option(
              names = "--print-defaults",
              description = "Prints the annotated defaults, to begin a file with, and exits.")
          boolean printDefaults) {
    PrintWriter out = spec.commandLine().getOut();
    if (printDefaults) {
      out.print(ConfigSources.annotatedDefaults());
      out.flush();
      return CommandLine.ExitCode.OK;
    }
    ConfigSources sources =
        ConfigSources.read(
            Optional.ofNullable(file),
            Environment.variables(),
            role == null ? Map.of() : Map.of("role", role));
    AppConfig config =
        ConfigLoader.load(
            sources, Environment.home(), Environment.cores(), Environment.heapBytes());
    if (printConfig) {
      print(sources, out);
      return CommandLine.ExitCode.OK;
    }
    return serve(config, sources);
  }

  private static void print(ConfigSources sources, PrintWriter out) {
    sources
        .values()
        .keySet()
        .forEach(key -> out.printf("%s=%s  # %s%n", key, sources.shown(key), sources.origin(key)));
    out.flush();
  }

  private static int serve(AppConfig config, ConfigSources sources) {
    Environment.configureLogging(config.log());
    Logger log = LoggerFactory.getLogger(Main.class);
    sources.unknownVariables().forEach(name -> log.warn("{} sets no key that exists", name));
    Application application = new Application(config);
    Thread hook = new Thread(() -> close(application, config, log), "shutdown");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      application.start().toCompletionStage().toCompletableFuture().join();
      Thread.currentThread().join();
      return CommandLine.ExitCode.OK;
    } catch (CompletionException failed) {
      report(failed.getCause(), log);
      return CommandLine.ExitCode.SOFTWARE;
    } catch (CancellationException closedWhileStarting) {
      return CommandLine.ExitCode.OK;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return CommandLine.ExitCode.OK;
    }
  }

  /** What an operator can mend is said in a sentence; only what is a bug shows where it is. */
  private static void report(Throwable failure, Logger log) {
    if (failure.getClass().getName().startsWith(Main.class.getPackageName())) {
      log.error("Cannot start: {}", failure.getMessage());
    } else {
      log.error("Cannot start", failure);
    }
  }

  /** Runs when the JVM is told to end, and holds it until everything let in is answered. */
  private static void close(Application application, AppConfig config, Logger log) {
    long patience =
        config.shutdown().drainDelay().toMillis()
            + config.shutdown().timeout().toMillis()
            + CLOSE_MARGIN_MILLIS;
    Future<Void> closed = application.close();
    try {
      closed.toCompletionStage().toCompletableFuture().get(patience, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException failed) {
      log.error("Not everything was closed in order", failed);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
