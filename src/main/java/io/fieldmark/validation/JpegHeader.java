package io.fieldmark.validation;

import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.ImageHeader;
import java.util.Optional;

/**
 * Finds a JPEG's frame header (ITU-T T.81, B.2.2), stepping over the segments before it by their
 * lengths, so that the header of a thumbnail inside one of them is not taken for it.
 */
final class JpegHeader {
  private static final int START_OF_SCAN = 0xDA;

  private JpegHeader() {}

  static Optional<ImageHeader> read(Bytes file) {
    int position = 2;
    while (file.has(position + 4L)) {
      if (file.at(position) != 0xFF) {
        return Optional.empty();
      }
      int marker = file.at(position + 1);
      if (marker == 0xFF || standsAlone(marker)) {
        position += marker == 0xFF ? 1 : 2;
        continue;
      }
      if (isStartOfFrame(marker)) {
        return file.has(position + 9L)
            ? ImageHeaderReader.header(
                ImageFormat.JPEG, file.bigEndian16(position + 7), file.bigEndian16(position + 5))
            : Optional.empty();
      }
      int length = file.bigEndian16(position + 2);
      if (!isSegmentBeforeFrame(marker) || length < 2) {
        return Optional.empty();
      }
      position += 2 + length;
    }
    return Optional.empty();
  }

  /**
   * How many scans the file has, counted up to one more than {@code bound}. In a scan's coded bytes
   * the marker cannot occur; thumbnails in other segments add their own few.
   */
  static int scans(Bytes file, int bound) {
    int scans = 0;
    for (int position = 0; file.has(position + 2L) && scans <= bound; position++) {
      if (file.at(position) == 0xFF && file.at(position + 1) == START_OF_SCAN) {
        scans++;
      }
    }
    return scans;
  }

  /** Markers without a segment: TEM and the restarts. */
  private static boolean standsAlone(int marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
  }

  /**
   * DHT, DAC, DQT, DNL, DRI, APP0 to APP15 and COM. Nothing else may stand here: what one reader
   * steps over by its length another ignores, and finds another frame, with another size, inside.
   */
  private static boolean isSegmentBeforeFrame(int marker) {
    return marker == 0xC4
        || marker == 0xCC
        || (marker >= 0xDB && marker <= 0xDD)
        || (marker >= 0xE0 && marker <= 0xEF)
        || marker == 0xFE;
  }

  /** SOF0 to SOF15, without DHT (C4), JPG (C8) and DAC (CC) which stand among them. */
  private static boolean isStartOfFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }
}
