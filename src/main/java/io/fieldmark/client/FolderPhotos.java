package io.fieldmark.client;

import io.fieldmark.labelled.PhotoFolder;
import io.fieldmark.labelled.PhotoPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The photos in the folder of a process that is alone; it may go on keeping more meanwhile. */
final class FolderPhotos implements KeptPhotos {
  private final Path folder;

  FolderPhotos(Path folder) {
    this.folder = folder;
  }

  @Override
  public void tell(Receiver receiver) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new ClientFailure(
          "No photo was ever kept in %s. Start serve with feedback.store_photos=true, or say where they are with feedback.folder"
              .formatted(folder));
    }
    for (PhotoPlace place : PhotoFolder.look(folder)) {
      receiver.kept(place, () -> Files.readAllBytes(place.below(folder)));
    }
  }
}
