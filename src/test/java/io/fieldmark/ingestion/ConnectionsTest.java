package io.fieldmark.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.Eventually;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which connections of a real server are closed, and which are waited for. */
class ConnectionsTest {
  private static final Duration FOR_EVER = Duration.ofHours(1);

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final BlockingQueue<RoutingContext> asked = new LinkedBlockingQueue<>();
  private final Connections connections = new Connections(vertx, FOR_EVER);
  private HttpServer server;
  private volatile boolean sayAtOnce;

  @BeforeEach
  void listen() throws Exception {
    Promise<HttpServer> listening = Promise.promise();
    loop.runOnContext(
        now -> {
          Router router = Router.router(vertx);
          router.route().handler(connections::asked);
          router.route().handler(this::take);
          vertx
              .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
              .connectionHandler(connections::opened)
              .requestHandler(router)
              .listen(0, "127.0.0.1")
              .onComplete(listening);
        });
    server = Eventually.await(listening.future());
  }

  @AfterEach
  void close() throws Exception {
    Eventually.await(vertx.close());
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private void take(RoutingContext context) {
    if (sayAtOnce) {
      context.response().putHeader("connection", "close").end();
    } else {
      asked.add(context);
    }
  }

  private static void send(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private RoutingContext ask(Socket socket) throws Exception {
    send(socket);
    return asked.poll(20, TimeUnit.SECONDS);
  }

  private void answer(RoutingContext context) throws Exception {
    Promise<Void> written = Promise.promise();
    loop.runOnContext(now -> context.response().end().onComplete(written));
    Eventually.await(written.future());
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private Future<Void> closeIdle() {
    Promise<Void> closed = Promise.promise();
    loop.runOnContext(now -> connections.closeIdle(FOR_EVER).onComplete(closed));
    return closed.future();
  }

  @Test
  void whatIsIdleIsClosedAndWhoeverAsksOrHasJustComeIsNot() throws Exception {
    try (Socket idle = connect();
        Socket justCome = connect();
        Socket busy = connect()) {
      answer(ask(idle));
      RoutingContext first = ask(busy);
      Future<Void> closed = closeIdle();
      BufferedReader lines = reader(idle);
      assertThat(lines.lines()).startsWith("HTTP/1.1 200 OK");
      assertThat(closed.isComplete()).isFalse();

      RoutingContext second = ask(justCome);
      Eventually.await(closed);
      answer(first);
      answer(second);
      assertThat(reader(busy).readLine()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(reader(justCome).readLine()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void aConnectionThatIsSaidToCloseCloses() throws Exception {
    try (Socket socket = connect()) {
      RoutingContext request = ask(socket);
      request.response().putHeader("connection", "close");
      answer(request);
      assertThat(reader(socket).lines()).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void soItDoesWhereTheAnswerIsGivenBeforeTheRequestIsRead() throws Exception {
    sayAtOnce = true;
    try (Socket socket = connect()) {
      send(socket);
      assertThat(reader(socket).lines()).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void nobodyIsWaitedForWhereNobodyIs() throws Exception {
    Eventually.await(closeIdle());
  }
}
