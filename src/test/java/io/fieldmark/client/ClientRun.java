package io.fieldmark.client;

import io.fieldmark.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A command that has run to its end, and what it said. */
public record ClientRun(int exitCode, List<String> out, String err) {

  /**
   * @param config lines of the configuration file
   */
  public static ClientRun of(Path folder, String config, String... arguments) throws IOException {
    Path file = folder.resolve("fieldmark.properties");
    Files.writeString(file, config);
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--config", file.toString()))
            .toArray(String[]::new);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = command.execute(all);
    return new ClientRun(exitCode, out.toString().lines().toList(), err.toString());
  }
}
