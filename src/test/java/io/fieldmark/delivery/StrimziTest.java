package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Kafka by Strimzi's operator: in three zones, with the rights that the README tells. */
class StrimziTest {
  static Stream<Manifests> manifests() {
    return Manifests.with(Kafka.class);
  }

  private static Manifests strimzi() {
    return manifests().findFirst().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void anyZoneMayFail(Manifests manifests) {
    Kafka kafka = manifests.of(Kafka.class).get(0);
    assertThat(kafka.getSpec().getKafka().getRack().getTopologyKey())
        .isEqualTo("topology.kubernetes.io/zone");
    assertThat(kafka.getSpec().getKafka().getConfig())
        .containsEntry("default.replication.factor", 3)
        .containsEntry("min.insync.replicas", 2)
        .containsEntry("auto.create.topics.enable", false);
    KafkaNodePool pool = manifests.of(KafkaNodePool.class).get(0);
    assertThat(pool.getSpec().getReplicas()).isEqualTo(3);
    assertThat(manifests.of(KafkaTopic.class))
        .allMatch(topic -> topic.getSpec().getReplicas() == 3);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void everythingBelongsToTheOneCluster(Manifests manifests) {
    String cluster = manifests.of(Kafka.class).get(0).getMetadata().getName();
    assertThat(
            Stream.of(KafkaNodePool.class, KafkaTopic.class, KafkaUser.class)
                .flatMap(kind -> manifests.of(kind).stream()))
        .hasSizeGreaterThan(3)
        .allSatisfy(
            resource ->
                assertThat(resource.getMetadata().getLabels())
                    .containsEntry("strimzi.io/cluster", cluster));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void podsTalkToTheListener(Manifests manifests) {
    Kafka kafka = manifests.of(Kafka.class).get(0);
    var listener = kafka.getSpec().getKafka().getListeners().get(0);
    assertThat(listener.isTls()).isTrue();
    assertThat(listener.getAuth().getType()).isEqualTo("scram-sha-512");
    String address = kafka.getMetadata().getName() + "-kafka-bootstrap:" + listener.getPort();
    for (Workload workload : manifests.workloads()) {
      assertThat(References.environment(manifests, workload))
          .containsEntry("FIELDMARK_KAFKA_BOOTSTRAP_SERVERS", address)
          .containsEntry("FIELDMARK_KAFKA_CLIENT_SASL_MECHANISM", "SCRAM-SHA-512");
      assertThat(References.secretFiles(workload).get("/etc/fieldmark/kafka/sasl.jaas.config"))
          .startsWith(workload.name());
    }
  }

  /** Beside what the README's table grants, each may see whether the topics are as they must be. */
  @ParameterizedTest
  @CsvSource({
    "fieldmark-ingestion, serve --role ingestion",
    "fieldmark-inference, serve --role inference",
    "fieldmark-topics, topics --check",
  })
  void rightsAreThoseOfTheReadme(String user, String command) throws IOException {
    Map<String, Set<String>> expected = granted(command);
    granted("topics --check").forEach((what, rights) -> expected.get(what).addAll(rights));
    // Only where feedback.store_photos makes that topic.
    expected.remove(".labelled");
    expected.values().removeIf(Set::isEmpty);
    var access =
        (KafkaUserAuthorizationSimple)
            strimzi().get(KafkaUser.class, user).getSpec().getAuthorization();
    Map<String, Set<String>> given = new TreeMap<>();
    for (AclRule rule : access.getAcls()) {
      given.put(
          what(rule),
          rule.getOperations().stream()
              .map(operation -> operation.toValue())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    assertThat(given).isEqualTo(expected);
  }

  private static String what(AclRule rule) {
    if (rule.getResource() instanceof AclRuleTopicResource topic) {
      return topic.getName().replaceFirst("fieldmark", "");
    }
    assertThat(((AclRuleGroupResource) rule.getResource()).getName())
        .isEqualTo("fieldmark-inference");
    return "the group";
  }

  private static Map<String, Set<String>> granted(String command) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("README.md"));
    String head =
        lines.stream().filter(l -> l.startsWith("| | `.images`")).findFirst().orElseThrow();
    String row =
        lines.stream().filter(l -> l.startsWith("| `" + command + "`")).findFirst().orElseThrow();
    String[] names = head.replace("`", "").split("\\|", -1);
    String[] cells = row.split("\\|", -1);
    Map<String, Set<String>> rights = new TreeMap<>();
    for (int i = 2; i < names.length - 1; i++) {
      rights.put(
          names[i].strip(),
          Stream.of(cells[i].split(",", -1))
              .map(String::strip)
              .filter(right -> !right.isEmpty())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    return rights;
  }

  @Test
  void jobOnlyLooksWhereTheOperatorMakesTheTopics() {
    assertThat(
            strimzi().workloads().stream()
                .filter(workload -> workload.name().equals("fieldmark-topics")))
        .hasSize(1)
        .allMatch(workload -> workload.main().getArgs().equals(List.of("topics", "--check")));
  }
}
