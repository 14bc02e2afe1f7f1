package dev.photofinish.rtsp.client;

import dev.photofinish.rtsp.message.MediaFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The way for audio to a camera, such as speech for its loudspeaker (ONVIF Streaming Specification
 * section 5.3): of a stream whose camera was opened with {@link Camera#withBackChannel}. It is the
 * same for all connections of the stream. Every method may be called from any thread.
 *
 * <p>Audio goes out at once, so the caller keeps the pace in which it is to be heard. What the
 * camera does not read waits, {@value #CAPACITY} packets at most; then each new one pushes out the
 * oldest. What is handed over while the camera takes none, because the stream is connecting or
 * paused or the camera has no back channel, is dropped. Both are counted.
 *
 * <pre>{@code
 * BackChannel speaker = stream.backChannel();
 * if (speaker.format().isPresent()) {
 *   speaker.send(microphone.read20Milliseconds());
 * }
 * }</pre>
 */
public final class BackChannel {
  /** How many packets wait at most: 2 s, where each has 20 ms. */
  public static final int CAPACITY = 100;

  /** How many bytes a payload may have. */
  public static final int MOST_BYTES = 8192;

  /** RFC 3551 section 4.2: "The default packetization interval SHOULD have a duration of 20 ms". */
  private static final int G711_BYTES = 160;

  /** The connection that takes audio; its methods are called on the stream's event loop. */
  interface Line {
    /** Whether audio can be sent now. */
    boolean isReady();

    void send(byte[] payload, int samples);
  }

  private static final class Audio {
    final byte[] payload;
    final int samples;

    Audio(byte[] payload, int samples) {
      this.payload = payload;
      this.samples = samples;
    }
  }

  private final boolean wanted;
  private final Executor loop;
  private final Queue<Audio> waiting = new ArrayDeque<>();
  private @Nullable Line line;
  private @Nullable MediaFormat format;
  private String unavailable = "";
  private boolean scheduled;
  private long packets;
  private long bytes;
  private long dropped;

  /**
   * @param wanted whether the camera is asked for it
   * @param loop the stream's event loop
   */
  BackChannel(boolean wanted, Executor loop) {
    this.wanted = wanted;
    this.loop = loop;
  }

  /**
   * What the camera takes: of several formats G.711, else the first that it describes. Known as
   * soon as {@link CameraListener#described} is called. Empty while the stream is not connected or
   * is paused, and where the camera has no back channel.
   */
  public synchronized Optional<MediaFormat> format() {
    return Optional.ofNullable(format);
  }

  /**
   * Why the camera takes no audio, human-readable: it refused what its back channel requires, or
   * describes none, or gives it to another client. Empty where it takes audio, and while that is
   * not known.
   */
  public synchronized Optional<String> unavailable() {
    return unavailable.isEmpty() ? Optional.empty() : Optional.of(unavailable);
  }

  public synchronized BackChannelStatistics statistics() {
    return new BackChannelStatistics(packets, bytes, dropped);
  }

  /**
   * Sends one packet.
   *
   * @param payload in the {@link #format} of the camera, 1 to {@value #MOST_BYTES} bytes; released
   *     whatever happens
   * @param samples how long it is to be heard, in units of the format's clock rate, 1 or more: 160
   *     for 20 ms at 8 kHz
   * @return whether the camera takes audio at present; if not, it is dropped
   * @throws IllegalArgumentException for a length or a number of samples that is out of range
   * @throws IllegalStateException if the stream's camera was opened without a back channel
   */
  public boolean send(ByteBuf payload, int samples) {
    try {
      return send(new Audio(ByteBufUtil.getBytes(payload), samples));
    } finally {
      payload.release();
    }
  }

  /**
   * Sends G.711 as it is, in packets of 20 ms and a shorter last one: bytes of PCMU or PCMA at 8
   * kHz, whichever the {@link #format} is.
   *
   * @return whether the camera takes audio at present; if not, all of it is dropped
   * @throws IllegalStateException if the camera takes another format, or the stream's camera was
   *     opened without a back channel
   */
  public boolean send(byte[] audio) {
    int channels;
    synchronized (this) {
      if (format != null && !format.isG711()) {
        throw new IllegalStateException(
            "the camera takes " + format.codec() + ", not G.711: send its payloads");
      }
      channels = format == null ? 1 : format.channels().orElse(1);
    }
    int packet = G711_BYTES * channels;
    boolean taken = true;
    for (int from = 0; from < audio.length; from += packet) {
      byte[] payload = Arrays.copyOfRange(audio, from, Math.min(from + packet, audio.length));
      taken &= send(new Audio(payload, Math.max(1, payload.length / channels)));
    }
    return taken;
  }

  private boolean send(Audio audio) {
    check(audio);
    boolean start;
    synchronized (this) {
      if (format == null) {
        dropped++;
        return false;
      }
      if (waiting.size() == CAPACITY) {
        waiting.remove();
        dropped++;
      }
      waiting.add(audio);
      start = !scheduled;
      scheduled = true;
    }
    return !start || startSending();
  }

  private void check(Audio audio) {
    if (!wanted) {
      throw new IllegalStateException(
          "the stream has no back channel; expected Camera.withBackChannel(true)");
    }
    int length = audio.payload.length;
    if (length == 0 || length > MOST_BYTES || audio.samples < 1) {
      throw new IllegalArgumentException(
          String.format(
              "%d bytes, %d samples; expected 1 to %d bytes and 1 sample or more",
              length, audio.samples, MOST_BYTES));
    }
  }

  private boolean startSending() {
    try {
      loop.execute(this::sendWaiting);
      return true;
    } catch (RejectedExecutionException e) {
      dropWaiting(); // the client is closed
      return false;
    }
  }

  private synchronized void dropWaiting() {
    dropped += waiting.size();
    waiting.clear();
    scheduled = false;
  }

  // ---- On the event loop

  /** Sends what waits as far as the camera reads it. */
  void sendWaiting() {
    synchronized (this) {
      scheduled = false;
    }
    Line to = line;
    while (to != null && to.isReady()) {
      Audio next = take();
      if (next == null) {
        return;
      }
      to.send(next.payload, next.samples);
    }
  }

  private synchronized @Nullable Audio take() {
    Audio next = waiting.poll();
    if (next != null) {
      packets++;
      bytes += next.payload.length;
    }
    return next;
  }

  /** A connection takes audio, at once or when it plays. */
  void opened(Line by, MediaFormat taken) {
    synchronized (this) {
      if (line != by || !taken.equals(format)) {
        dropWaiting();
      }
      line = by;
      format = taken;
      unavailable = "";
    }
    sendWaiting();
  }

  /** A connection takes no audio any more; another one may already. */
  synchronized void closed(Line by) {
    if (line == by) {
      line = null;
      format = null;
      dropWaiting();
    }
  }

  /** The camera takes none. */
  synchronized void unavailable(String why) {
    unavailable = why;
  }
}
