/**
 * RTP and RTCP: {@link dev.photofinish.rtp.RtpHeader}, {@link dev.photofinish.rtp.RtcpPacket}; both
 * secured: {@link dev.photofinish.rtp.srtp.SrtpReceiver}.
 */
module dev.photofinish.rtp {
  requires static org.jspecify;

  exports dev.photofinish.rtp;
  exports dev.photofinish.rtp.srtp;
}
