package io.fieldmark.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs the scripts for Kubernetes in a copy of the project, among programs that write down how they
 * were called and answer what a test has them answer. Nothing else is to be found there but what
 * any Unix has.
 */
final class RecordedTools {
  private static final List<String> OF_ANY_UNIX =
      List.of(
          "awk",
          "base64",
          "bash",
          "basename",
          "cat",
          "cp",
          "date",
          "dirname",
          "env",
          "getconf",
          "grep",
          "head",
          "mkdir",
          "mktemp",
          "mv",
          "printf",
          "rm",
          "sed",
          "sleep",
          "sort",
          "tail",
          "tr",
          "wc",
          "xargs");
  private static final String RECORDING =
      """
      #!/bin/bash
      call="${NAME:-${0##*/}} $*"
      printf '%s\\n' "$call" >> "$RECORD/calls"
      case "$call" in *'--filename -'*) cat >> "$RECORD/given" ;; esac
      previous=""
      for argument in "$@"; do
        case "$previous $argument" in
          *'--filename '*/*) cat "$argument" >> "$RECORD/given" ;;
          *'--from-file '*=*/*) cat "${argument#*=}" >> "$RECORD/given" ;;
        esac
        previous="$argument"
      done
      while IFS=$'\\t' read -r pattern code answer; do
        if [[ "$call" == $pattern ]]; then
          cat "$answer"
          exit "$code"
        fi
      done < "$RECORD/answers"
      """;

  private final Path project;
  private final Path bin;
  private final List<String> answers = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();

  /** How it ended, and what it wrote, both streams together. */
  record Ended(int code, String output) {}

  RecordedTools(Path folder) {
    project = folder.resolve("project");
    bin = folder.resolve("bin");
    try {
      Files.createDirectories(bin);
      Files.createDirectories(project);
      for (String name : OF_ANY_UNIX) {
        program(name, "#!/bin/bash\nexec " + ofThisMachine(name) + " \"$@\"\n");
      }
      for (String copied : List.of("k8s/scripts", "k8s/helm-values", "alerts", "docker")) {
        copy(Path.of(copied));
      }
      Files.writeString(project.resolve("recording"), RECORDING);
      Files.copy(Pom.FILE, project.resolve(Pom.FILE));
      Files.copy(Path.of("k8s/mail-catcher.yaml"), project.resolve("k8s/mail-catcher.yaml"));
      for (String overlay : List.of("minikube", "minikube-keda", "production")) {
        Path kustomization = project.resolve("k8s/overlays/" + overlay + "/kustomization.yaml");
        Files.createDirectories(kustomization.getParent());
        Files.createFile(kustomization);
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    environment.put("POLL_SECONDS", "0.05");
  }

  private static Path ofThisMachine(String name) {
    return Stream.of("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin")
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " is not installed"));
  }

  private void copy(Path copied) throws IOException {
    try (Stream<Path> files = Files.walk(copied)) {
      for (Path file : files.toList()) {
        Path target = project.resolve(file.toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  RecordedTools installed(String... names) {
    for (String name : names) {
      program(name, RECORDING);
    }
    return this;
  }

  /** kubectl's current context is a minikube, called fieldmark. */
  RecordedTools onMinikube() {
    return answer("kubectl config current-context", 0, "fieldmark\n")
        .answer("*get nodes --selector minikube.k8s.io/name*", 0, "node/fieldmark\n");
  }

  /**
   * A program that does more than to write down and to answer. For that, it runs {@code
   * $RECORD/recording} with its own name as {@code NAME}.
   */
  RecordedTools program(String name, String script) {
    try {
      Files.writeString(bin.resolve(name), script);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    if (!bin.resolve(name).toFile().setExecutable(true)) {
      throw new IllegalStateException(name + " cannot be made executable");
    }
    return this;
  }

  /** The last answer that fits a call is given; without one, nothing and success. */
  RecordedTools answer(String callPattern, int code, String output) {
    Path answer = project.resolve("answer-" + answers.size());
    try {
      Files.writeString(answer, output);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    answers.add(0, callPattern + "\t" + code + "\t" + answer);
    return this;
  }

  RecordedTools with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Process start(String script, String... arguments) throws IOException {
    Files.writeString(project.resolve("answers"), String.join("\n", answers) + "\n");
    List<String> command = new ArrayList<>(List.of(project.resolve(script).toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(bin.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("RECORD", project.toString());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(project.resolve("output").toFile())
        .start();
  }

  Ended run(String script, String... arguments) throws IOException, InterruptedException {
    return end(start(script, arguments));
  }

  Ended end(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("still running, after: " + output());
    }
    return new Ended(process.exitValue(), output());
  }

  String output() {
    return read("output").orElse("");
  }

  List<String> calls() {
    return read("calls").map(calls -> calls.lines().toList()).orElse(List.of());
  }

  /** All files that were handed to programs, one after the other. */
  String given() {
    return read("given").orElse("");
  }

  private Optional<String> read(String name) {
    return read(project.resolve(name));
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
