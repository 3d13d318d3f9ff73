package io.fieldmark.testing.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A stretch of network in front of a broker that can be made bad: slow, cut, half-closed. A delay
 * beyond every timeout is a network that loses everything without saying so.
 */
public final class FaultProxy implements AutoCloseable {
  private final int port;
  private final int brokerPort;
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final Map<Direction, Duration> delays = new ConcurrentHashMap<>();
  private ServerSocket door;

  private FaultProxy(int port, int brokerPort) {
    this.port = port;
    this.brokerPort = brokerPort;
  }

  /** Forwards connections to the port on 127.0.0.1, where nothing has to listen yet. */
  static FaultProxy start(int brokerPort) throws IOException {
    FaultProxy proxy = new FaultProxy(LoopbackPort.free(), brokerPort);
    proxy.open();
    return proxy;
  }

  /** Where clients connect. */
  public int port() {
    return port;
  }

  /** Everything that is on its way in this direction, and comes, arrives so much later. */
  public void delay(Direction direction, Duration delay) {
    delays.put(direction, delay);
    connections.forEach(ProxiedConnection::reconsider);
  }

  /** Resets all connections and refuses new ones until {@link #heal}. */
  public synchronized void cut() throws IOException {
    door.close();
    connections.forEach(ProxiedConnection::cut);
    connections.clear();
  }

  /**
   * Ends this direction of all connections that there are: the receiver sees the end of the stream,
   * while what it sends still arrives. New connections are whole.
   */
  public void halfClose(Direction direction) throws IOException {
    for (ProxiedConnection connection : connections) {
      connection.halfClose(direction);
    }
  }

  /** Takes back delays and cut. */
  public synchronized void heal() throws IOException {
    delays.clear();
    connections.forEach(ProxiedConnection::reconsider);
    if (door.isClosed()) {
      open();
    }
  }

  @Override
  public void close() {
    try {
      cut();
    } catch (IOException unclosable) {
      throw new UncheckedIOException(unclosable);
    }
  }

  private synchronized void open() throws IOException {
    ServerSocket opened = LoopbackPort.listen(port);
    door = opened;
    Thread.ofPlatform().daemon().name("proxy-" + port).start(() -> accept(opened));
  }

  private void accept(ServerSocket opened) {
    while (!opened.isClosed()) {
      try {
        connect(opened, opened.accept());
      } catch (IOException closed) {
        // by cut, which ends the loop
      }
    }
  }

  /** A client of a broker that is down is cut off, as the broker's machine would do it. */
  private void connect(ServerSocket opened, Socket client) throws IOException {
    Socket broker = new Socket();
    ProxiedConnection connection = new ProxiedConnection(client, broker, this::delayNanos);
    try {
      broker.connect(LoopbackPort.address(brokerPort));
      register(opened, connection);
    } catch (IOException unreachable) {
      connection.cut();
    }
  }

  private synchronized void register(ServerSocket opened, ProxiedConnection connection)
      throws IOException {
    if (opened.isClosed()) {
      throw new IOException("Cut while it was connecting");
    }
    connections.add(connection);
    connection.start(connections::remove);
  }

  private long delayNanos(Direction direction) {
    return delays.getOrDefault(direction, Duration.ZERO).toNanos();
  }
}
