package io.fieldmark.domain;

/**
 * An encoded image that was validated. The bytes are shared by reference from the upload to the
 * decoder and must not be written to by anyone.
 */
public final class ImageFile {
  private final byte[] bytes;
  private final ImageHeader header;

  public ImageFile(byte[] bytes, ImageHeader header) {
    this.bytes = bytes;
    this.header = header;
  }

  /** The array itself, not a copy: a photo has megabytes and passes many hands. */
  public byte[] bytes() {
    return bytes;
  }

  public ImageHeader header() {
    return header;
  }
}
