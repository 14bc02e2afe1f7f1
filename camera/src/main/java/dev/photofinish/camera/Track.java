package dev.photofinish.camera;

import dev.photofinish.camera.media.MediaSource;
import dev.photofinish.camera.media.RtpStream;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;

/** One stream of a session on its way out: packs what is due, impairs it and sends it. */
final class Track {

  /** Units that are late are sent in turns, so that requests are read meanwhile. */
  private static final int MOST_AT_ONCE = 25;

  private static final long REPORT_NANOS = 5_000_000_000L;

  private final int id;
  private final MediaSource source;
  private final RtpStream stream;
  private final RtpSink sink;
  private final Impairment impairment;
  private final Tally tally;
  private final int ssrcChange;
  private final long mostLate;
  private LongUnaryOperator shown = LongUnaryOperator.identity();
  private long next;
  private long nextReport;
  private int sinceRestart;
  private boolean continuous;
  private boolean keyFramesOnly;

  Track(int id, MediaSource source, RtpSink sink, CameraContext context) {
    RandomGenerator random = context.random();
    this.id = id;
    this.source = source;
    this.sink = sink;
    this.stream = new RtpStream(random, source.payloadType());
    this.impairment = new Impairment(context.options(), random);
    this.tally = context.tally();
    this.ssrcChange = context.options().get(Knob.SSRC_CHANGE);
    this.mostLate = context.options().get(Knob.LATE).toNanos();
  }

  int id() {
    return id;
  }

  RtpSink sink() {
    return sink;
  }

  /** Puts nanoseconds of the media on the clock of RTP: the same unless they have a scale. */
  void showAt(LongUnaryOperator place) {
    shown = place;
  }

  void keyFramesOnly(boolean on) {
    keyFramesOnly = on;
  }

  boolean sendsKeyFramesOnly() {
    return keyFramesOnly;
  }

  /** The value of {@code Transport} in the response to SETUP. */
  String transport() {
    return sink.transport() + String.format(";ssrc=%08X", stream.ssrc());
  }

  /** An entry of {@code RTP-Info}, RFC 2326 section 12.33. */
  String rtpInfo(String base) {
    return "url="
        + base
        + MediaCatalog.control(id)
        + ";seq="
        + stream.sequence()
        + ";rtptime="
        + stream.rtpTime(timestamp());
  }

  /** The next unit is a key frame. */
  void refresh() {
    continuous = false;
  }

  /** When the next unit is due, in nanoseconds since PLAY. */
  long dueNanos() {
    return source.dueNanos(next);
  }

  /** Goes on from {@code elapsed}, with a key frame. */
  void begin(long elapsed) {
    continuous = false;
    skip(elapsed - 1);
  }

  /** Goes to {@code elapsed} of a recording, ahead or back. */
  void seek(long elapsed) {
    next = 0;
    nextReport = elapsed;
    begin(elapsed);
  }

  /** The last packet of RTCP: nothing follows. */
  void sayGoodbye() {
    sink.rtcp(stream.goodbye());
    sink.flush();
  }

  /** Leaves out what is due; what follows starts with a key frame. */
  void skip(long elapsed) {
    while (dueNanos() <= elapsed) {
      leaveOut();
    }
  }

  private void leaveOut() {
    next++;
    continuous = false;
  }

  /** By how much the next unit is late, at any scale. */
  private long late(long elapsed) {
    return shown.applyAsLong(elapsed) - shown.applyAsLong(dueNanos());
  }

  /** Sends what is due, or some of it; units that are later than {@link Knob#LATE} are left out. */
  void send(long elapsed, long unixNanos) {
    if (mostLate > 0 && late(elapsed) > mostLate) {
      while (late(elapsed) >= mostLate / 5) {
        leaveOut();
      }
    }
    if (elapsed >= nextReport) {
      report(elapsed, unixNanos);
    }
    for (int sent = 0; sent < MOST_AT_ONCE && dueNanos() <= elapsed; sent++) {
      sendUnit();
      next++;
    }
    sink.flush();
  }

  /** A sender report for this moment, RFC 3550 section 6.4.1. */
  void report(long elapsed, long unixNanos) {
    long timestamp = source.timestampAt(shown.applyAsLong(elapsed));
    sink.rtcp(stream.senderReport(timestamp, unixNanos));
    nextReport = elapsed + REPORT_NANOS;
  }

  /** That of the next unit. */
  private long timestamp() {
    return source.timestampAt(shown.applyAsLong(source.dueNanos(next)));
  }

  private void sendUnit() {
    if (keyFramesOnly && !source.key(next)) {
      continuous = false;
      return;
    }
    if (!sink.ready()) {
      sink.flush(); // what was due before may be all that is in the way
    }
    if (!sink.ready()) {
      continuous = false;
      tally.frameSkipped();
      return;
    }
    List<byte[]> payloads = source.unit(next, continuous);
    int sent = 0;
    for (int i = 0; i < payloads.size(); i++) {
      boolean marker = source.marked() && i == payloads.size() - 1;
      sent += sendPacket(stream.packet(payloads.get(i), timestamp(), marker));
    }
    tally.rtpSent(sent);
    continuous = true;
  }

  private int sendPacket(byte[] packet) {
    List<byte[]> packets = impairment.pass(packet);
    packets.forEach(sink::rtp);
    if (ssrcChange > 0 && ++sinceRestart == ssrcChange) {
      sinceRestart = 0;
      stream.restart();
      nextReport = 0;
    }
    return packets.size();
  }
}
