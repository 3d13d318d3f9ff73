package io.fieldmark.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection to a management port, with the manners that a test gives it. */
public final class Scraper implements AutoCloseable {
  /** Of the loopback, where a machine has all of them. */
  public static final String ANOTHER_ADDRESS = "127.0.0.2";

  private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)");
  private static final int PATIENCE_MILLIS = 20_000;

  /** Small, so that what is not read soon piles up at the server. */
  private static final int RECEIVED_BYTES = 4_096;

  private final Socket socket = new Socket();

  public Scraper(int port) throws IOException {
    this(port, "127.0.0.1");
  }

  /**
   * @param from address of the loopback
   */
  public Scraper(int port, String from) throws IOException {
    socket.setReceiveBufferSize(RECEIVED_BYTES);
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
  }

  /** Whether one can connect from {@link #ANOTHER_ADDRESS}. */
  public static boolean hasAnotherAddress() {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(ANOTHER_ADDRESS), 0));
      return true;
    } catch (IOException missing) {
      return false;
    }
  }

  public static String request(String path) {
    return "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path);
  }

  /** As it is, whether it is a request or not; lost when the server has closed the connection. */
  public void say(String text) throws IOException {
    try {
      socket.getOutputStream().write(text.getBytes(UTF_8));
    } catch (SocketException closed) {
      // Whether that may be, the test asks isClosed.
    }
  }

  /** Head and body of the next answer; what there is of it, when the server closes. */
  public String answer() throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return head.toString();
      }
      head.append((char) next);
    }
    Matcher length = LENGTH.matcher(head);
    return length.find()
        ? head + new String(in.readNBytes(Integer.parseInt(length.group(1))), UTF_8)
        : head.toString();
  }

  public String ask(String path) throws IOException {
    say(request(path));
    return answer();
  }

  /** Waits for the first byte of an answer, and takes it. */
  public void awaitAnswer() throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    assertThat(socket.getInputStream().read()).isEqualTo('H');
  }

  /** How many bytes come until the server has closed the connection. */
  public long bytesUntilClosed() throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    byte[] skipped = new byte[RECEIVED_BYTES];
    long bytes = 0;
    try {
      for (int n = 0; n >= 0; n = socket.getInputStream().read(skipped)) {
        bytes += n;
      }
    } catch (SocketException reset) {
      return bytes;
    }
    return bytes;
  }

  /** Skips whatever has come; true when the server has closed the connection. */
  public boolean isClosed() throws IOException {
    socket.setSoTimeout(1);
    byte[] skipped = new byte[RECEIVED_BYTES];
    try {
      while (socket.getInputStream().read(skipped) >= 0) {}
      return true;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
