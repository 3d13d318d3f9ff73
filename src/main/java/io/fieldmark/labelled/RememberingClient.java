package io.fieldmark.labelled;

import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.InferenceCapacity;
import io.fieldmark.transport.InferenceClient;
import io.fieldmark.transport.Submission;
import java.util.function.Consumer;

/** Holds each photo that gets a prediction, from before anybody is told of that. */
public final class RememberingClient implements InferenceClient {
  private final InferenceClient client;
  private final RecentPhotos recent;

  public RememberingClient(InferenceClient client, RecentPhotos recent) {
    this.client = client;
    this.recent = recent;
  }

  @Override
  public Submission submit(InferenceRequest request) {
    Submission submission = client.submit(request);
    return new Submission(
        submission.stored(), submission.answer().onSuccess(result -> remember(request, result)));
  }

  private void remember(InferenceRequest request, InferenceResult result) {
    switch (result) {
      case Prediction prediction -> recent.add(request.id(), request.image());
      case Rejection rejection -> {
        // There is nothing to say of it.
      }
    }
  }

  @Override
  public void cancel(RequestId id) {
    client.cancel(id);
  }

  @Override
  public void onResult(Consumer<InferenceResult> listener) {
    client.onResult(listener);
  }

  @Override
  public boolean stores() {
    return client.stores();
  }

  @Override
  public boolean mayStillAnswer(RequestId id) {
    return client.mayStillAnswer(id);
  }

  @Override
  public InferenceCapacity capacity() {
    return client.capacity();
  }
}
