package io.fieldmark.e2e;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A mail server on the loopback that keeps what it is sent. */
final class MailSink implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  MailSink() {
    server.start();
  }

  /** What a reader of the mail sees. */
  record Mail(String from, List<String> to, String subject, String text, String html) {
    static Mail of(MimeMessage message) {
      try {
        return new Mail(
            message.getFrom()[0].toString(),
            Stream.of(message.getAllRecipients()).map(Object::toString).toList(),
            message.getSubject(),
            part(message, "text/plain"),
            part(message, "text/html"));
      } catch (MessagingException | IOException unreadable) {
        throw new AssertionError("The mail cannot be read", unreadable);
      }
    }

    private static String part(Part part, String type) throws MessagingException, IOException {
      if (part.isMimeType(type)) {
        return part.getContent().toString();
      }
      String found = "";
      if (part.getContent() instanceof Multipart parts) {
        for (int i = 0; i < parts.getCount() && found.isEmpty(); i++) {
          found = part(parts.getBodyPart(i), type);
        }
      }
      return found;
    }
  }

  int port() {
    return server.getSmtp().getPort();
  }

  List<Mail> mails() {
    return Stream.of(server.getReceivedMessages()).map(Mail::of).toList();
  }

  /** Waits until so many mails have come. */
  Mail await(int number) throws InterruptedException {
    if (!server.waitForIncomingEmail(PATIENCE.toMillis(), number)) {
      throw new AssertionError("Mail %d did not come; so far: %s".formatted(number, mails()));
    }
    return mails().get(number - 1);
  }

  @Override
  public void close() {
    server.stop();
  }
}
