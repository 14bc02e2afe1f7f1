package dev.photofinish.relay;

import dev.photofinish.relay.fanout.ReaderSlot;
import dev.photofinish.relay.source.Attachment;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.source.SourceReader;
import dev.photofinish.relay.source.SourceTrack;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A reader's place at a camera. */
final class ReaderAttachment implements Attachment {
  private static final String CLOSED = "closed";

  private final Place place;
  private final ReaderInfo info;
  private final SourceReader reader;
  private final ReaderSlot slot;
  private final EventLoop loop;
  private final Instant since = Instant.now();

  /** The camera, as one of its readers sees it; called on any thread. */
  interface Place {
    /** It goes on after a pause. */
    void resume(ReaderAttachment reader);

    /** A reader goes on with the next key frame. */
    void missed();

    /** It leaves. */
    void detach(ReaderAttachment reader, String reason);
  }

  ReaderAttachment(
      Place place, ReaderInfo info, SourceReader reader, ReaderSlot slot, EventLoop loop) {
    this.place = place;
    this.info = info;
    this.reader = reader;
    this.slot = slot;
    this.loop = loop;
  }

  ReaderInfo info() {
    return info;
  }

  ReaderSlot slot() {
    return slot;
  }

  /** Whether these tracks are those that it was told of. */
  boolean isOf(List<SourceTrack> offered) {
    return reader.isOf(offered);
  }

  /** It is ended before it began. */
  void refuse(String reason) {
    loop.execute(() -> slot.ended(reason));
  }

  EventLoop loop() {
    return loop;
  }

  ReaderStatus status() {
    return new ReaderStatus(info, since, slot.packets(), slot.bytes(), slot.dropped());
  }

  @Override
  public void pause() {
    slot.pause();
  }

  @Override
  public void resume(Set<Integer> tracks) {
    slot.tracks(tracks);
    place.resume(this);
  }

  @Override
  public void requestKeyFrame() {
    place.missed();
  }

  @Override
  public long dropped() {
    return slot.dropped();
  }

  @Override
  public long packets() {
    return slot.packets();
  }

  @Override
  public long bytes() {
    return slot.bytes();
  }

  @Override
  public void close() {
    close(CLOSED);
  }

  @Override
  public void close(String reason) {
    slot.close();
    place.detach(this, reason);
  }
}
