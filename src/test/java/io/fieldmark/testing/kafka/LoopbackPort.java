package io.fieldmark.testing.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that stay free for a server that goes away and comes back: they lie below those that the
 * system gives to outgoing connections. A client that calls a dead server on one of the latter can
 * be given that very port, and then talks to itself while the server cannot return.
 */
public final class LoopbackPort {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;
  private static final int ATTEMPTS = 100;

  private LoopbackPort() {}

  public static int free() throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket socket = listen(port)) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // another one is tried
      }
    }
    throw new IOException("No port is free between %d and %d".formatted(FIRST, END));
  }

  static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(address(port));
      return socket;
    } catch (IOException taken) {
      socket.close();
      throw taken;
    }
  }

  /** 127.0.0.1, as the brokers advertise it, whatever the name localhost stands for. */
  static InetSocketAddress address(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }
}
