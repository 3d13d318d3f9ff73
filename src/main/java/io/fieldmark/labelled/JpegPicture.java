package io.fieldmark.labelled;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The tables, frames and scans of a JPEG (ITU-T T.81, B.2), and of its application segments only
 * what says how colours are coded. The colour profile goes too: it may tell the device, and nobody
 * here heeds it.
 */
final class JpegPicture {
  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;
  private static final int JFIF = 0xE0;
  private static final int EXIF = 0xE1;
  private static final int ADOBE = 0xEE;
  private static final byte[] JFIF_NAME = {'J', 'F', 'I', 'F', 0};
  private static final byte[] ADOBE_NAME = {'A', 'd', 'o', 'b', 'e'};
  private static final int JFIF_LENGTH = 12;
  private static final int ADOBE_LENGTH = 12;

  private final ByteBuffer file;
  private final Picture body;
  private Optional<Integer> orientation = Optional.empty();
  private boolean jfif;
  private boolean scanned;

  JpegPicture(ByteBuffer file) {
    this.file = file;
    this.body = new Picture(file.limit());
  }

  /** A file whose end is missing is given one: decoders take it so. */
  Optional<byte[]> alone() {
    int position = 2;
    while (position + 1 < file.limit()) {
      if (at(position) != 0xFF) {
        return Optional.empty();
      }
      int marker = at(position + 1);
      if (marker == END) {
        return scanned ? Optional.of(whole()) : Optional.empty();
      }
      if (marker == 0xFF || standsAlone(marker)) {
        position += marker == 0xFF ? 1 : 2;
        continue;
      }
      int length = Short.toUnsignedInt(file.getShort(position + 2));
      if (!isSegment(marker) || length < 2) {
        return Optional.empty();
      }
      take(marker, position, length);
      position += 2 + length;
      if (marker == SCAN) {
        position = scan(position);
      }
    }
    return scanned ? Optional.of(whole()) : Optional.empty();
  }

  private int at(int position) {
    return file.get(position) & 0xFF;
  }

  private void take(int marker, int position, int length) {
    ByteBuffer content = file.slice(position + 4, length - 2);
    if (marker == JFIF && !jfif && begins(content, JFIF_NAME, JFIF_LENGTH)) {
      jfif = true;
      // Without the thumbnail.
      body.write(0xFF, JFIF, 0, 16).copy(content, 0, JFIF_LENGTH).write(0, 0);
    } else if (marker == EXIF && orientation.isEmpty() && Orientation.hasPrefix(content)) {
      orientation = Optional.of(Orientation.of(content));
    } else if (marker == ADOBE && begins(content, ADOBE_NAME, ADOBE_LENGTH)) {
      body.write(0xFF, ADOBE, 0, 14).copy(content, 0, ADOBE_LENGTH);
    } else if (isNeeded(marker)) {
      body.copy(file, position, 2 + length);
    }
  }

  private static boolean begins(ByteBuffer content, byte[] name, int least) {
    return content.limit() >= least && content.slice(0, name.length).equals(ByteBuffer.wrap(name));
  }

  /** Copies coded bytes up to the marker that ends them, and returns where that stands. */
  private int scan(int from) {
    scanned = true;
    int position = from;
    while (position < file.limit() && !endsScan(position)) {
      position++;
    }
    body.copy(file, from, position - from);
    return position;
  }

  private boolean endsScan(int position) {
    if (at(position) != 0xFF || position + 1 >= file.limit()) {
      return false;
    }
    int next = at(position + 1);
    return next != 0 && next != 0xFF && !(next >= 0xD0 && next <= 0xD7);
  }

  /** Exif comes first, where all decoders look for it. */
  private byte[] whole() {
    Picture whole = new Picture(body.size() + 64).write(0xFF, 0xD8);
    orientation
        .filter(turned -> turned != Orientation.UPRIGHT)
        .map(Orientation::exif)
        .ifPresent(exif -> whole.write(0xFF, EXIF, 0, exif.length + 2).write(exif));
    return whole.write(body).write(0xFF, END).toBytes();
  }

  /** Markers without a segment: TEM, and restarts where no scan is. */
  private static boolean standsAlone(int marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
  }

  private static boolean isSegment(int marker) {
    return isNeeded(marker) || (marker >= 0xE0 && marker <= 0xEF) || marker == 0xFE;
  }

  /** Frames and DHT and DAC, then SOS, DQT, DNL and DRI. */
  private static boolean isNeeded(int marker) {
    return (marker >= 0xC0 && marker <= 0xCF && marker != 0xC8)
        || (marker >= SCAN && marker <= 0xDD);
  }
}
