package dev.photofinish.relay.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.fanout.PayloadUnits.First;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes first in payloads of each kind. */
class PayloadUnitsTest {
  private static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  @ParameterizedTest
  @CsvSource({
    "H264, 65 88, KEY_PICTURE",
    "H264, 41 88, OTHER_PICTURE",
    "H264, 67 42, PARAMETER_SETS",
    "H264, 68 ce, PARAMETER_SETS",
    "H264, 09 10, NEITHER",
    "H264, 06 05, NEITHER",
    "H264, 7c 85 88, KEY_PICTURE",
    "H264, 7c 05 88, OTHER_PICTURE",
    "H264, 7c 81 88, OTHER_PICTURE",
    "H264, 78 0002 6742 0002 6588, PARAMETER_SETS",
    "H264, 78 0002 0910 0002 6588, KEY_PICTURE",
    "H264, 78 0002 0910 0002 4188, OTHER_PICTURE",
    "H264, 78 0002 0910, NEITHER",
    "H264, 78 ffff 0910, NEITHER",
    "H264, 78 0000 0000 0000, NEITHER",
    "H264, 65, NEITHER",
    "H265, 2601 af, KEY_PICTURE",
    "H265, 2a01 af, KEY_PICTURE",
    "H265, 0201 d0, OTHER_PICTURE",
    "H265, 4001 0c, PARAMETER_SETS",
    "H265, 4401 0c, PARAMETER_SETS",
    "H265, 4601 10, NEITHER",
    "H265, 6201 93 af, KEY_PICTURE",
    "H265, 6201 13 af, OTHER_PICTURE",
    "H265, 6201 81 af, OTHER_PICTURE",
    "H265, 6001 0003 460110 0003 2601af, KEY_PICTURE",
    "H265, 6001 0003 4201af 0003 2601af, PARAMETER_SETS",
    "H266, 0039 88, KEY_PICTURE",
    "H266, 0049 88, KEY_PICTURE",
    "H266, 0001 88, OTHER_PICTURE",
    "H266, 0079 88, PARAMETER_SETS",
    "H266, 00a1 88, NEITHER",
    "H266, 00e9 88 ff, KEY_PICTURE",
    "H266, 00e9 08 ff, OTHER_PICTURE",
    "H266, 00e1 0003 00a188 0003 004188, KEY_PICTURE"
  })
  void aPayloadBeginsWith(PayloadUnits units, String payload, First expected) {
    ByteBuf bytes = bytes(payload);
    int before = bytes.readerIndex();
    assertThat(units.first(bytes)).isEqualTo(expected);
    assertThat(bytes.readerIndex()).isEqualTo(before);
  }

  @Test
  void aPayloadMayBeEmpty() {
    for (PayloadUnits units : PayloadUnits.values()) {
      assertThat(units.first(Unpooled.EMPTY_BUFFER)).isEqualTo(First.NEITHER);
    }
  }
}
