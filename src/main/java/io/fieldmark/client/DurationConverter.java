package io.fieldmark.client;

import io.fieldmark.config.Amounts;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    try {
      return Amounts.duration(text);
    } catch (IllegalArgumentException | ArithmeticException unreadable) {
      throw new TypeConversionException(
          "'%s' is no duration, such as 30s, 10m or 2h".formatted(text));
    }
  }
}
