package io.fieldmark;

import io.fieldmark.client.ClientFailure;
import io.fieldmark.config.InvalidConfigException;
import io.fieldmark.transport.kafka.BrokerFailure;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * How every command ends that cannot go on: what a person can mend is said in sentences; only what
 * is a bug shows where it is.
 */
final class CommandFailures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    int exitCode = report(failure, err);
    err.flush();
    return exitCode;
  }

  private static int report(Exception failure, PrintWriter err) {
    return switch (failure) {
      case InvalidConfigException invalid -> {
        err.println("The configuration cannot be used:");
        invalid.problems().forEach(problem -> err.println("  " + problem));
        yield CommandLine.ExitCode.USAGE;
      }
      case ClientFailure told -> {
        err.println(told.getMessage());
        yield CommandLine.ExitCode.SOFTWARE;
      }
      case BrokerFailure told -> {
        err.println(told.getMessage());
        yield CommandLine.ExitCode.SOFTWARE;
      }
      case Exception bug -> {
        bug.printStackTrace(err);
        yield CommandLine.ExitCode.SOFTWARE;
      }
    };
  }
}
