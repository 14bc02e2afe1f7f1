package dev.photofinish.rtsp.message;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** The payload types that mean something without {@code rtpmap} (RFC 3551 section 6). */
enum StaticPayloadType {
  PCMU(0, "PCMU", 8000, 1),
  GSM(3, "GSM", 8000, 1),
  G723(4, "G723", 8000, 1),
  DVI4_8000(5, "DVI4", 8000, 1),
  DVI4_16000(6, "DVI4", 16000, 1),
  LPC(7, "LPC", 8000, 1),
  PCMA(8, "PCMA", 8000, 1),
  G722(9, "G722", 8000, 1),
  L16_STEREO(10, "L16", 44100, 2),
  L16_MONO(11, "L16", 44100, 1),
  QCELP(12, "QCELP", 8000, 1),
  CN(13, "CN", 8000, 1),
  MPA(14, "MPA", 90000, 0),
  G728(15, "G728", 8000, 1),
  DVI4_11025(16, "DVI4", 11025, 1),
  DVI4_22050(17, "DVI4", 22050, 1),
  G729(18, "G729", 8000, 1),
  CELB(25, "CELB", 90000, 0),
  JPEG(26, "JPEG", 90000, 0),
  NV(28, "NV", 90000, 0),
  H261(31, "H261", 90000, 0),
  MPV(32, "MPV", 90000, 0),
  MP2T(33, "MP2T", 90000, 0),
  H263(34, "H263", 90000, 0);

  private final int payloadType;
  private final String codec;
  private final int clockRate;
  private final int channels;

  StaticPayloadType(int payloadType, String codec, int clockRate, int channels) {
    this.payloadType = payloadType;
    this.codec = codec;
    this.clockRate = clockRate;
    this.channels = channels;
  }

  static Optional<RtpMap> find(int payloadType) {
    return Arrays.stream(values())
        .filter(type -> type.payloadType == payloadType)
        .map(StaticPayloadType::map)
        .findFirst();
  }

  private RtpMap map() {
    return new RtpMap(
        payloadType,
        codec,
        OptionalInt.of(clockRate),
        channels == 0 ? OptionalInt.empty() : OptionalInt.of(channels));
  }
}
