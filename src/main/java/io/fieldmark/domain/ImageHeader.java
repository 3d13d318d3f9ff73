package io.fieldmark.domain;

/**
 * What a file says of itself before anything is decoded. Width and height in pixels as stored, that
 * is, before any rotation that EXIF asks for.
 */
public record ImageHeader(ImageFormat format, int width, int height) {
  public long pixels() {
    return (long) width * height;
  }
}
