package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.kafka.LabelledFormat.Labelled;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelledFormatTest {
  private static final RequestId ID = RequestId.next(WireRecords.STORED);
  private static final byte[] PICTURE = {1, 2, 3};

  private static ProducerRecord<byte[], byte[]> written(ImageFormat format) {
    return LabelledFormat.write(
        "t", WireRecords.labelled(ID, "Löwe"), "Löwe", format, PICTURE, ID, WireRecords.STORED);
  }

  @ParameterizedTest
  @EnumSource(ImageFormat.class)
  void whatIsWrittenIsRead(ImageFormat format) {
    ConsumerRecord<byte[], byte[]> stored = WireRecords.stored(written(format), 0, 1);
    assertThat(LabelledFormat.read(stored)).hasValue(new Labelled(ID, "Löwe", format));
    assertThat(stored.value()).isEqualTo(PICTURE);
  }

  @Test
  void whatIsForgottenHasNoValueUnderItsId() {
    ConsumerRecord<byte[], byte[]> stored =
        WireRecords.stored(LabelledFormat.forgotten("t", ID), 0, 1);
    assertThat(LabelledFormat.id(stored)).hasValue(ID);
    assertThat(stored.value()).isNull();
    assertThat(LabelledFormat.read(stored)).isEmpty();
  }

  @Test
  void recordsOfOthersAreNotRead() {
    ProducerRecord<byte[], byte[]> photo = written(ImageFormat.PNG);
    Header[] none = {};
    assertThat(LabelledFormat.read(WireRecords.stored(photo.key(), PICTURE, none, 0, 1))).isEmpty();
    assertThat(LabelledFormat.id(WireRecords.stored(null, PICTURE, none, 0, 1))).isEmpty();
    photo.headers().remove(EventHeaders.LABEL);
    assertThat(LabelledFormat.read(WireRecords.stored(photo, 0, 1))).isEmpty();
  }
}
