package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.Source;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** A place in a group: its packets are sent by the {@link MulticastFeed}, once for all. */
final class MulticastOutput implements TrackOutput {
  private final MulticastGroups groups;
  private final Source source;
  private final MulticastFeed feed;
  private final Consumer<String> member;

  /**
   * @param member has joined
   */
  MulticastOutput(
      MulticastGroups groups, Source source, MulticastFeed feed, Consumer<String> member) {
    this.groups = groups;
    this.source = source;
    this.feed = feed;
    this.member = member;
  }

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public void send(OutgoingPacket packet) {
    // It is sent already.
  }

  @Override
  public void report(ByteBuf rtcp) {
    // It is sent already.
  }

  @Override
  public void flush() {
    // The feed does.
  }

  @Override
  public void close() {
    groups.leave(source, feed, member);
  }
}
