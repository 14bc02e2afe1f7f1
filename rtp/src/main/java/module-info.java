/** RTP and RTCP: {@link dev.photofinish.rtp.RtpHeader}, {@link dev.photofinish.rtp.RtcpPacket}. */
module dev.photofinish.rtp {
  requires static org.jspecify;

  exports dev.photofinish.rtp;
}
