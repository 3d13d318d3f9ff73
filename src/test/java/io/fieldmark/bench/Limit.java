package io.fieldmark.bench;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.ConfigLoader;
import io.fieldmark.config.ConfigSources;
import io.fieldmark.config.Environment;
import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.ImageHeader;
import io.fieldmark.inference.WorkerPlan;
import io.fieldmark.inference.djl.ModelFolder;
import io.fieldmark.inference.djl.TorchModel;
import io.fieldmark.inference.djl.TorchRuntime;
import io.fieldmark.inference.opencv.OpenCvImageDecoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * What the machine could do at most: decode and forward pass on all workers, with nothing around
 * them. Main class of a process of its own that takes lines of batch size and seconds, and answers
 * each with images per second and CPU-milliseconds per image.
 */
final class Limit {
  private final List<LimitWorker> workers;

  private Limit(List<LimitWorker> workers) {
    this.workers = workers;
  }

  /**
   * @param arguments photo, its width and its height
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err);
    AppConfig config =
        ConfigLoader.load(
            ConfigSources.read(Optional.empty(), Environment.variables(), Map.of()),
            Environment.home(),
            Environment.cores(),
            Environment.heapBytes());
    WorkerPlan plan = WorkerPlan.of(config.inference(), Environment.cores());
    TorchRuntime.start(plan.threadsPerWorker());
    TorchModel model = TorchModel.load(ModelFolder.open(config.inference().modelFolder()));
    Limit limit = new Limit(workers(plan, model, photo(arguments)));
    answers.printf(
        "%d workers × %d threads, %s in %s%n",
        plan.workers(),
        plan.threadsPerWorker(),
        model.description().reference().name(),
        model.description().precision());
    limit.serve(answers);
    System.exit(0);
  }

  private static ImageFile photo(String[] arguments) throws IOException {
    return new ImageFile(
        Files.readAllBytes(Path.of(arguments[0])),
        new ImageHeader(
            ImageFormat.JPEG, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])));
  }

  private static List<LimitWorker> workers(WorkerPlan plan, TorchModel model, ImageFile photo) {
    OpenCvImageDecoder decoder = new OpenCvImageDecoder(model.description().preprocessing());
    List<LimitWorker> workers = new ArrayList<>();
    for (int i = 0; i < plan.workers(); i++) {
      workers.add(
          new LimitWorker(
              decoder, model.newClassifier(), photo, model.description().preprocessing()));
    }
    return workers;
  }

  private void serve(PrintStream answers) throws Exception {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ", -1);
      answers.println(measure(Integer.parseInt(words[0]), Double.parseDouble(words[1])));
    }
  }

  private String measure(int batch, double seconds)
      throws InterruptedException, ExecutionException {
    long cpuBefore = cpuNanos();
    List<Future<LimitWorker.Done>> running = new ArrayList<>();
    for (LimitWorker worker : workers) {
      running.add(worker.run(batch, (long) (seconds * 1e9)));
    }
    long images = 0;
    double perSecond = 0;
    for (Future<LimitWorker.Done> worker : running) {
      images += worker.get().images();
      perSecond += worker.get().images() * 1e9 / worker.get().nanos();
    }
    return perSecond + " " + (cpuNanos() - cpuBefore) / 1e6 / images;
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
