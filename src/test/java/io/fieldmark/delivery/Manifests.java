package io.fieldmark.delivery;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fieldmark.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a cluster is told by an overlay, rendered as {@code kubectl apply -k} does. */
public record Manifests(String overlay, List<HasMetadata> resources) {
  static final Path KUBERNETES = Path.of("k8s");
  static final Path OVERLAYS = KUBERNETES.resolve("overlays");

  /** Once, whoever asks first. */
  private static final class Rendered {
    static final List<Manifests> ALL = names().map(Manifests::render).toList();

    private Rendered() {}
  }

  /** Of every overlay; skips the calling test, loudly, where nothing can render them. */
  public static Stream<Manifests> all() {
    if (Tool.find(List.of("kubectl", "kustomize")).isEmpty()) {
      Tool.skip(
          """
          Kubernetes manifests: neither kubectl nor kustomize was found.
          Install one of them and run the tests again: https://kubernetes.io/docs/tasks/tools
          """);
    }
    return Rendered.ALL.stream();
  }

  /** Those that have such a resource. */
  static Stream<Manifests> with(Class<? extends HasMetadata> kind) {
    return all().filter(manifests -> !manifests.of(kind).isEmpty());
  }

  static Manifests named(String overlay) {
    return all().filter(manifests -> manifests.overlay.equals(overlay)).findFirst().orElseThrow();
  }

  static Stream<String> names() {
    try (Stream<Path> folders = Files.list(OVERLAYS)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Manifests render(String overlay) {
    try {
      return new Manifests(overlay, StrictReader.read(kustomize(OVERLAYS.resolve(overlay))));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("overlay " + overlay, unreadable);
    }
  }

  private static String kustomize(Path folder) throws IOException {
    Optional<Path> kubectl = Tool.find(List.of("kubectl"));
    Tool tool = new Tool(kubectl.or(() -> Tool.find(List.of("kustomize"))).orElseThrow());
    String verb = kubectl.isPresent() ? "kustomize" : "build";
    try {
      Tool.Run run = tool.run(Path.of("."), verb, folder.toString());
      if (run.exitCode() != 0) {
        throw new IOException(run.output());
      }
      return run.output();
    } catch (InterruptedException ended) {
      throw new AssertionError(ended);
    }
  }

  public <T extends HasMetadata> List<T> of(Class<T> kind) {
    return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <T extends HasMetadata> Optional<T> find(Class<T> kind, String name) {
    return of(kind).stream()
        .filter(resource -> resource.getMetadata().getName().equals(name))
        .findFirst();
  }

  <T extends HasMetadata> T get(Class<T> kind, String name) {
    return find(kind, name)
        .orElseThrow(() -> new AssertionError("%s has no %s %s".formatted(overlay, kind, name)));
  }

  List<Workload> workloads() {
    return resources.stream().flatMap(Workload::of).toList();
  }

  /** The processes of both tiers. */
  List<Workload> serving() {
    return workloads().stream().filter(Workload::serves).toList();
  }

  List<Workload> selected(LabelSelector selector) {
    return workloads().stream()
        .filter(workload -> Selectors.match(selector, workload.labels()))
        .toList();
  }

  /** For the names of tests. */
  @Override
  public String toString() {
    return overlay;
  }
}
