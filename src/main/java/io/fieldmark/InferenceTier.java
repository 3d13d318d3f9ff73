package io.fieldmark;

import io.fieldmark.config.AppConfig;
import io.fieldmark.config.DriftConfig;
import io.fieldmark.config.Environment;
import io.fieldmark.domain.ModelDescription;
import io.fieldmark.inference.ImageDecoder;
import io.fieldmark.inference.InferenceVerticle;
import io.fieldmark.inference.WorkerPlan;
import io.fieldmark.inference.djl.ModelFolder;
import io.fieldmark.inference.djl.TorchModel;
import io.fieldmark.inference.djl.TorchRuntime;
import io.fieldmark.inference.drift.DriftReferences;
import io.fieldmark.inference.drift.DriftWatch;
import io.fieldmark.inference.opencv.OpenCvImageDecoder;
import io.fieldmark.metrics.DriftMetrics;
import io.fieldmark.metrics.PipelineMetrics;
import io.fieldmark.metrics.StateMetrics;
import io.fieldmark.transport.InferenceServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The model and the workers that share it. */
final class InferenceTier {
  private static final Logger LOG = LoggerFactory.getLogger(InferenceTier.class);
  private static final String THREADS = "inference-";

  private final Vertx vertx;
  private final AppConfig.Inference config;
  private final DriftConfig driftConfig;
  private final WorkerPlan plan;
  private final InferenceServer server;
  private final PipelineMetrics metrics;
  private final StateMetrics states;
  private final MeterRegistry registry;
  private final Clock clock;
  private final List<String> deployed = new CopyOnWriteArrayList<>();
  private volatile String modelState = "loading";
  private volatile TorchModel model;
  private volatile DriftWatch drift;

  InferenceTier(Foundation base, InferenceServer server) {
    this.vertx = base.vertx();
    this.config = base.config().inference();
    this.driftConfig = base.config().drift();
    this.plan = WorkerPlan.of(config, Environment.cores());
    this.server = server;
    this.metrics = base.metrics();
    this.states = base.states();
    this.registry = base.registry();
    this.clock = base.clock();
  }

  /** Completes when every worker is warm. */
  Future<Void> start() {
    states.registerModelState(() -> modelState);
    LOG.info(
        "{} inference workers × {} threads on {} cores, batches of up to {}",
        plan.workers(),
        plan.threadsPerWorker(),
        plan.cores(),
        config.maxBatch());
    return phase("native", this::startEngine)
        .compose(none -> phase("model", this::loadModel))
        .compose(none -> warmUp());
  }

  private Void startEngine() {
    LOG.info("Loading PyTorch; the first time on a machine its libraries are unpacked");
    TorchRuntime.start(plan.threadsPerWorker());
    return null;
  }

  private Void loadModel() {
    ModelFolder folder = ModelFolder.open(config.modelFolder());
    model = TorchModel.load(folder);
    ModelDescription description = model.description();
    states.registerModel(description);
    metrics.registerInference(description.labels());
    drift =
        DriftWatch.start(
            DriftReferences.find(driftConfig.reference(), folder.driftReference(), description),
            description.labels(),
            driftConfig,
            new DriftMetrics(registry));
    return null;
  }

  private Future<Void> phase(String name, Callable<Void> work) {
    long begin = System.nanoTime();
    return vertx.executeBlocking(work, true).onSuccess(done -> phaseDone(name, begin));
  }

  private void phaseDone(String name, long begin) {
    Duration taken = Duration.ofNanos(System.nanoTime() - begin);
    states.coldStart(name, taken);
    LOG.info("Start, phase '{}': {} ms", name, taken.toMillis());
  }

  private Future<Void> warmUp() {
    modelState = "warming";
    long begin = System.nanoTime();
    ModelDescription description = model.description();
    ImageDecoder decoder = new OpenCvImageDecoder(description.preprocessing());
    List<Future<String>> workers =
        IntStream.range(0, plan.workers()).mapToObj(i -> deploy(i, description, decoder)).toList();
    return Future.all(workers)
        .<Void>mapEmpty()
        .onSuccess(
            none -> {
              phaseDone("warmup", begin);
              modelState = "ready";
            });
  }

  /** One thread for each worker, for life: native caches of a thread are never freed. */
  private Future<String> deploy(int worker, ModelDescription description, ImageDecoder decoder) {
    DeploymentOptions options =
        new DeploymentOptions()
            .setThreadingModel(ThreadingModel.WORKER)
            .setWorkerPoolName(THREADS + worker)
            .setWorkerPoolSize(1);
    InferenceVerticle verticle =
        new InferenceVerticle(
            server,
            description,
            model::newClassifier,
            decoder,
            config.maxBatch(),
            metrics,
            drift,
            clock);
    return vertx.deployVerticle(verticle, options).onSuccess(deployed::add);
  }

  /** Stops the workers, each after its batch, and then frees the network. */
  Future<Void> stop() {
    return Future.join(deployed.stream().map(vertx::undeploy).toList())
        .<Void>mapEmpty()
        .eventually(
            () ->
                vertx.<Void>executeBlocking(
                    () -> {
                      if (model != null) {
                        model.close();
                      }
                      return null;
                    }));
  }
}
