package io.fieldmark.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
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
  static Map<ThreadKind, Long> nanos(long pid) {
    Map<ThreadKind, Long> nanos = new EnumMap<>(ThreadKind.class);
    for (ThreadKind kind : values()) {
      nanos.put(kind, 0L);
    }
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      threads.forEach(thread -> add(thread, nanos));
    } catch (IOException untold) {
      throw new UncheckedIOException("This takes Linux", untold);
    }
    return nanos;
  }

  private static void add(Path thread, Map<ThreadKind, Long> nanos) {
    try {
      long taken = Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
      nanos.merge(of(Files.readString(thread.resolve("comm")).strip()), taken, Long::sum);
    } catch (NoSuchFileException ended) {
      // Counts no more.
    } catch (IOException untold) {
      throw new UncheckedIOException(untold);
    }
  }
}
