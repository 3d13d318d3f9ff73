package io.fieldmark.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.delivery.RecordedTools.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make monitoring} installs. */
class MonitoringScriptTest {
  private static final String SECRET = "create secret generic fieldmark-alertmanager";

  private final Path folder;
  private final RecordedTools tools;

  MonitoringScriptTest(@TempDir Path folder) {
    this.folder = folder;
    tools = new RecordedTools(folder).installed("kubectl", "helm").onMinikube();
  }

  private Ended monitoring() throws Exception {
    return tools.run("k8s/scripts/monitoring");
  }

  private List<String> installations() throws Exception {
    return tools.calls().stream().filter(call -> call.contains(" upgrade --install ")).toList();
  }

  private static String pinned(String chart) throws Exception {
    return Files.readAllLines(Path.of("k8s/helm-values/versions")).stream()
        .filter(line -> line.startsWith(chart + " "))
        .findFirst()
        .orElseThrow();
  }

  private static String installation(String release, String chart, String namespace)
      throws Exception {
    String[] line = pinned(chart).split(" ", -1);
    return ("helm --kube-context fieldmark upgrade --install %s %s --repo %s --version %s --namespace"
            + " %s --create-namespace --values k8s/helm-values/%s.yaml --wait --timeout 14m")
        .formatted(release, chart, line[1], line[2], namespace, chart);
  }

  @Test
  void installsTheStackAndTheAdapterInPinnedVersions() throws Exception {
    Ended ended = monitoring();
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(installations())
        .containsExactly(
            installation("monitoring", "kube-prometheus-stack", "monitoring"),
            installation("prometheus-adapter", "prometheus-adapter", "monitoring"));
    assertThat(tools.calls())
        .contains(
            "kubectl --context fieldmark wait apiservice/v1beta1.external.metrics.k8s.io"
                + " --for condition=Available --timeout 300s");
  }

  @Test
  void overlayForKedaGetsKeda() throws Exception {
    tools.with("OVERLAY", "minikube-keda");
    assertThat(monitoring().code()).isZero();
    assertThat(installations()).element(1).isEqualTo(installation("keda", "keda", "keda"));
  }

  @Test
  void adapterAndKedaAreNotInstalledBesideEachOther() throws Exception {
    tools.with("OVERLAY", "minikube-keda").answer("*helm*list*prometheus-adapter*", 0, "it\n");
    Ended ended = monitoring();
    assertThat(ended.code()).isEqualTo(65);
    assertThat(ended.output())
        .contains("helm --kube-context fieldmark uninstall prometheus-adapter");
    assertThat(installations()).isEmpty();
  }

  @Test
  void inMinikubeMailGoesToTheCatcher() throws Exception {
    assertThat(monitoring().code()).isZero();
    assertThat(tools.calls())
        .anyMatch(call -> call.contains(SECRET))
        .anyMatch(
            call -> call.endsWith("apply --namespace monitoring --filename k8s/mail-catcher.yaml"));
    assertThat(tools.given())
        .contains("smtp_smarthost: mail.monitoring.svc:1025", "smtp_require_tls: false")
        .contains("templates: [/etc/alertmanager/config/mail.tmpl]")
        .doesNotContain("smtp_auth_");
  }

  @Test
  void elsewhereMailNeedsAServerOfOnesOwn() throws Exception {
    tools.with("OVERLAY", "production");
    Ended ended = monitoring();
    assertThat(ended.code()).isEqualTo(65);
    assertThat(ended.output()).contains("still names example.com", "ALERTMANAGER_CONFIG=FILE");
    assertThat(installations()).isEmpty();
  }

  private void ownConfiguration() throws Exception {
    Path own = folder.resolve("own.yml");
    Files.writeString(
        own,
        Files.readString(Path.of("alerts/alertmanager.yml")).replace("example.com", "zoo.test"));
    tools.with("OVERLAY", "production").with("ALERTMANAGER_CONFIG", own.toString());
  }

  @Test
  void passwordIsAskedForWhereTheConfigurationNamesOne() throws Exception {
    ownConfiguration();
    Ended ended = monitoring();
    assertThat(ended.code()).isEqualTo(65);
    assertThat(ended.output()).contains("SMTP_PASSWORD_FILE=FILE");
  }

  @Test
  void elsewhereMailGoesToOnesOwnServerWithItsPassword() throws Exception {
    ownConfiguration();
    Path password = Files.writeString(folder.resolve("password"), "secret");
    tools.with("SMTP_PASSWORD_FILE", password.toString());
    Ended ended = monitoring();
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(tools.given())
        .contains("smtp_smarthost: mail.zoo.test:587", "smtp_require_tls: true")
        .contains("smtp_auth_password_file: /etc/alertmanager/config/smtp-password");
    assertThat(tools.calls())
        .anyMatch(
            call -> call.contains(SECRET) && call.contains("--from-file smtp-password=" + password))
        .noneMatch(call -> call.contains("mail-catcher"));
  }

  @Test
  void ofAnInstallationThatFailsHelmsReasonIsShown() throws Exception {
    tools.answer("helm*upgrade*kube-prometheus-stack*", 1, "Error: no such host\n");
    Ended ended = monitoring();
    assertThat(ended.code()).isEqualTo(75);
    assertThat(ended.output())
        .contains("Error: no such host", "Helm could not install kube-prometheus-stack");
    assertThat(installations()).hasSize(1);
  }
}
