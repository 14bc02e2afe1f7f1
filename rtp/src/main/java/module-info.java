/**
 * RTP and RTCP: {@link dev.photofinish.rtp.RtpHeader}, {@link dev.photofinish.rtp.RtcpPacket}; both
 * secured: {@link dev.photofinish.rtp.srtp.SrtpReceiver}; frames: {@link
 * dev.photofinish.rtp.format.Depacketizer}.
 */
module dev.photofinish.rtp {
  requires static org.jspecify;
  requires transitive io.netty.buffer;

  exports dev.photofinish.rtp;
  exports dev.photofinish.rtp.format;
  exports dev.photofinish.rtp.srtp;
}
