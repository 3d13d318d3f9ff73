package io.fieldmark.delivery;

import static io.fieldmark.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.delivery.RecordedTools.Ended;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code make minikube}, which calls all others, {@code make open}, and the picture that is sent.
 */
class MinikubeScriptTest {
  private static final String FORWARDING =
      """
      #!/bin/bash
      case "$*" in
        *port-forward*:80) echo "Forwarding from 127.0.0.1:45123 -> 8080" ;;
      esac
      case "$*" in
        *port-forward*) echo "kubectl $*" >> "$RECORD/calls"; exec sleep 600 ;;
        *) NAME=kubectl exec bash "$RECORD/recording" "$@" ;;
      esac
      """;
  private static final String ANSWERED =
      """
      #!/bin/bash
      echo "curl $*" >> "$RECORD/calls"
      while [ "$1" != --output ]; do shift; done
      echo '{"verdict": "not_sure"}' > "$2"
      printf 200
      """;

  private final Path folder;
  private final RecordedTools tools;

  MinikubeScriptTest(@TempDir Path folder) {
    this.folder = folder;
    tools = new RecordedTools(folder);
  }

  private RecordedTools everything() {
    return tools
        .installed("minikube", "helm", "docker")
        .program("kubectl", FORWARDING)
        .program("curl", ANSWERED)
        .answer("docker info --format*", 0, "8 17179869184\n")
        .answer("docker image inspect*", 0, "sha256:abc")
        .answer("minikube*image ls*", 0, held("fieldmark-ingestion") + held("fieldmark-inference"))
        .answer("minikube*status*Host*", 0, "Running")
        .answer("*api-resources*", 0, "podmonitors\n")
        .answer("*get deployments*", 0, "deployment.apps/fieldmark-ingestion\n")
        .answer("*get job fieldmark-topics*", 0, "Complete");
  }

  private static String held(String image) {
    return "{\"id\":\"abc\",\"repoTags\":[\"docker.io/library/%s:%s\"]}"
        .formatted(image, Pom.version());
  }

  @Test
  void everythingThatIsMissingIsToldAtOnce() throws Exception {
    Ended ended = tools.run("k8s/scripts/minikube");
    assertThat(ended.code()).isEqualTo(69);
    assertThat(ended.output())
        .contains("minikube: https://", "kubectl: https://", "helm: https://", "curl: apt-get")
        .contains("docker with its daemon running, or podman, or buildah: https://");
  }

  @Test
  void fromNothingToAnAnswer() throws Exception {
    Ended ended = everything().run("k8s/scripts/minikube");
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("answered:\n{\"verdict\": \"not_sure\"}", "make open");
    List<String> order =
        tools.calls().stream()
            .map(call -> call.replaceFirst("--context \\S+ |--profile \\S+ ", ""))
            .map(call -> call.replaceFirst("^(\\w+(?: (?!--)\\w[\\w-]*)?).*", "$1"))
            .distinct()
            .toList();
    assertThat(order)
        .containsSubsequence(
            "docker build", "minikube start", "minikube image", "helm", "kubectl apply", "curl");
    assertThat(tools.calls())
        .anyMatch(call -> call.startsWith("minikube start --profile fieldmark --cpus 4 "))
        .anyMatch(call -> call.contains("--cni calico --addons metrics-server"))
        .allMatch(
            call ->
                !call.startsWith("kubectl")
                    || call.matches("kubectl (--context fieldmark|create|kustomize) ?.*"));
  }

  @Test
  void machineThatIsTooSmallIsSaidToBe() throws Exception {
    everything().answer("docker info --format*", 0, "2 4000000000\n");
    Ended ended = tools.run("k8s/scripts/minikube");
    assertThat(ended.code()).isEqualTo(69);
    assertThat(ended.output()).contains("6000 MB; there are 2 and 3814 MB", "MINIKUBE_MEMORY=");
    assertThat(tools.calls()).noneMatch(call -> call.contains("build") || call.contains(" start"));
  }

  @Test
  void minikubeThatRunsIsNotStartedAgain() throws Exception {
    everything().answer("minikube*status*APIServer*", 0, "Running");
    Ended ended = tools.run("k8s/scripts/minikube");
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(tools.calls()).noneMatch(call -> call.contains("minikube start"));
  }

  @Test
  void minikubeThatDoesNotStartEndsItWithWhereToLook() throws Exception {
    everything().answer("minikube start*", 80, "Exiting due to GUEST_PROVISION\n");
    Ended ended = tools.run("k8s/scripts/minikube");
    assertThat(ended.code()).isEqualTo(75);
    assertThat(ended.output()).contains("GUEST_PROVISION", "minikube -p fieldmark logs --problems");
    assertThat(tools.calls()).noneMatch(call -> call.startsWith("helm"));
  }

  @Test
  void pictureIsOne() throws Exception {
    Path drawn = folder.resolve("drawn.bmp");
    Process script =
        new ProcessBuilder("k8s/scripts/ask", "--draw").redirectOutput(drawn.toFile()).start();
    assertThat(script.waitFor()).isZero();
    var picture = ImageIO.read(drawn.toFile());
    assertThat(picture.getWidth()).isEqualTo(96);
    assertThat(picture.getHeight()).isEqualTo(96);
    assertThat(picture.getRGB(48, 48)).isEqualTo(0xfff5f5f5);
    assertThat(picture.getRGB(24, 20)).isEqualTo(0xff141414);
    assertThat(picture.getRGB(0, 0)).isEqualTo(0xff78a0dc);
  }

  @Test
  void pictureThatIsNotAnsweredEndsItWithTheStatus() throws Exception {
    everything().with("WAIT_SECONDS", "1").with("CONTEXT", "fieldmark");
    tools.program("curl", "#!/bin/bash\nprintf 503\n");
    Ended ended = tools.run("k8s/scripts/ask");
    assertThat(ended.code()).isEqualTo(75);
    assertThat(ended.output()).contains("the last status was 503", "logs --selector");
  }

  @Test
  void openTellsAddressesAndLoginAndEndsWhatItStarted() throws Exception {
    everything()
        .with("CONTEXT", "fieldmark")
        .answer("*get service mail*", 1, "")
        .answer("*get service monitoring-kube*", 1, "")
        .answer("*get service fieldmark-ingestion*", 1, "")
        .answer("*get secret monitoring-grafana*", 0, "pa55");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process open = tools.with("GRAFANA_PORT", "" + port).start("k8s/scripts/open");
    String forwarding =
        "--namespace monitoring port-forward service/monitoring-grafana " + port + ":80";
    eventually(
        "Grafana's port is forwarded",
        () -> tools.calls().stream().anyMatch(call -> call.endsWith(forwarding)));
    try (ServerSocket forwarded = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
      String address = "http://localhost:" + forwarded.getLocalPort() + "  (admin, pa55)";
      eventually("address and login", () -> tools.output().contains(address));
      eventually("how to end it", () -> tools.output().contains("Ctrl-C"));
    }
    List<ProcessHandle> started = open.descendants().toList();
    open.destroy();
    assertThat(tools.end(open).code()).isEqualTo(143);
    assertThat(started).isNotEmpty();
    eventually("all of it ends", () -> started.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void openSaysWhichPortIsTaken() throws Exception {
    everything().with("CONTEXT", "fieldmark");
    try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      tools.with("PAGE_PORT", "" + taken.getLocalPort());
      Ended ended = tools.run("k8s/scripts/open");
      assertThat(ended.code()).isEqualTo(65);
      assertThat(ended.output())
          .contains("port " + taken.getLocalPort() + " is taken", "PAGE_PORT=");
    }
  }
}
