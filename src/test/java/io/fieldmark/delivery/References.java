package io.fieldmark.delivery;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What pods take from elsewhere, by name. */
final class References {
  private References() {}

  /**
   * Keys by Secret: of those among the manifests, of those that Strimzi's operator makes, and of
   * the one that people make as its example says.
   */
  static Map<String, Set<String>> secrets(Manifests manifests) throws IOException {
    Map<String, Set<String>> keys = new HashMap<>();
    manifests.of(Secret.class).forEach(s -> keys.put(name(s), s.getStringData().keySet()));
    for (KafkaUser user : manifests.of(KafkaUser.class)) {
      keys.put(name(user), Set.of("password", "sasl.jaas.config"));
    }
    for (Kafka kafka : manifests.of(Kafka.class)) {
      keys.put(name(kafka) + "-cluster-ca-cert", Set.of("ca.crt", "ca.p12", "ca.password"));
    }
    if (keys.isEmpty() && manifests.overlay().startsWith("production")) {
      Secret example = exampleSecret();
      keys.put(name(example), example.getStringData().keySet());
    }
    return keys;
  }

  static Secret exampleSecret() throws IOException {
    String text =
        Files.readString(Manifests.OVERLAYS.resolve("production").resolve("secret.example.yaml"));
    return (Secret) StrictReader.read(text).get(0);
  }

  private static String name(HasMetadata resource) {
    return resource.getMetadata().getName();
  }

  /** Files by path that a pod finds below its mounts of Secrets; the values are Secret and key. */
  static Map<String, List<String>> secretFiles(Workload workload) {
    Map<String, List<String>> files = new HashMap<>();
    for (var mount : workload.main().getVolumeMounts()) {
      workload.pod().getVolumes().stream()
          .filter(volume -> volume.getName().equals(mount.getName()))
          .filter(volume -> volume.getProjected() != null)
          .flatMap(volume -> volume.getProjected().getSources().stream())
          .flatMap(References::items)
          .forEach(item -> files.put(mount.getMountPath() + "/" + item.get(2), item));
    }
    return files;
  }

  /** Secret, key, path. */
  private static Stream<List<String>> items(VolumeProjection source) {
    String secret = source.getSecret().getName();
    return source.getSecret().getItems().stream().map(item -> item(secret, item));
  }

  private static List<String> item(String secret, KeyToPath item) {
    return List.of(secret, item.getKey(), item.getPath());
  }

  /** The environment as the pod's main container has it, from ConfigMaps and by itself. */
  static Map<String, String> environment(Manifests manifests, Workload workload) {
    Map<String, String> variables = new HashMap<>();
    for (var source : workload.main().getEnvFrom()) {
      variables.putAll(
          manifests.get(ConfigMap.class, source.getConfigMapRef().getName()).getData());
    }
    workload.main().getEnv().forEach(env -> variables.put(env.getName(), env.getValue()));
    return variables;
  }
}
