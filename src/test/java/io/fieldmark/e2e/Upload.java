package io.fieldmark.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fieldmark.testing.DrawnImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A photo, or what is no photo, as it is sent to {@code POST /v1/predictions}.
 *
 * @param reason of the refusal that it deserves, empty when it deserves a prediction
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Upload(int status, String reason, String target, Map<String, String> headers, byte[] body) {
  private static final String TARGET = "/v1/predictions";
  private static final String FORM = "multipart/form-data; boundary=edge";
  static final int MAX_BYTES = 256 * 1024;
  static final int MAX_SIDE = 2000;

  /** The same small picture in each way that is documented. */
  static Upload good(String contentType) {
    return switch (contentType) {
      case "application/json" ->
          prediction(
              contentType,
              "{\"image\":\"%s\"}"
                  .formatted(Base64.getEncoder().encodeToString(DrawnImage.png(96, 64)))
                  .getBytes(US_ASCII));
      case "multipart/form-data" -> prediction(FORM, form(DrawnImage.jpeg(96, 64)));
      case "application/octet-stream" -> prediction(contentType, DrawnImage.jpeg(96, 64));
      case "image/webp" -> prediction(contentType, DrawnImage.webp(96, 64));
      default -> prediction(contentType, drawn(contentType.replace("image/", "")));
    };
  }

  private static byte[] drawn(String format) {
    return DrawnImage.encode(DrawnImage.quarters(96, 64, BufferedImage.TYPE_INT_RGB), format);
  }

  private static Upload prediction(String contentType, byte[] body) {
    return new Upload(200, "", TARGET, Map.of("Content-Type", contentType), body);
  }

  private static byte[] form(byte[] file) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(
        """
        --edge\r
        Content-Disposition: form-data; name="image"; filename="photo.jpg"\r
        Content-Type: image/jpeg\r
        \r
        """
            .getBytes(US_ASCII));
    form.writeBytes(file);
    form.writeBytes("\r\n--edge--\r\n".getBytes(US_ASCII));
    return form.toByteArray();
  }

  /** One for each reason with which a service that has room and a model refuses an upload. */
  static List<Upload> bad() {
    byte[] png = DrawnImage.png(96, 64);
    byte[] wide = DrawnImage.png(MAX_SIDE + 1, 2);
    return List.of(
        refused(400, "empty", "image/jpeg", new byte[0]),
        refused(400, "malformed", "application/json", "{\"image\":7}".getBytes(US_ASCII)),
        refused(400, "malformed", FORM, "--edge--".getBytes(US_ASCII)),
        refused(413, "too_large", "image/jpeg", new byte[MAX_BYTES + 1]),
        refused(413, "too_many_pixels", "image/png", wide),
        refused(415, "unsupported_format", "image/jpeg", "no image".getBytes(US_ASCII)),
        refused(422, "undecodable", "image/png", Arrays.copyOf(png, 40)),
        new Upload(504, "deadline_exceeded", TARGET, timeout("0.000001"), png),
        new Upload(400, "malformed", TARGET + "?top_k=0", Map.of(), png),
        new Upload(400, "malformed", TARGET, timeout("-1"), png));
  }

  private static Upload refused(int status, String reason, String contentType, byte[] body) {
    return new Upload(status, reason, TARGET, Map.of("Content-Type", contentType), body);
  }

  private static Map<String, String> timeout(String seconds) {
    return Map.of("X-Request-Timeout", seconds);
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(target, headers, reason);
  }
}
