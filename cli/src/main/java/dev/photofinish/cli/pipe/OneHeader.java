package dev.photofinish.cli.pipe;

import dev.photofinish.media.container.Container;
import dev.photofinish.media.container.Sample;
import dev.photofinish.media.container.Track;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A container that is given no second header, because those who read a pipe skip it. Media that it
 * would be needed for are left out; where the video is another one, nothing useful can follow.
 */
final class OneHeader implements Container {
  private final Container container;
  private final Consumer<Codec> tooLate;
  private final Set<Codec> late = EnumSet.noneOf(Codec.class);
  private @Nullable List<Track> tracks;
  private @Nullable String end;

  /**
   * @param tooLate takes what is left out because the header does not have it, once each
   */
  OneHeader(Container container, Consumer<Codec> tooLate) {
    this.container = container;
    this.tooLate = tooLate;
  }

  /** Why nothing useful can follow; empty while it can. */
  Optional<String> end() {
    return Optional.ofNullable(end);
  }

  @Override
  public boolean isDescribed(FrameFormat format, ByteBuf head) {
    boolean described = container.isDescribed(format, head);
    if (tracks == null || !described) {
      return described;
    }
    String before = videos(tracks);
    if (format.codec().kind() == Codec.Kind.VIDEO && !before.isEmpty() && !isIn(tracks, format)) {
      end =
          "the camera sends "
              + format.codec()
              + " after "
              + before
              + ", and few programs read an MP4 that begins again: the pipe ends here";
    } else if (late.add(format.codec())) {
      tooLate.accept(format.codec());
    }
    return false;
  }

  private static String videos(List<Track> tracks) {
    return tracks.stream()
        .map(track -> track.format().codec())
        .filter(codec -> codec.kind() == Codec.Kind.VIDEO)
        .findFirst()
        .map(Codec::toString)
        .orElse("");
  }

  private boolean isIn(List<Track> of, FrameFormat format) {
    return of.stream().anyMatch(track -> container.continues(track.format(), format));
  }

  @Override
  public ByteBuf header(List<Track> of) {
    tracks = of;
    return container.header(of);
  }

  @Override
  public String extension() {
    return container.extension();
  }

  @Override
  public String contentType(List<Track> of) {
    return container.contentType(of);
  }

  @Override
  public Optional<String> problem(FrameFormat format) {
    return container.problem(format);
  }

  @Override
  public boolean continues(FrameFormat current, FrameFormat next) {
    return container.continues(current, next);
  }

  @Override
  public int timescale(FrameFormat format) {
    return container.timescale(format);
  }

  @Override
  public void fragment(List<Sample> samples, CompositeByteBuf out) {
    container.fragment(samples, out);
  }
}
