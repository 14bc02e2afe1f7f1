package dev.photofinish.relay.web.live;

import io.netty.buffer.ByteBuf;

/** Takes what a {@link LiveStream} makes. Called on any thread, one call after the other. */
public interface FragmentViewer {
  /** A new beginning: what follows can be read only with this header. */
  void header(LiveHeader header);

  /**
   * A fragment, or several of them.
   *
   * @param content valid during the call, retained to keep it
   * @param info of all of them
   */
  void fragment(ByteBuf content, FragmentInfo info);

  /** Nothing more comes. */
  void ended(String reason);
}
