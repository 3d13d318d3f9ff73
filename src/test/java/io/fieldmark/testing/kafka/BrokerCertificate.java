package io.fieldmark.testing.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A certificate that a broker of a test has signed for itself, made out to 127.0.0.1 by the JDK's
 * own keytool.
 *
 * @param keys the broker's own, with the private key
 * @param trusted what clients have to trust
 */
record BrokerCertificate(Path keys, Path trusted) {
  static final String PASSWORD = "for-tests-only";
  private static final String KEYTOOL =
      Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
  private static final List<String> IN_BROKERS_STORE =
      List.of("-alias", "broker", "-storetype", "PKCS12", "-storepass", PASSWORD);

  static BrokerCertificate create(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    BrokerCertificate certificate =
        new BrokerCertificate(folder.resolve("broker.p12"), folder.resolve("broker.pem"));
    String keys = certificate.keys().toString();
    keytool(
        List.of("-genkeypair", "-keystore", keys),
        List.of(
            "-keyalg", "EC", "-validity", "2", "-dname", "CN=broker", "-ext", "san=ip:127.0.0.1"));
    keytool(
        List.of("-exportcert", "-keystore", keys),
        List.of("-rfc", "-file", certificate.trusted().toString()));
    return certificate;
  }

  private static void keytool(List<String> task, List<String> options)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.of(List.of(KEYTOOL), task, IN_BROKERS_STORE, options).flatMap(List::stream).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool: " + said);
    }
  }
}
