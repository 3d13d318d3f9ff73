package io.fieldmark.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive HTTP connection that sends the same request again and again. Blocking, with
 * buffers outside the heap: a request costs two system calls and two changes of thread, no client
 * library is cheaper.
 */
final class Connection implements AutoCloseable {
  private static final int LARGEST_ANSWER = 64 * 1024;

  private final SocketChannel channel;
  private final ByteBuffer request;
  private final String expected;
  private final ByteBuffer answer = ByteBuffer.allocateDirect(LARGEST_ANSWER);

  /**
   * @param request shared by all connections
   */
  Connection(int port, PhotoRequest request) throws IOException {
    this.channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    this.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.request = request.bytes().duplicate();
    this.expected = request.expected();
  }

  /** Sends the request and waits for the whole answer; the text of one with another status. */
  String exchange() throws IOException {
    send();
    answer.clear();
    int end = -1;
    while (end < 0 || answer.position() < end) {
      if (channel.read(answer) < 0) {
        throw new EOFException("The service has closed the connection");
      }
      if (end < 0) {
        end = end();
      }
    }
    String whole = text(answer.position());
    return whole.startsWith("HTTP/1.1 " + expected) ? null : whole;
  }

  /** Returns when the whole request is on its way. */
  void send() throws IOException {
    request.rewind();
    while (request.hasRemaining()) {
      channel.write(request);
    }
  }

  /** Where the answer ends, -1 as long as its head is not complete. */
  private int end() {
    int body = 4;
    while (body <= answer.position() && !headEndsAt(body)) {
      body++;
    }
    if (body > answer.position()) {
      return -1;
    }
    String head = text(body).toLowerCase(Locale.ROOT);
    String name = "content-length:";
    int begin = head.indexOf(name) + name.length();
    return body + Integer.parseInt(head.substring(begin, head.indexOf('\r', begin)).strip());
  }

  private boolean headEndsAt(int position) {
    return answer.get(position - 1) == '\n'
        && answer.get(position - 2) == '\r'
        && answer.get(position - 3) == '\n';
  }

  private String text(int length) {
    byte[] bytes = new byte[length];
    answer.get(0, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
