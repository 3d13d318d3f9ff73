package io.fieldmark.client;

import io.fieldmark.domain.RequestId;
import io.fieldmark.labelled.PhotoPlace;
import java.io.IOException;

/** Port: where photos are kept with their labels. */
interface KeptPhotos {
  /** Tells all that is kept, in such an order that what is told last of a photo holds. */
  void tell(Receiver receiver) throws IOException, InterruptedException;

  /** Sees every photo. */
  interface Receiver {
    void kept(PhotoPlace place, Photo photo) throws IOException;

    /** Nothing of it is kept any more. */
    void forgotten(RequestId id) throws IOException;
  }

  /** The file's bytes, fetched when somebody needs them. */
  interface Photo {
    byte[] bytes() throws IOException;
  }
}
