package dev.photofinish.rtp.format;

/** A codec whose frames are read from RTP. */
public enum Codec {
  H264(Kind.VIDEO),
  H265(Kind.VIDEO),
  H266(Kind.VIDEO),
  AV1(Kind.VIDEO),
  VP8(Kind.VIDEO),
  VP9(Kind.VIDEO),
  MPEG4_VISUAL(Kind.VIDEO),
  /** MPEG-1 and MPEG-2 video. */
  MPEG2_VIDEO(Kind.VIDEO),
  JPEG(Kind.VIDEO),
  AAC(Kind.AUDIO),
  OPUS(Kind.AUDIO),
  /** G.711 with mu-law. */
  PCMU(Kind.AUDIO),
  /** G.711 with A-law. */
  PCMA(Kind.AUDIO),
  G722(Kind.AUDIO),
  /** Samples packed from the lowest bit of each byte up (RFC 3551 section 4.5.4). */
  G726(Kind.AUDIO),
  /**
   * G.726 with samples packed from the highest bit of each byte down, as in AAL2 (ITU-T I.366.2).
   */
  G726_AAL2(Kind.AUDIO),
  /** Signed samples of 8 bits. */
  L8(Kind.AUDIO),
  /** Signed samples of 16 bits, the highest byte first. */
  L16(Kind.AUDIO),
  /** Signed samples of 24 bits, the highest byte first. */
  L24(Kind.AUDIO),
  /** MPEG audio, layers I to III. */
  MPEG_AUDIO(Kind.AUDIO),
  AC3(Kind.AUDIO),
  /** Never in RTP: what samples become for those that play no others. */
  FLAC(Kind.AUDIO),
  /** An MPEG transport stream: frames are whole packets of 188 bytes. */
  MPEG_TS(Kind.DATA),
  /** ONVIF metadata: XML documents. */
  ONVIF_METADATA(Kind.DATA),
  /** SMPTE 336 metadata. */
  KLV(Kind.DATA);

  /** The kind of media that a codec carries. */
  public enum Kind {
    VIDEO,
    AUDIO,
    DATA
  }

  private final Kind kind;

  Codec(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether its frames are NAL units, each after a start code of four bytes (Annex B). */
  public boolean hasNalUnits() {
    return this == H264 || this == H265 || this == H266;
  }
}
