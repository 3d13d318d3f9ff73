package io.fieldmark.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Breaks a cluster at random while photos come in, and tells what came of it. */
public final class Chaos {
  private static final int CALM_SECONDS = 5;

  private final ClusterUnderTest cluster;
  private final Saboteur saboteur;
  private final Random random;
  private final Register register = new Register();
  private final List<Episode> episodes = new ArrayList<>();
  private final long begin = System.nanoTime();

  private Chaos(ClusterUnderTest cluster, int brokers, Random random) {
    this.cluster = cluster;
    this.random = random;
    this.saboteur = new Saboteur(cluster, brokers, random);
  }

  /**
   * @param arguments folder, minutes, brokers, photos a second and, perhaps, the seed
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    long minutes = Long.parseLong(arguments[1]);
    int brokers = Integer.parseInt(arguments[2]);
    double perSecond = Double.parseDouble(arguments[3]);
    long seed = arguments.length > 4 ? Long.parseLong(arguments[4]) : new Random().nextInt(100_000);
    System.out.printf(
        "%d minutes, %d brokers, %.0f photos a second, SEED=%d%n",
        minutes, brokers, perSecond, seed);
    Verdict verdict;
    try (ClusterUnderTest cluster = ClusterUnderTest.start(folder, brokers, 2, 2, Map.of())) {
      Chaos chaos = new Chaos(cluster, brokers, new Random(seed));
      verdict = chaos.run(perSecond, TimeUnit.MINUTES.toNanos(minutes));
      String report = ChaosReport.of(chaos.register, chaos.episodes, verdict);
      System.out.print(report);
      Files.writeString(folder.resolve("report.md"), report);
    }
    System.exit(verdict.lost() == 0 && verdict.visibleDuplicates() == 0 ? 0 : 1);
  }

  private Verdict run(double perSecond, long nanos) throws IOException, InterruptedException {
    say("All are ready; photos come");
    Load load = Load.start(cluster, register, perSecond);
    TimeUnit.SECONDS.sleep(CALM_SECONDS);
    List<Fault> turns = new ArrayList<>();
    while (System.nanoTime() - begin < nanos) {
      if (turns.isEmpty()) {
        turns.addAll(List.of(Fault.values()));
        Collections.shuffle(turns, random);
      }
      suffer(turns.remove(0));
    }
    say("No more faults; counting");
    load.stop();
    return Audit.of(cluster, register);
  }

  private void suffer(Fault fault) throws IOException, InterruptedException {
    long since = System.nanoTime();
    int failedBefore = register.failed();
    saboteur.cause(fault);
    long settled = System.nanoTime();
    TimeUnit.SECONDS.sleep(CALM_SECONDS);
    Episode episode =
        new Episode(fault, since, System.nanoTime(), register.failed() - failedBefore);
    episodes.add(episode);
    say(
        "%s: repaired after %.1f s, longest outage %.1f s, %d requests failed; %d photos so far"
            .formatted(
                fault,
                (settled - since) / 1e9,
                episode.longestOutageSeconds(register),
                episode.failed(),
                register.photos()));
  }

  private void say(String what) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    System.out.printf("%3d:%02d  %s%n", seconds / 60, seconds % 60, what);
  }
}
