package dev.photofinish.rtsp.stream;

import dev.photofinish.rtp.ReplayExtension;
import dev.photofinish.rtsp.dialogue.PlayRequest;
import dev.photofinish.rtsp.dialogue.Track;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.RangeHeader;
import dev.photofinish.rtsp.message.RtpInfo;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The place in a recording that a stream has reached, kept from one connection to the next, which
 * goes on there. Times are in the unit of the range that was asked for, as {@link
 * RangeHeader#startNanos} counts. One thread moves it, any may ask where it is.
 *
 * <p>The place of a packet is what ONVIF's header extension says, else what its RTP timestamp is
 * away from the one that RTP-Info gave for the start of the range (RFC 2326 section 12.33).
 */
public final class PlayPosition {
  /** So near to its end there is nothing more to come: the last picture, at one a second. */
  private static final long END_NANOS = 1_000_000_000L;

  private PlayRequest asked;
  private @Nullable PlayRequest answered;
  private double scale = 1;
  private OptionalLong end;
  private List<TrackPosition> positions = List.of();
  private List<Track> tracks = List.of();

  /** The tracks that brought media since PLAY, and those of them that said it was the last. */
  private final BitSet seen = new BitSet();

  private final BitSet terminal = new BitSet();

  private volatile boolean known;
  private volatile long reached;
  private volatile @Nullable RangeHeader range;

  /**
   * @param first what the stream asks for to begin with
   */
  public PlayPosition(PlayRequest first) {
    asked = first;
    end = OptionalLong.empty();
    ask(first, first.range());
  }

  /** Whether the place counts: what is live has none. */
  public boolean isOfRecording() {
    return asked.ofRecording();
  }

  /** What the next connection is to ask for: what is left of it. */
  public PlayRequest next() {
    return reached().map(asked::withRange).orElse(asked);
  }

  /** From the last packet to the end that was asked for; empty where that is not known. */
  public Optional<RangeHeader> reached() {
    RangeHeader of = range;
    return known && of != null ? Optional.of(of.startingAt(reached)) : Optional.empty();
  }

  /** What a paused session is to be asked for, to go on where it is. */
  public PlayRequest resumed() {
    return asked.withRange(null);
  }

  /** The next connection is to begin elsewhere. */
  public void startAt(PlayRequest next) {
    ask(next, next.range());
  }

  // ---- What the camera says

  /** A connection's tracks are set up. */
  public void assign(List<Track> next) {
    tracks = next;
    answered = null;
    List<TrackPosition> made = new ArrayList<>();
    for (Track track : next) {
      made.add(new TrackPosition(track.media().format().clockRate().orElse(0)));
    }
    positions = made;
  }

  /** PLAY was answered; several times where each track is played alone. */
  @SuppressWarnings("ReferenceEquality") // an equal one is asked for again: a seek back
  public void played(PlayRequest request, RtspResponse answer) {
    boolean again = request == answered;
    answered = request;
    if (request.range() != null) {
      ask(request, request.range());
    }
    answer.headers().first(HeaderNames.RANGE).ifPresent(this::learn);
    scale = scale(answer.headers().first(HeaderNames.SCALE));
    if (scale < 0 && end.isEmpty() && range != null && range.unit().equals("npt")) {
      end = OptionalLong.of(0);
    }
    begin(answer, again);
  }

  private void ask(PlayRequest request, @Nullable RangeHeader from) {
    asked = request.first();
    range = request.ofRecording() ? from : null;
    known = false;
    end = OptionalLong.empty();
    if (range != null) {
      move(range.startNanos());
      end = range.endNanos();
    }
  }

  /** The answer says where the camera begins and ends, in the same unit at best. */
  private void learn(String header) {
    try {
      RangeHeader said = RangeHeader.parse(header);
      if (range != null && said.unit().equals(range.unit())) {
        move(said.startNanos());
        end = said.endNanos().isPresent() ? said.endNanos() : end;
      }
    } catch (RtspFormatException e) {
      // What cannot be read says nothing: what was asked for holds.
    }
  }

  private void move(OptionalLong to) {
    if (to.isPresent()) {
      reached = to.getAsLong();
      known = true;
    }
  }

  /** RFC 2326 section 12.34: the pace that the camera chose, else the one that was asked for. */
  private double scale(Optional<String> header) {
    String text = header.or(() -> asked.headers().first(HeaderNames.SCALE)).orElse("1");
    try {
      double value = Double.parseDouble(text.trim());
      return Double.isFinite(value) && value != 0 ? value : 1;
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private void begin(RtspResponse answer, boolean again) {
    List<Optional<RtpInfo>> infos = RtpInfos.of(answer, tracks);
    seen.clear();
    terminal.clear();
    for (int track = 0; track < positions.size(); track++) {
      Optional<RtpInfo> info = infos.get(track);
      if (info.isPresent() || !again) {
        OptionalLong rtpTime = info.map(RtpInfo::rtpTime).orElse(OptionalLong.empty());
        positions.get(track).begin(reached, scale, rtpTime);
      }
    }
  }

  // ---- What comes

  /** A packet of a track came. */
  public void packet(int track, long timestamp, Optional<ReplayExtension> replay) {
    if (!asked.ofRecording()) {
      return;
    }
    OptionalLong counted = positions.get(track).packet(timestamp);
    seen.set(track);
    boolean clock = range != null && range.unit().equals("clock");
    if (replay.isPresent() && replay.get().terminal()) {
      terminal.set(track);
    }
    if (replay.isPresent() && clock) {
      Instant time = replay.get().time();
      advance(OptionalLong.of(ChronoUnit.NANOS.between(Instant.EPOCH, time)));
    } else if (known) {
      advance(counted);
    }
  }

  /** Pictures come in another order than they are shown: it does not go back. */
  private void advance(OptionalLong to) {
    boolean ahead = to.isPresent() && (!known || (to.getAsLong() - reached) * scale > 0);
    if (ahead) {
      move(to);
    }
  }

  /** Whether all of it came: to the end that is known, or to what each track says is its last. */
  public boolean isAtEnd() {
    boolean last = !terminal.isEmpty() && terminal.equals(seen);
    boolean near = known && !seen.isEmpty() && end.isPresent() && isNear(end.getAsLong());
    return asked.ofRecording() && (last || near);
  }

  private boolean isNear(long place) {
    double left = (place - reached) * Math.signum(scale);
    return left <= END_NANOS * Math.max(1, Math.abs(scale));
  }
}
