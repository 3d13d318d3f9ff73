package io.fieldmark.testing.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker that clients reach by TLS and SCRAM-SHA-512 only, and that allows nobody anything which
 * was not granted. The broker itself, its controller and this class use listeners of their own, the
 * way a closed network inside a data centre would be.
 */
public final class SecuredBroker implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;
  private static final int ITERATIONS = 4096;

  /** Nobody on the clients' listener can be this, which is who does not log in. */
  private static final String SUPER_USER = "User:ANONYMOUS";

  private final int port;
  private final BrokerCertificate certificate;
  private final Broker broker;
  private final Admin admin;

  private SecuredBroker(int port, BrokerCertificate certificate, Broker broker, Admin admin) {
    this.port = port;
    this.certificate = certificate;
    this.broker = broker;
    this.admin = admin;
  }

  /** Returns when it is up. */
  public static SecuredBroker start(Path folder) throws IOException, InterruptedException {
    int port = LoopbackPort.free();
    String inside = "127.0.0.1:" + LoopbackPort.free();
    BrokerCertificate certificate = BrokerCertificate.create(folder.resolve("certificate"));
    Path data = folder.resolve("data").toAbsolutePath();
    Broker broker = Broker.launch(folder, settings(port, inside, data, certificate));
    try {
      broker.awaitUp();
      return new SecuredBroker(
          port, certificate, broker, Admin.create(Map.of("bootstrap.servers", inside)));
    } catch (IOException | InterruptedException | RuntimeException failed) {
      broker.close();
      throw failed;
    }
  }

  private static Map<String, String> settings(
      int port, String inside, Path data, BrokerCertificate certificate) throws IOException {
    String listeners = "CLIENT://127.0.0.1:%d,REPLICATION://%s".formatted(port, inside);
    String controller = "127.0.0.1:" + LoopbackPort.free();
    return Map.ofEntries(
        Map.entry("node.id", "1"),
        Map.entry("log.dirs", data.toString()),
        Map.entry("controller.quorum.voters", "1@" + controller),
        Map.entry("listeners", listeners + ",CONTROLLER://" + controller),
        Map.entry("advertised.listeners", listeners),
        Map.entry(
            "listener.security.protocol.map",
            "CLIENT:SASL_SSL,REPLICATION:PLAINTEXT,CONTROLLER:PLAINTEXT"),
        Map.entry("listener.name.client.ssl.keystore.type", "PKCS12"),
        Map.entry("listener.name.client.ssl.keystore.location", certificate.keys().toString()),
        Map.entry("listener.name.client.ssl.keystore.password", BrokerCertificate.PASSWORD),
        Map.entry("listener.name.client.sasl.enabled.mechanisms", "SCRAM-SHA-512"),
        Map.entry(
            "listener.name.client.scram-sha-512.sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
        Map.entry(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
        Map.entry("super.users", SUPER_USER));
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** The certificate that clients have to trust, in PEM. */
  public Path certificate() {
    return certificate.trusted();
  }

  /** From now on somebody of this name can log in, and may do nothing. */
  public void addUser(String name, String password) throws Exception {
    done(
        admin
            .alterUserScramCredentials(
                List.of(
                    new UserScramCredentialUpsertion(
                        name,
                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                        password)))
            .all());
  }

  public void allow(String user, ResourceType type, String name, Collection<AclOperation> what)
      throws Exception {
    ResourcePattern resource = new ResourcePattern(type, name, PatternType.LITERAL);
    done(
        admin
            .createAcls(
                what.stream()
                    .map(
                        operation ->
                            new AclBinding(
                                resource,
                                new AccessControlEntry(
                                    "User:" + user, "*", operation, AclPermissionType.ALLOW)))
                    .toList())
            .all());
  }

  /** Takes everything back that was granted to a user on a topic or group. */
  public void revoke(String user, ResourceType type, String name) throws Exception {
    admin
        .deleteAcls(
            List.of(
                new AclBindingFilter(
                    new ResourcePatternFilter(type, name, PatternType.LITERAL),
                    new AccessControlEntryFilter(
                        "User:" + user, null, AclOperation.ANY, AclPermissionType.ANY))))
        .all()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** An admin client that may do everything. */
  public Admin admin() {
    return admin;
  }

  private static void done(KafkaFuture<Void> change) throws Exception {
    change.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
