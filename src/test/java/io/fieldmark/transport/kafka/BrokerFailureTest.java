package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.config.KafkaConfig;
import io.fieldmark.testing.Configs;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.junit.jupiter.api.Test;

class BrokerFailureTest {
  private final KafkaConfig config = Configs.with("kafka.bootstrap_servers", "broker:9092").kafka();

  private void requireSentence(Throwable failure, boolean passing, String... parts) {
    BrokerFailure told = BrokerFailure.of(failure, config);
    assertThat(told.getMessage()).contains(parts).doesNotContain("Exception:");
    assertThat(told.passing()).isEqualTo(passing);
  }

  @Test
  void eachFailureSaysWhatToMend() {
    requireSentence(new TimeoutException("late"), true, "No broker answers at broker:9092", "late");
    requireSentence(
        new SaslAuthenticationException("Invalid password"), false, "credentials", "jaas.config");
    requireSentence(new IllegalSaslStateException("x"), false, "security.protocol");
    requireSentence(
        new UnsupportedSaslMechanismException("x"), false, "kafka.client.sasl.mechanism");
    requireSentence(new SslAuthenticationException("x"), false, "truststore");
    requireSentence(new TopicAuthorizationException("x"), false, "kafka-acls");
    requireSentence(new ConfigException("x"), false, "kafka.bootstrap_servers");
  }

  @Test
  void theCauseTellsMoreThanWhatIsWrappedAroundIt() {
    requireSentence(
        new ExecutionException(new KafkaException("outside", new TimeoutException("inside"))),
        true,
        "inside");
    BrokerFailure unreadable =
        BrokerFailure.of(
            new KafkaException("keystore", new NoSuchFileException("/nowhere.jks")), config);
    assertThat(unreadable.getMessage()).contains("kafka.client.ssl.*", "/nowhere.jks");
  }

  @Test
  void whatIsWrongWithACertificateIsTold() {
    requireSentence(
        new SslAuthenticationException("x", new CertPathBuilderException("no path")),
        false,
        "no path",
        "truststore");
    requireSentence(
        new SslAuthenticationException("x", new CertificateException("No name matching broker")),
        false,
        "No name matching broker",
        "made out to");
  }

  @Test
  void nothingOfALoginThatCannotBeReadIsRepeated() {
    BrokerFailure told =
        BrokerFailure.of(
            new KafkaException(
                "outside",
                new IllegalArgumentException(
                    "Value not specified for key 'hunter2' in JAAS config")),
            config);
    assertThat(told.getMessage()).contains("sasl.jaas.config").doesNotContain("hunter2");
  }

  @Test
  void whatWasToldAlreadyIsToldTheSame() {
    BrokerFailure told = BrokerFailure.of(new TimeoutException("late"), config);
    assertThat(BrokerFailure.of(told, config).getMessage()).isEqualTo(told.getMessage());
  }
}
