package io.fieldmark.labelled;

import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.RequestId;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Where a photo lies among those of its label: {@code LABEL/ID.jpg}. */
public record PhotoPlace(FolderName folder, RequestId id, ImageFormat format) {
  /** Empty for what is no photo of ours. */
  static Optional<PhotoPlace> of(FolderName folder, String file) {
    int dot = file.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    return RequestId.parse(file.substring(0, dot))
        .flatMap(
            id ->
                Arrays.stream(ImageFormat.values())
                    .map(format -> new PhotoPlace(folder, id, format))
                    .filter(place -> place.file().equals(file))
                    .findFirst());
  }

  PhotoPlace in(FolderName other) {
    return new PhotoPlace(other, id, format);
  }

  private String file() {
    return id + "." + suffix();
  }

  private String suffix() {
    return switch (format) {
      case JPEG -> "jpg";
      case PNG, WEBP, GIF, BMP -> format.wireName();
    };
  }

  /**
   * @param root the folder of all labels
   */
  public Path below(Path root) {
    return root.resolve(folder.text()).resolve(file());
  }
}
