package io.fieldmark.ingestion;

import static io.fieldmark.testing.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerGateTest {
  private final Vertx vertx = Vertx.vertx();
  private final AnswerGate gate = new AnswerGate();

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void anOpenGateLetsAnswersPassAtOnce() {
    List<String> answers = new ArrayList<>();
    gate.pass(() -> answers.add("now"));
    assertThat(answers).containsExactly("now");
  }

  @Test
  void aClosedGateHoldsAnswersUntilItIsOpenedAndGivesThemOnTheirOwnContext() throws Exception {
    Promise<Context> answeredOn = Promise.promise();
    Promise<Void> held = Promise.promise();
    Context own = vertx.getOrCreateContext();
    gate.close();
    own.runOnContext(
        now -> {
          gate.pass(() -> answeredOn.complete(Vertx.currentContext()));
          held.complete();
        });
    await(held.future());
    assertThat(answeredOn.future().isComplete()).isFalse();
    gate.open();
    assertThat(await(answeredOn.future())).isSameAs(own);
  }

  @Test
  void anOpenedGateStaysOpen() {
    gate.close();
    gate.open();
    List<String> answers = new ArrayList<>();
    gate.pass(() -> answers.add("after"));
    assertThat(answers).containsExactly("after");
  }
}
