package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import io.fieldmark.alerts.KnownMetrics;
import io.fieldmark.config.AppConfig;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both tiers are scaled, each by one autoscaler, on signals that exist. */
class ScalingTest {
  private static final Pattern SERIES = Pattern.compile("fieldmark_\\w+");

  private final AppConfig config = Configs.with();

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void everyDeploymentHasOneAutoscalerAndNoReplicasOfItsOwn(Manifests manifests) {
    assertThat(Autoscaler.of(manifests))
        .extracting(Autoscaler::target)
        .containsExactlyInAnyOrderElementsOf(
            manifests.of(Deployment.class).stream().map(d -> d.getMetadata().getName()).toList());
    assertThat(manifests.of(Deployment.class))
        .allMatch(deployment -> deployment.getSpec().getReplicas() == null);
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void kindOfAutoscalerIsThatOfTheOverlay(Manifests manifests) {
    assertThat(Autoscaler.of(manifests))
        .allMatch(autoscaler -> autoscaler.keda() == manifests.overlay().endsWith("-keda"));
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void replicasAreAsManyAsTheyCanBe(Manifests manifests) {
    for (Autoscaler autoscaler : Autoscaler.of(manifests)) {
      assertThat(autoscaler.minimum()).isPositive().isLessThan(autoscaler.maximum());
    }
    assertThat(Autoscaler.of(manifests, "fieldmark-inference").maximum())
        .isLessThanOrEqualTo(config.kafka().topics().partitions());
  }

  /** A zone that fails leaves two. */
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void productionHasOneOfEachInEveryZone(Manifests manifests) {
    if (manifests.overlay().startsWith("production")) {
      assertThat(Autoscaler.of(manifests)).allMatch(autoscaler -> autoscaler.minimum() == 3);
      assertThat(manifests.of(Deployment.class))
          .allSatisfy(
              deployment ->
                  assertThat(
                          deployment
                              .getSpec()
                              .getTemplate()
                              .getSpec()
                              .getTopologySpreadConstraints())
                      .anyMatch(
                          constraint ->
                              constraint.getTopologyKey().equals("topology.kubernetes.io/zone")
                                  && constraint.getWhenUnsatisfiable().equals("DoNotSchedule")));
    }
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void signalsAreMetricsThatThePodsTell(Manifests manifests) {
    Autoscaler ingestion = Autoscaler.of(manifests, "fieldmark-ingestion");
    assertThat(ingestion.signals())
        .extracting(Autoscaler.Signal::metric)
        .containsExactly("cpu", "fieldmark_uploads_unacknowledged");
    Autoscaler inference = Autoscaler.of(manifests, "fieldmark-inference");
    assertThat(inference.signals())
        .extracting(Autoscaler.Signal::metric)
        .containsExactly("fieldmark_backlog_seconds", "cpu");
    assertThat(inference.signals().get(0).selected())
        .containsEntry("topic", config.kafka().topics().photos())
        .containsEntry("group", config.kafka().group());
    for (Autoscaler autoscaler : List.of(ingestion, inference)) {
      assertThat(autoscaler.signals())
          .extracting(Autoscaler.Signal::metric)
          .filteredOn(metric -> SERIES.matcher(metric).matches())
          .isNotEmpty()
          .allMatch(KnownMetrics.all()::contains);
    }
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void targetsAreBeforeTheLimits(Manifests manifests) {
    List<Autoscaler.Signal> ingestion = Autoscaler.of(manifests, "fieldmark-ingestion").signals();
    List<Autoscaler.Signal> inference = Autoscaler.of(manifests, "fieldmark-inference").signals();
    assertThat(ingestion.get(0).target()).isLessThan(1);
    assertThat(inference.get(1).target()).isLessThan(1);
    assertThat(ingestion.get(1).target())
        .isLessThanOrEqualTo(config.ingestion().maxInflightRequests() / 2.0);
    Duration wait = config.ingestion().defaultWait();
    assertThat(inference.get(0).target()).isEqualTo(wait.toMillis() / 2000.0);
  }

  /** The dashboards draw it. */
  @Test
  void targetOfTheBacklogIsThatOfTheDashboards() throws IOException {
    double target =
        Autoscaler.of(Manifests.named("production"), "fieldmark-inference")
            .signals()
            .get(0)
            .target();
    for (var variable :
        Yaml.read(Path.of("grafana-dashboards/kafka.json")).at("/templating/list")) {
      if (variable.path("name").asText().equals("backlog_target")) {
        assertThat(variable.path("query").asDouble()).isEqualTo(target);
        return;
      }
    }
    throw new AssertionError("no variable backlog_target");
  }

  /** As dashboards and alerts look for them. */
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void autoscalersAreCalledAsDashboardsExpect(Manifests manifests) {
    assertThat(Autoscaler.of(manifests))
        .extracting(Autoscaler::name)
        .allMatch(name -> name.contains("fieldmark"));
  }

  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void upAtOnceDownSlowly(Manifests manifests) {
    for (Autoscaler autoscaler : Autoscaler.of(manifests)) {
      HorizontalPodAutoscalerBehavior behavior = autoscaler.behavior();
      assertThat(behavior.getScaleUp().getStabilizationWindowSeconds()).isBetween(0, 15);
      assertThat(policy(behavior.getScaleUp())).isEqualTo("100 Percent in 30 s");
      assertThat(behavior.getScaleDown().getStabilizationWindowSeconds())
          .isGreaterThanOrEqualTo(300);
      assertThat(policy(behavior.getScaleDown())).isEqualTo("1 Pods in 60 s");
    }
  }

  private static String policy(HPAScalingRules rules) {
    assertThat(rules.getPolicies()).hasSize(1);
    var policy = rules.getPolicies().get(0);
    return "%d %s in %d s"
        .formatted(policy.getValue(), policy.getType(), policy.getPeriodSeconds());
  }

  /** The adapter and KEDA would both serve external metrics. */
  @ParameterizedTest
  @MethodSource("io.fieldmark.delivery.Manifests#all")
  void kedaAsksForWhatIsMissingAsForAFailure(Manifests manifests) {
    for (ScaledObject scaled : manifests.of(ScaledObject.class)) {
      assertThat(scaled.triggers()).containsOnlyKeys("cpu", "prometheus");
      assertThat(scaled.triggers().get("prometheus"))
          .allMatch(trigger -> trigger.metadata().ignoresNothing().equals("false"))
          .allMatch(
              trigger ->
                  trigger
                      .metadata()
                      .query()
                      .contains("namespace=\"%s\"".formatted(scaled.getMetadata().getNamespace())));
    }
  }
}
