package dev.photofinish.relay.web.live;

import dev.photofinish.media.container.Fragment;
import dev.photofinish.media.container.FragmentOptions;
import dev.photofinish.media.container.FragmentOutput;
import dev.photofinish.media.container.Fragmenter;
import dev.photofinish.media.container.Header;
import dev.photofinish.media.mp4.Mp4Container;
import dev.photofinish.relay.source.FrameViewer;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.View;
import dev.photofinish.relay.web.sound.FlacConverter;
import dev.photofinish.rtp.format.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a camera as fragmented MP4, made once for all its viewers: a fragment a frame, so
 * that nothing waits. A new viewer gets the header and what came since the last key frame.
 *
 * <p>Safe for use by several threads: frames come on the source's event loop, viewers from those of
 * their connections.
 */
final class LiveStream {
  /** Of fragments since the last key frame. A longer group is not kept: viewers wait for a key. */
  private static final int MOST_GROUP_BYTES = 8 << 20;

  private final LiveMedia media;
  private final Consumer<LiveStream> whenEmpty;
  private final Fragmenter fragmenter;
  private final FlacConverter sound = new FlacConverter();
  private final Set<FragmentViewer> viewers = new LinkedHashSet<>();
  private final List<String> leftOut = new ArrayList<>();
  private final List<ByteBuf> group = new ArrayList<>();
  private int groupBytes;
  private @Nullable FragmentInfo groupInfo;
  private @Nullable LiveHeader header;
  private @Nullable View view;
  private boolean over;

  /**
   * @param whenEmpty told of this stream once, when the last viewer has left or the source has
   *     ended
   */
  LiveStream(LiveMedia media, Consumer<LiveStream> whenEmpty) {
    this.media = media;
    this.whenEmpty = whenEmpty;
    this.leftOut.addAll(media.leftOut());
    FragmentOptions options =
        FragmentOptions.defaults()
            .withLength(Duration.ZERO)
            .withDamagedFrames(false)
            .withMedias(media.tracks().size());
    this.fragmenter = new Fragmenter(new Mp4Container(), options, new Output());
  }

  /** Adds a viewer; false where the stream is over, and another must be made. */
  synchronized boolean join(FragmentViewer viewer, Source source) {
    if (over) {
      return false;
    }
    viewers.add(viewer);
    if (header != null) {
      viewer.header(header);
      if (groupInfo != null) {
        ByteBuf all =
            Unpooled.wrappedBuffer(
                group.stream().map(ByteBuf::retainedDuplicate).toArray(ByteBuf[]::new));
        viewer.fragment(all, groupInfo);
        all.release();
      }
    }
    if (view == null) {
      view = source.view(new Input(), new ReaderInfo("the page", "web", ""));
    }
    return true;
  }

  void leave(FragmentViewer viewer) {
    boolean empty;
    synchronized (this) {
      empty = viewers.remove(viewer) && viewers.isEmpty() && !over;
      if (empty) {
        end();
      }
    }
    if (empty) {
      whenEmpty.accept(this);
    }
  }

  private void end() {
    over = true;
    fragmenter.close();
    clearGroup();
    if (view != null) {
      view.close();
    }
  }

  private void clearGroup() {
    group.forEach(ByteBuf::release);
    group.clear();
    groupBytes = 0;
    groupInfo = null;
  }

  /** Takes frames of the source. */
  private final class Input implements FrameViewer {
    @Override
    public void frame(Frame frame) {
      synchronized (LiveStream.this) {
        if (!over && media.tracks().contains(frame.track())) {
          sound.convert(frame.retain()).ifPresent(fragmenter::add);
          if (header != null) {
            fragmenter.flush(); // the next frame would be too late
          }
        }
      }
    }

    @Override
    public void ended(String reason) {
      List<FragmentViewer> left;
      synchronized (LiveStream.this) {
        if (over) {
          return;
        }
        left = List.copyOf(viewers);
        viewers.clear();
        end();
      }
      whenEmpty.accept(LiveStream.this);
      left.forEach(viewer -> viewer.ended(reason));
    }
  }

  /** Hands on what the fragmenter makes; called while a frame is taken. */
  private final class Output implements FragmentOutput {
    @Override
    public void header(Header made) {
      byte[] content = ByteBufUtil.getBytes(made.content());
      made.content().release();
      clearGroup();
      header = new LiveHeader(content, made.contentType(), leftOut);
      for (FragmentViewer viewer : List.copyOf(viewers)) {
        viewer.header(header);
      }
    }

    @Override
    public void fragment(Fragment fragment) {
      // one copy, so that what is kept does not hold the buffers it was received in
      ByteBuf content = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(fragment.content()));
      fragment.content().release();
      FragmentInfo info =
          new FragmentInfo(
              fragment.time(), fragment.end(), fragment.keyFrame(), fragment.mainFrames());
      keep(content, info);
      for (FragmentViewer viewer : List.copyOf(viewers)) {
        viewer.fragment(content, info);
      }
      content.release();
    }

    private void keep(ByteBuf content, FragmentInfo info) {
      if (info.keyFrame()) {
        clearGroup();
      }
      groupBytes += content.readableBytes();
      if (groupBytes > MOST_GROUP_BYTES) {
        clearGroup();
      } else if (info.keyFrame() || groupInfo != null) {
        groupInfo = groupInfo == null ? info : groupInfo.with(info);
        group.add(content.retain());
      }
    }

    @Override
    public void leftOut(int track, String reason) {
      leftOut.add(reason + ".");
    }
  }
}
