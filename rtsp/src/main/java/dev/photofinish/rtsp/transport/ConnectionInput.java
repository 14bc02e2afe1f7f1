package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.codec.InterleavedFrame;
import dev.photofinish.rtsp.codec.StrayBytes;
import dev.photofinish.rtsp.dialogue.DialogueEvent;
import dev.photofinish.rtsp.dialogue.DialogueState;
import dev.photofinish.rtsp.loop.PendingEvents;
import dev.photofinish.rtsp.message.Received;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Ticker;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on what a connection brings, one at a time: messages to its dialogue, media to its tracks.
 * Input that comes while another event is handled is kept until then.
 */
final class ConnectionInput {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionInput.class);

  private final ConnectionContext context;
  private final DialogueDriver dialogue;
  private final ConnectionMedia media;
  private final PendingEvents pending;
  private final Ticker clock;
  private final Consumer<DialogueEvent> handler;

  /** When the bytes that are decoded were read: of all frames among them, which came together. */
  private long readAt;

  /**
   * @param handler gives the dialogue an event at once
   */
  ConnectionInput(
      ConnectionContext context,
      DialogueDriver dialogue,
      ConnectionMedia media,
      PendingEvents pending,
      Ticker clock,
      Consumer<DialogueEvent> handler) {
    this.context = context;
    this.dialogue = dialogue;
    this.media = media;
    this.pending = pending;
    this.clock = clock;
    this.handler = handler;
  }

  /** Bytes were read, whose frames follow. */
  void bytesRead() {
    readAt = clock.nanoTime();
  }

  /**
   * A frame came whose content is the {@code length} bytes at {@code index} of {@code in}, which
   * stay the caller's.
   */
  void frame(int channel, ByteBuf in, int index, int length) {
    if (pending.enter()) {
      try {
        media(channel, in, index, length, readAt);
      } finally {
        pending.exit();
      }
    } else {
      received(new InterleavedFrame(channel, in.retainedSlice(index, length)));
    }
  }

  private void media(int channel, ByteBuf in, int index, int length, long at) {
    if (!takesMedia()) {
      return;
    }
    if (dialogue.state().hasSession()) {
      media.frame(channel, in, index, length, at);
    } else {
      media.early(in, index, length);
    }
  }

  private boolean takesMedia() {
    return !context.isOver() && dialogue.state() != DialogueState.LEAVING;
  }

  /** Takes over one message, frame or datagram. */
  void received(Object message) {
    if (pending.enter()) {
      try {
        read(message);
      } finally {
        pending.exit();
      }
    } else {
      pending.run(() -> read(message));
    }
  }

  private void read(Object message) {
    try {
      if (context.isOver()) {
        return;
      }
      long now = clock.nanoTime();
      if (message instanceof InterleavedFrame frame) {
        ByteBuf content = frame.content();
        media(frame.channel(), content, content.readerIndex(), content.readableBytes(), now);
      } else if (message instanceof UdpDatagram datagram) {
        if (takesMedia()) {
          media.datagram(datagram, now);
        }
      } else if (message instanceof Received received) {
        LOG.trace("{} <- {}", context.remote(), received.message());
        readAt = now; // frames behind an answer did not come before it
        media.answer(now);
        handler.accept(new DialogueEvent.Received(received.message()));
        media.reportStalled();
      } else {
        LOG.debug("{}: skipped {}", context.remote(), message);
        if (message instanceof StrayBytes stray && !dialogue.state().isAnswered()) {
          context.owner().strange(OtherProtocol.stray(context.remote(), stray.excerpt()));
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }
}
