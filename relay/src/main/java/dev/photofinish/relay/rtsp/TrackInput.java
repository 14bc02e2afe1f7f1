package dev.photofinish.relay.rtsp;

import io.netty.buffer.ByteBuf;

/** The way that one track of a publisher comes; used on the event loop of its connection. */
interface TrackInput extends TrackWay {
  /** Whether packets may come in another order than they were sent. */
  boolean isUnordered();

  /** Hands what comes to a receiver from now on. */
  void open(Receiver receiver);

  /** Hands nothing on until it is opened again. */
  void stop();

  /**
   * Hands on a frame of the connection.
   *
   * @return false if it is not of this track
   */
  boolean frame(int channel, ByteBuf content);

  /** Sends an RTCP compound packet of ours. */
  void report(byte[] rtcp);

  /** Takes what comes of a track; buffers are valid during the call. */
  interface Receiver {
    void rtp(ByteBuf packet);

    void rtcp(ByteBuf compound);
  }
}
