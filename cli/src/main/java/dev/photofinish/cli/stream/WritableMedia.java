package dev.photofinish.cli.stream;

import dev.photofinish.cli.command.SafeText;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.PayloadFormat;
import dev.photofinish.rtp.format.PayloadFormats;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.LeftOutMedia;
import dev.photofinish.rtsp.client.MediaStream;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The media of a stream that can be written into a container. Those that cannot be are said once,
 * with the reason. A stream of which nothing could ever be written is closed.
 */
public final class WritableMedia implements CameraListener {
  /** A camera may describe itself otherwise on every connection. */
  private static final int MOST = 32;

  private final Function<FrameFormat, Optional<String>> container;
  private final Output output;
  private final Map<Integer, String> names = new HashMap<>();
  private final Set<String> said = new LinkedHashSet<>();
  private int count;
  private boolean any;
  private @Nullable String nothing;

  /** Takes what is left out, on any thread. */
  public interface Output {
    /**
     * A media is left out.
     *
     * @param media such as {@code audio (SPEEX)}
     * @param reason one sentence, such as {@code no payload format of the name SPEEX is known}
     */
    void leftOut(String media, String reason);
  }

  /**
   * @param container why frames of a format cannot be in the container; empty where they can
   */
  public WritableMedia(Function<FrameFormat, Optional<String>> container, Output output) {
    this.container = container;
    this.output = output;
  }

  @Override
  public synchronized void described(
      CameraStream stream, List<MediaStream> streams, List<LeftOutMedia> leftOut) {
    leftOut.forEach(media -> say(name(media.media(), media.codec()), media.reason()));
    names.clear();
    count = 0;
    for (MediaStream media : streams) {
      String name = name(media.media(), media.codec());
      names.put(media.index(), name);
      Optional<String> problem = problem(media);
      problem.ifPresent(reason -> say(name, reason));
      count += problem.isEmpty() ? 1 : 0;
    }
    any |= count > 0;
    if (!any) {
      nothing = String.join("; ", said);
      var unused = stream.closeAsync();
    }
  }

  private static String name(String media, String codec) {
    return media + " (" + codec + ")";
  }

  private Optional<String> problem(MediaStream media) {
    PayloadFormat format = media.payloadFormat();
    return PayloadFormats.problem(format)
        .or(
            () ->
                PayloadFormats.depacketizer(media.index(), format, Frame::release)
                    .flatMap(known -> container.apply(known.format())));
  }

  /**
   * The container has left a media out.
   *
   * @param media {@link MediaStream#index}
   */
  public synchronized void leftOut(int media, String reason) {
    say(names.getOrDefault(media, "media " + media), reason);
  }

  private void say(String name, String reason) {
    String media = SafeText.line(name);
    String why = SafeText.line(reason);
    if (said.size() < MOST && said.add(media + ": " + why)) {
      output.leftOut(media, why);
    }
  }

  /** How many media of the last description can be written. */
  public synchronized int count() {
    return count;
  }

  /** What was left out, where nothing is left to be written; empty otherwise. */
  public synchronized Optional<String> nothing() {
    return Optional.ofNullable(nothing);
  }
}
