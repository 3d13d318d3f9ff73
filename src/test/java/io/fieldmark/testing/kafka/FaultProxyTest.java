package io.fieldmark.testing.kafka;

import static io.fieldmark.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that sends back whatever it gets, until the client ends. */
class FaultProxyTest {
  private static final Duration DELAY = Duration.ofMillis(300);

  private ServerSocket server;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    int port = LoopbackPort.free();
    server = LoopbackPort.listen(port);
    Thread.ofPlatform().daemon().start(this::echoAll);
    proxy = FaultProxy.start(port);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  private void echoAll() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofPlatform().daemon().start(() -> echo(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void echo(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException cut) {
      // is what the test is about
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(LoopbackPort.address(proxy.port()));
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void roundTrip(Socket socket) throws IOException {
    socket.getOutputStream().write(7);
    assertThat(socket.getInputStream().read()).isEqualTo(7);
  }

  private static Duration timed(Socket socket) throws IOException {
    long begin = System.nanoTime();
    roundTrip(socket);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Test
  void everythingArrivesUnchangedAndThenTheEnd() throws Exception {
    byte[] sent = new byte[40 << 20];
    new Random(1).nextBytes(sent);
    try (Socket socket = connect()) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  socket.getOutputStream().write(sent);
                  socket.shutdownOutput();
                } catch (IOException broken) {
                  throw new AssertionError(broken);
                }
              });
      byte[] received = new DataInputStream(socket.getInputStream()).readAllBytes();
      sending.join();
      assertThat(received).isEqualTo(sent);
    }
  }

  @Test
  void eachDirectionIsDelayedByItself() throws Exception {
    try (Socket socket = connect()) {
      roundTrip(socket);
      proxy.delay(Direction.TO_BROKER, DELAY);
      assertThat(timed(socket)).isBetween(DELAY, DELAY.multipliedBy(2));
      proxy.delay(Direction.TO_CLIENT, DELAY);
      assertThat(timed(socket)).isGreaterThanOrEqualTo(DELAY.multipliedBy(2));
      proxy.heal();
      assertThat(timed(socket)).isLessThan(DELAY);
    }
  }

  @Test
  void whatALongDelayHoldsBackArrivesWhenHealed() throws Exception {
    try (Socket socket = connect()) {
      proxy.delay(Direction.TO_CLIENT, Duration.ofHours(1));
      socket.getOutputStream().write(7);
      socket.setSoTimeout(200);
      assertThatThrownBy(socket.getInputStream()::read).isInstanceOf(SocketTimeoutException.class);
      proxy.heal();
      socket.setSoTimeout(10_000);
      assertThat(socket.getInputStream().read()).isEqualTo(7);
    }
  }

  private boolean refuses() {
    try (Socket socket = connect()) {
      return !socket.isConnected();
    } catch (ConnectException refused) {
      return true;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void cutBreaksConnectionsAndRefusesNewOnesUntilHealed() throws Exception {
    try (Socket socket = connect()) {
      roundTrip(socket);
      proxy.cut();
      assertThatIOException()
          .isThrownBy(socket.getInputStream()::read)
          .withMessageContaining("reset");
      // The system closes the door a moment after it was told to.
      eventually("new ones are refused", this::refuses);
    }
    proxy.heal();
    try (Socket socket = connect()) {
      roundTrip(socket);
    }
  }

  @Test
  void aHalfClosedConnectionEndsForTheReceiverOnly() throws Exception {
    try (Socket socket = connect()) {
      roundTrip(socket);
      proxy.halfClose(Direction.TO_CLIENT);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      socket.getOutputStream().write(7);
    }
    try (Socket socket = connect()) {
      roundTrip(socket);
    }
  }

  @Test
  void whoCallsADeadBrokerIsCutOff() throws Exception {
    server.close();
    try (Socket socket = connect()) {
      assertThatThrownBy(
              () -> {
                socket.getOutputStream().write(7);
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
                throw new IOException("ended");
              })
          .isInstanceOf(IOException.class);
    }
  }
}
