package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.source.FakeSource;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.RtspClient;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A reader by our own client, which writes down what comes. */
final class Viewer implements CameraListener, AutoCloseable {
  private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final RtspClient client = new RtspClient();
  private final List<Integer> video = new ArrayList<>();
  private final List<Integer> audio = new ArrayList<>();
  private final List<String> states = new ArrayList<>();
  private final List<String> retries = new ArrayList<>();
  private int reports;
  private final CameraStream stream;

  Viewer(Camera camera) {
    stream = client.start(patient(camera), this);
  }

  /** Sources of tests are silent for long, and this machine may stand still. */
  private static Camera patient(Camera camera) {
    Duration minute = Duration.ofMinutes(1);
    return camera.withOptions(
        camera.options().toBuilder()
            .stallSuspect(minute)
            .stallTimeout(minute)
            .responseTimeout(minute)
            .build());
  }

  /** The numbers in the payloads of what came. */
  synchronized List<Integer> numbers(int track) {
    return List.copyOf(track == 0 ? video : audio);
  }

  /** How many packets of video came. */
  synchronized int received() {
    return video.size();
  }

  synchronized int reports() {
    return reports;
  }

  synchronized List<String> states() {
    return List.copyOf(states);
  }

  synchronized Viewer await(String what, Predicate<Viewer> condition) throws InterruptedException {
    long end = System.nanoTime() + BOUND_NANOS;
    while (!condition.test(this)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError(
            "waited in vain for "
                + what
                + "; "
                + states
                + retries
                + ", video "
                + video.size()
                + " packets");
      }
      wait(left);
    }
    return this;
  }

  /** Has the source send a packet now and then, until one comes: PLAY was answered by then. */
  void awaitFirst(FakeSource source) throws InterruptedException {
    awaitFirst(() -> source.send(0, 1, 1_000));
  }

  /** Has something sent now and then, until it comes: PLAY was answered by then. */
  synchronized void awaitFirst(Runnable send) throws InterruptedException {
    long end = System.nanoTime() + BOUND_NANOS;
    while (video.isEmpty() && System.nanoTime() - end < 0) {
      send.run();
      wait(100);
    }
    await("a packet", v -> !v.numbers(0).isEmpty());
  }

  /** Waits for the last video that was sent; how much came. */
  int awaitAllOf(FakeSource source) throws InterruptedException {
    int last = source.made(0) - 1;
    await("packet " + last, v -> v.numbers(0).contains(last));
    return numbers(0).size();
  }

  CameraStream stream() {
    return stream;
  }

  /** Waits until a try fails for a reason that contains {@code text}. */
  void awaitRefusal(String text) throws InterruptedException {
    await(text, v -> v.retries().stream().anyMatch(reason -> reason.contains(text)));
  }

  private synchronized List<String> retries() {
    return List.copyOf(retries);
  }

  @Override
  public synchronized void retry(
      CameraStream from, int attempt, Duration delay, String strategy, String reason) {
    retries.add(reason);
    notifyAll();
  }

  @Override
  public synchronized void packet(CameraStream from, RtpPacket packet) {
    ByteBuf payload = packet.payload();
    (packet.stream().index() == 0 ? video : audio).add(payload.getInt(payload.readerIndex()));
    notifyAll();
  }

  @Override
  public synchronized void rtcp(CameraStream from, MediaStream media, ByteBuf packet) {
    reports++;
    notifyAll();
  }

  @Override
  public synchronized void state(
      CameraStream from, CameraState before, CameraState to, String reason) {
    states.add(to + ": " + reason);
    notifyAll();
  }

  @Override
  public void close() {
    client.close();
  }
}
