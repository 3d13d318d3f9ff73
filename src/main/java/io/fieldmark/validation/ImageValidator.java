package io.fieldmark.validation;

import io.fieldmark.config.AppConfig.ImageLimits;
import io.fieldmark.domain.Admission;
import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.ImageHeader;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import java.util.Locale;
import java.util.Optional;

/** Decides from an image's size and first bytes whether it is let in. Never decodes. */
public final class ImageValidator {
  private static final long SCANNED_PIXELS = 1_000_000_000;
  private static final long LEAST_SCANS = 16;
  private static final long MOST_SCANS = 100;

  private final ImageLimits limits;

  public ImageValidator(ImageLimits limits) {
    this.limits = limits;
  }

  public Admission<ImageFile> validate(RequestId id, byte[] bytes) {
    if (bytes.length == 0) {
      return Admission.refused(
          id, RejectionReason.EMPTY, "The request has no image. Send the bytes of a photo.");
    }
    if (bytes.length > limits.maxBytes()) {
      return tooLarge(id);
    }
    Bytes file = new Bytes(bytes);
    Optional<ImageFormat> format = ImageHeaderReader.format(file);
    if (format.isEmpty()) {
      return Admission.refused(
          id,
          RejectionReason.UNSUPPORTED_FORMAT,
          "The bytes are not those of a JPEG, PNG, WebP, GIF or BMP image.");
    }
    return ImageHeaderReader.read(format.get(), file)
        .map(
            header ->
                withinLimits(id, header)
                    .then(ok -> withinScans(id, ok, file))
                    .then(ok -> Admission.admitted(image(bytes, ok))))
        .orElseGet(() -> noSize(id, format.get()));
  }

  private static ImageFile image(byte[] bytes, ImageHeader header) {
    return new ImageFile(bytes, header);
  }

  private Admission<ImageHeader> withinLimits(RequestId id, ImageHeader header) {
    if (header.width() == 0 || header.height() == 0) {
      return Admission.refused(
          id,
          RejectionReason.UNDECODABLE,
          "The image is %d × %d pixels: there is nothing to see."
              .formatted(header.width(), header.height()));
    }
    if (header.pixels() > limits.maxPixels()
        || Math.max(header.width(), header.height()) > limits.maxSide()) {
      return Admission.refused(
          id,
          RejectionReason.TOO_MANY_PIXELS,
          "The image is %s × %s pixels; at most %s pixels in all and %s a side are accepted. Send it smaller."
              .formatted(
                  grouped(header.width()),
                  grouped(header.height()),
                  grouped(limits.maxPixels()),
                  grouped(limits.maxSide())));
    }
    return Admission.admitted(header);
  }

  /**
   * Each scan of a progressive JPEG goes over all pixels again: a megabyte with thousands of empty
   * scans would occupy a worker for minutes. Cameras and editors write some ten.
   */
  private static Admission<ImageHeader> withinScans(RequestId id, ImageHeader header, Bytes file) {
    if (header.format() != ImageFormat.JPEG) {
      return Admission.admitted(header);
    }
    int most = (int) Math.min(MOST_SCANS, Math.max(LEAST_SCANS, SCANNED_PIXELS / header.pixels()));
    return JpegHeader.scans(file, most) <= most
        ? Admission.admitted(header)
        : Admission.refused(
            id,
            RejectionReason.UNDECODABLE,
            "The JPEG has more than the %d scans that are decoded at its size. Save it anew."
                .formatted(most));
  }

  private static Admission<ImageFile> noSize(RequestId id, ImageFormat format) {
    return Admission.refused(
        id,
        RejectionReason.UNDECODABLE,
        "The file begins as %s but ends, or breaks off, before it says how large the image is."
            .formatted(format));
  }

  /** Also for images that are refused while they are still being received. */
  public <T> Admission<T> tooLarge(RequestId id) {
    return Admission.refused(
        id,
        RejectionReason.TOO_LARGE,
        "The image file is larger than the %s bytes that are accepted."
            .formatted(grouped(limits.maxBytes())));
  }

  public long maxBytes() {
    return limits.maxBytes();
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
