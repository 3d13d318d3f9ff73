package io.fieldmark.labelled;

import java.io.IOException;
import java.nio.file.Path;

/** No photo can be kept where the configuration says; the message tells the operator why. */
public final class UnusableFolder extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableFolder(Path folder, IOException cause) {
    super(
        "feedback.store_photos is on, and no photo can be kept in feedback.folder, %s: %s"
            .formatted(folder.toAbsolutePath(), DiskFailure.tell(cause)),
        cause);
  }
}
