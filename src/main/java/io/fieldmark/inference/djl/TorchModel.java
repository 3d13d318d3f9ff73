package io.fieldmark.inference.djl;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import io.fieldmark.domain.ModelDescription;
import io.fieldmark.inference.Classifier;
import io.fieldmark.inference.djl.ModelFolder.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network, loaded once and shared by all workers. Closing it frees native memory; every
 * classifier must have been closed before.
 */
public final class TorchModel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TorchModel.class);
  private static final String ENGINE = "PyTorch";

  private final Model model;
  private final Head head;
  private final ModelDescription description;

  private TorchModel(Model model, Head head, ModelDescription description) {
    this.model = model;
    this.head = head;
    this.description = description;
  }

  /**
   * Blocks for seconds. Takes the first of the folder's networks that computes on this processor
   * what it computed where it was made: eight-bit arithmetic saturates in silence on processors
   * without instructions for it.
   */
  public static TorchModel load(ModelFolder folder) {
    List<String> distrusted = new ArrayList<>();
    for (Network network : folder.networks()) {
      Model model = load(folder.path(), network);
      double cosine = selfCheck(model, folder.path(), network);
      if (cosine >= folder.lowestCosine()) {
        LOG.info(
            "Model {} in {}: self-check {}", network.file(), network.precision(), percent(cosine));
        ModelDescription description = folder.description(network);
        Path headFile = folder.path().resolve(ModelFolder.HEAD);
        Head head = Head.read(model.getNDManager(), headFile, description.labels().size());
        return new TorchModel(model, head, description);
      }
      LOG.warn(
          "Model {} in {} computes wrongly on this processor (self-check {})",
          network.file(),
          network.precision(),
          percent(cosine));
      distrusted.add(network.file());
      model.close();
    }
    throw new InvalidModelException(
        "No network of %s passes its self-check here: %s".formatted(folder.path(), distrusted));
  }

  private static Model load(Path folder, Network network) {
    Model model = Model.newInstance(network.prefix(), ENGINE);
    try {
      model.load(folder, network.prefix());
      return model;
    } catch (IOException | MalformedModelException unreadable) {
      model.close();
      throw new InvalidModelException("Cannot load " + folder.resolve(network.file()), unreadable);
    }
  }

  /** How far the features computed now point where the stored ones do; 1 is perfect. */
  private static double selfCheck(Model model, Path folder, Network network) {
    Path file = folder.resolve(ModelFolder.SELF_CHECK);
    try (NDManager manager = model.getNDManager().newSubManager();
        Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
      NDList tensors = Head.tensors(manager, file);
      NDList output = predictor.predict(new NDList(Head.require(tensors, "input", file)));
      output.attach(manager);
      NDArray expected = Head.require(tensors, "features_" + network.precision(), file);
      return lowestCosine(output.singletonOrThrow(), expected);
    } catch (TranslateException broken) {
      throw new InvalidModelException("Cannot run " + folder.resolve(network.file()), broken);
    }
  }

  /** The lowest cosine of any row of {@code a} with its row of {@code b}. */
  private static double lowestCosine(NDArray a, NDArray b) {
    double lowest = 1;
    for (int row = 0; row < a.getShape().get(0); row++) {
      NDArray x = a.get(row);
      NDArray y = b.get(row);
      lowest = Math.min(lowest, dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y)));
    }
    return lowest;
  }

  private static double dot(NDArray a, NDArray b) {
    return a.mul(b).sum().getFloat();
  }

  private static String percent(double share) {
    return "%.2f %%".formatted(100 * share);
  }

  public ModelDescription description() {
    return description;
  }

  /** For one worker. Safe for any thread. */
  public Classifier newClassifier() {
    return new TorchClassifier(model.newPredictor(new LogitsTranslator(head)));
  }

  @Override
  public void close() {
    model.close();
  }
}
