package io.fieldmark.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Threads of the service, by what they do, and the CPU time that they have taken. */
enum ThreadKind {
  /** Decode and classify: nearly all of the time, and of its noise. */
  INFERENCE("on inference's threads"),
  /** Of the JVM: done with after a while, however many requests come. */
  COMPILATION("on the JVM's compilers"),
  /** Event loops, garbage collection, all else. */
  OTHER("on all other threads");

  private final String words;

  ThreadKind(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  private static ThreadKind of(String thread) {
    if (thread.startsWith("inference-")) {
      return INFERENCE;
    }
    return thread.contains("CompilerThre") ? COMPILATION : OTHER;
  }

  /** What those have taken that have not ended, in nanoseconds as Linux's scheduler counts. */
  Duration cpu(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return Duration.ofNanos(threads.mapToLong(this::nanos).sum());
    } catch (IOException untold) {
      throw new UncheckedIOException("This takes Linux", untold);
    }
  }

  private long nanos(Path thread) {
    try {
      return of(Files.readString(thread.resolve("comm")).strip()) == this
          ? Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0])
          : 0;
    } catch (NoSuchFileException ended) {
      return 0;
    } catch (IOException untold) {
      throw new UncheckedIOException(untold);
    }
  }
}
