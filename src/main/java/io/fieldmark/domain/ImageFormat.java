package io.fieldmark.domain;

import java.util.Locale;

/** The formats that are recognised, always by their bytes, never by a name or a content type. */
public enum ImageFormat {
  JPEG,
  PNG,
  WEBP,
  GIF,
  BMP;

  /** Stable outside this program: answers and documents spell formats like this. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
