package dev.photofinish.cli.pipe;

/** A form in which media are written to standard output. */
enum PipeFormat {
  /** The NAL units of one H.264, H.265 or H.266 video. */
  ANNEXB,
  /** An MPEG transport stream. */
  TS,
  /** Fragmented MP4. */
  MP4,
  /** The RTP packets of one media, each after its length in two bytes (RFC 4571). */
  RTP
}
