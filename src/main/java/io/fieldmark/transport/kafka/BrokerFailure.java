package io.fieldmark.transport.kafka;

import io.fieldmark.config.KafkaConfig;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** The broker cannot be worked with; the message tells an operator what to mend. */
public final class BrokerFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean passing;

  BrokerFailure(String sentence, boolean passing, Throwable cause) {
    super(sentence, cause);
    this.passing = passing;
  }

  /** What was told already is not told in other words. */
  public static BrokerFailure of(Throwable failure, KafkaConfig config) {
    return causes(failure)
        .filter(BrokerFailure.class::isInstance)
        .map(BrokerFailure.class::cast)
        .findFirst()
        .orElseGet(() -> explained(failure, config));
  }

  private static BrokerFailure explained(Throwable failure, KafkaConfig config) {
    Optional<Throwable> told = causes(failure).filter(BrokerFailure::tells).findFirst();
    Throwable cause = told.orElseGet(() -> deepest(failure));
    return new BrokerFailure(
        sentence(cause, config.bootstrapServers()), cause instanceof RetriableException, failure);
  }

  /** The failure itself, and what is behind it. */
  static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }

  /** Whether it is that the broker does not let somebody in, or not do something. */
  static boolean refused(Throwable failure) {
    return causes(failure).anyMatch(BrokerFailure::refuses);
  }

  private static boolean refuses(Throwable cause) {
    return cause instanceof AuthenticationException || cause instanceof AuthorizationException;
  }

  private static Throwable deepest(Throwable failure) {
    return causes(failure).reduce((one, deeper) -> deeper).get();
  }

  private static boolean tells(Throwable cause) {
    return refuses(cause)
        || cause instanceof RetriableException
        || cause instanceof ConfigException
        || cause instanceof IOException;
  }

  private static String sentence(Throwable cause, String brokers) {
    String said = cause.getMessage();
    return switch (cause) {
      case SslAuthenticationException tls ->
          "No TLS connection to the broker at %s can be made (%s). %s"
              .formatted(brokers, deepest(tls).getMessage(), tlsAdvice(deepest(tls)));
      case UnsupportedSaslMechanismException mechanism ->
          "The broker at %s does not know this way to log in (%s). Check kafka.client.sasl.mechanism"
              .formatted(brokers, said);
      case IllegalSaslStateException unasked ->
          "The broker at %s does not ask for a login there (%s). Check kafka.client.security.protocol and the port"
              .formatted(brokers, said);
      case AuthenticationException refused ->
          "The broker at %s does not accept the credentials (%s). Check kafka.client.sasl.jaas.config and kafka.client.sasl.mechanism"
              .formatted(brokers, said);
      case AuthorizationException forbidden ->
          "The broker at %s does not allow this to the user that logs in (%s). Grant it with kafka-acls"
              .formatted(brokers, said);
      case ConfigException unusable ->
          "No client of Kafka at %s can be made (%s). Check kafka.bootstrap_servers and kafka.client.*"
              .formatted(brokers, said);
      // What it stumbles over is not repeated: in a login it may be a piece of the password.
      case IllegalArgumentException unreadable ->
          "No client of Kafka at %s can be made. Check kafka.client.*; sasl.jaas.config has to be one login module, required, its options with their values in quotes, and a ; at the end"
              .formatted(brokers);
      case IOException unreadable ->
          "A file that kafka.client.ssl.* names cannot be used (%s)".formatted(unreadable);
      case RetriableException away ->
          "No broker answers at %s (%s). Check kafka.bootstrap_servers, that the broker runs, and, where it wants TLS or a password, kafka.client.security.protocol"
              .formatted(brokers, said);
      case KafkaException other ->
          "The broker at %s cannot be worked with: %s".formatted(brokers, said);
      case Throwable other ->
          "The broker at %s cannot be worked with: %s".formatted(brokers, other);
    };
  }

  private static String tlsAdvice(Throwable cause) {
    return switch (cause) {
      case CertPathBuilderException untrusted ->
          "Check kafka.client.ssl.truststore.*, which must hold who signed the broker's certificate";
      case CertificateException madeOutToOthers ->
          "Check that the broker's certificate is valid and made out to the name by which it is called";
      case Throwable other ->
          "Check kafka.client.ssl.truststore.*, which must hold who signed the broker's certificate, and kafka.client.ssl.keystore.*";
    };
  }

  /** Whether it may be over by itself, so that another try makes sense. */
  public boolean passing() {
    return passing;
  }
}
