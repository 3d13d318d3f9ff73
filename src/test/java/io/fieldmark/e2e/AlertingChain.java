package io.fieldmark.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Prometheus and a real Alertmanager with copies of this project's files, in which only
 * times are shorter and the mail server is a sink.
 */
final class AlertingChain implements AutoCloseable {
  private static final Path ALERTS = Path.of("alerts");
  private static final String LOCAL = "127.0.0.1:";

  private final Path folder;
  private final Process alertmanager;
  private final Process prometheus;

  private AlertingChain(Path folder, Process alertmanager, Process prometheus) {
    this.folder = folder;
    this.alertmanager = alertmanager;
    this.prometheus = prometheus;
  }

  /** The two programs, as they are installed. */
  record Tools(Tool prometheus, Tool alertmanager) {
    static Tools findOrSkip() {
      return new Tools(
          Tool.findOrSkip("THE ALARM IS NOT TESTED END TO END", "prometheus", "prometheus"),
          Tool.findOrSkip(
              "THE ALARM IS NOT TESTED END TO END",
              "prometheus-alertmanager",
              "alertmanager",
              "prometheus-alertmanager"));
    }
  }

  /**
   * @param folder for configurations, state and logs
   * @param metricsPort of the service on the loopback
   */
  static AlertingChain start(Tools tools, Path folder, int metricsPort, int smtpPort)
      throws IOException {
    int alertmanagerPort = ServiceProcess.freePort();
    int prometheusPort = ServiceProcess.freePort();
    Files.copy(ALERTS.resolve("mail.tmpl"), folder.resolve("mail.tmpl"));
    Files.writeString(folder.resolve("alertmanager.yml"), alertmanagerYml(smtpPort));
    Files.writeString(folder.resolve("fieldmark.rules.yml"), rulesYml());
    Files.writeString(
        folder.resolve("prometheus.yml"), prometheusYml(metricsPort, alertmanagerPort));
    Process alertmanager =
        tools
            .alertmanager()
            .start(
                folder,
                folder.resolve("alertmanager.log"),
                "--config.file=alertmanager.yml",
                "--storage.path=alertmanager",
                "--cluster.listen-address=",
                "--web.listen-address=" + LOCAL + alertmanagerPort);
    Process prometheus =
        tools
            .prometheus()
            .start(
                folder,
                folder.resolve("prometheus.log"),
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=prometheus",
                "--web.listen-address=" + LOCAL + prometheusPort);
    return new AlertingChain(folder, alertmanager, prometheus);
  }

  private static String alertmanagerYml(int smtpPort) throws IOException {
    return Files.readString(ALERTS.resolve("alertmanager.yml"))
        .replace("mail.example.com:587", LOCAL + smtpPort)
        .replace("smtp_require_tls: true", "smtp_require_tls: false")
        .replaceAll("(?m)^ *smtp_auth_.*\n", "")
        .replaceAll("group_wait: \\w+", "group_wait: 1s")
        .replaceAll("group_interval: \\w+", "group_interval: 1s");
  }

  private static String rulesYml() throws IOException {
    return Files.readString(ALERTS.resolve("fieldmark.rules.yml"))
        .replaceAll("(?m)^ *for: \\w+\n", "")
        .replaceAll("keep_firing_for: \\w+", "keep_firing_for: 1s");
  }

  private static String prometheusYml(int metricsPort, int alertmanagerPort) {
    return """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: [fieldmark.rules.yml]
        alerting:
          alertmanagers:
            - static_configs: [{targets: ['127.0.0.1:%d']}]
        scrape_configs:
          - job_name: fieldmark
            static_configs: [{targets: ['127.0.0.1:%d']}]
        """
        .formatted(alertmanagerPort, metricsPort);
  }

  /** Says at once that no mail can come. */
  void assertRuns() throws IOException {
    for (String log : new String[] {"prometheus.log", "alertmanager.log"}) {
      assertThat(prometheus.isAlive() && alertmanager.isAlive())
          .as(Files.readString(folder.resolve(log)))
          .isTrue();
    }
  }

  @Override
  public void close() {
    prometheus.destroy();
    alertmanager.destroy();
    Stream.of(prometheus.onExit(), alertmanager.onExit())
        .forEach(end -> end.orTimeout(20, TimeUnit.SECONDS).join());
  }
}
