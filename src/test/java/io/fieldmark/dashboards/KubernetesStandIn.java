package io.fieldmark.dashboards;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Tells of pods what kube-state-metrics and cAdvisor tell in a cluster: their names and labels,
 * figures that are made up. Both on one address, which no cluster has, and only what somebody of
 * Fieldmark's reads.
 */
final class KubernetesStandIn implements AutoCloseable {
  private final AtomicInteger periods = new AtomicInteger(1000);
  private final List<Map<String, String>> pods;
  private final HttpServer server;

  private KubernetesStandIn(List<Map<String, String>> pods, HttpServer server) {
    this.pods = pods;
    this.server = server;
  }

  /**
   * @param pods namespace and name of each
   */
  static KubernetesStandIn start(List<Map<String, String>> pods) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    KubernetesStandIn standIn = new KubernetesStandIn(pods, server);
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] text = standIn.text().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    server.start();
    return standIn;
  }

  ScrapeTarget target() {
    return new ScrapeTarget("127.0.0.1:" + server.getAddress().getPort(), Map.of());
  }

  /** More with each scrape. */
  private String text() {
    int now = periods.addAndGet(10);
    return pods.stream().map(pod -> pod(pod, now)).collect(Collectors.joining())
        + pods.stream()
            .map(pod -> pod.get("namespace"))
            .distinct()
            .map(KubernetesStandIn::scaler)
            .collect(Collectors.joining());
  }

  private static String pod(Map<String, String> pod, int periods) {
    String here = "namespace=\"%s\",pod=\"%s\"".formatted(pod.get("namespace"), pod.get("pod"));
    String container =
        "{container=\"fieldmark\",id=\"/kubepods.slice/a\",image=\"fieldmark\",name=\"0a1b\",%s}"
            .formatted(here);
    return """
    container_cpu_cfs_periods_total%1$s %2$d
    container_cpu_cfs_throttled_periods_total%1$s %3$d
    container_memory_working_set_bytes%1$s 5.4e+08
    kube_pod_container_resource_limits{%4$s,uid="7c",container="fieldmark",node="n1",resource="memory",unit="byte"} 1.5e+09
    kube_pod_container_resource_limits{%4$s,uid="7c",container="fieldmark",node="n1",resource="cpu",unit="core"} 2
    """
        .formatted(container, periods, periods / 5, here);
  }

  private static String scaler(String namespace) {
    return """
    kube_horizontalpodautoscaler_status_current_replicas{%1$s} 3
    kube_horizontalpodautoscaler_status_desired_replicas{%1$s} 4
    kube_horizontalpodautoscaler_spec_max_replicas{%1$s} 12
    """
        .formatted(
            "namespace=\"%s\",horizontalpodautoscaler=\"fieldmark-inference\""
                .formatted(namespace));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
