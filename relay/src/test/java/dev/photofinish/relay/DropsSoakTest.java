package dev.photofinish.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.lab.Needs;
import dev.photofinish.relay.RelayedCameraOptions.WhileAway;
import dev.photofinish.relay.rtsp.LoopbackServer;
import dev.photofinish.relay.rtsp.RtspServer;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.ClientOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A camera that drops its connections a thousand times, in each of the ways of {@link Drop}, while
 * FFmpeg over TCP and UDP and GStreamer read it from the relay: no reader is closed, and after each
 * drop every one of them decodes on. Prints the longest time without a picture beside the time that
 * the camera was away.
 *
 * <p>{@code -Dphotofinish.drops} asks for another number.
 */
@Tag("soak")
class DropsSoakTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int FURTHER_FRAMES = 5;
  private static final String MEASURED = "measured";

  private enum Drop {
    RESET,
    CLOSE,
    RESTART,
    SILENCE,
    /** The camera moves to its other address, and comes with other parameter sets. */
    MOVE
  }

  private final int drops = Integer.getInteger("photofinish.drops", 1_000);
  private final Map<Drop, List<Long>> away = new EnumMap<>(Drop.class);
  private final Map<Drop, List<Long>> gaps = new EnumMap<>(Drop.class);
  private final AtomicInteger outages = new AtomicInteger();
  private final AtomicInteger plays = new AtomicInteger();
  private final Queue<String> left = new ConcurrentLinkedQueue<>();

  @Test
  void readersDecodeOnThroughAThousandDrops() throws Exception {
    Needs.programs(Assumptions::abort, "ffmpeg", "gst-launch-1.0");
    try (MovingCamera camera = new MovingCamera();
        Relay relay = Relay.start();
        RtspServer server = LoopbackServer.of(relay).build()) {
      relay.addListener(
          new RelayListener() {
            @Override
            public void state(RelayedCamera of, RelayState from, RelayState to, String reason) {
              if (of.name().equals(MEASURED)) {
                (to == RelayState.PLAYING ? plays : outages).incrementAndGet();
              }
            }

            @Override
            public void left(RelayedCamera of, ReaderInfo reader, String reason) {
              left.add(reader.transport() + ": " + reason);
            }
          });
      // Dialled at once, so that what is measured is not the backoff from a camera that drops
      // often.
      Camera dialled =
          Camera.at(camera.urls())
              .withRetry(RetryOptions.builder().retryStrategy(RetryStrategy.IMMEDIATE).build())
              .withOptions(ClientOptions.builder().stallTimeout(Duration.ofSeconds(1)).build());
      relay.add("door", dialled, RelayedCameraOptions.defaults());
      RelayedCamera measured =
          relay.add(
              MEASURED, dialled, RelayedCameraOptions.defaults().withWhileAway(WhileAway.KEEP));
      server.start();
      PictureGaps pictures = new PictureGaps();
      String url = "rtsp://127.0.0.1:" + server.address().getPort() + "/door";
      try (Decoder tcp = Decoder.ffmpeg("tcp", url);
          Decoder udp = Decoder.ffmpeg("udp", url);
          Decoder gstreamer = Decoder.gstreamer(url)) {
        List<Decoder> decoders = List.of(tcp, udp, gstreamer);
        for (Decoder decoder : decoders) {
          decoder.await(FURTHER_FRAMES, BOUND);
        }
        measured
            .source()
            .attach(pictures, new ReaderInfo("", "test", ""), Set.of(0), relay.eventLoops().next());
        await(() -> pictures.packets() > FURTHER_FRAMES, "no first picture");
        for (int drop = 0; drop < drops; drop++) {
          drop(Drop.values()[drop % Drop.values().length], camera, pictures);
          for (Decoder decoder : decoders) {
            decoder.await(decoder.frames() + FURTHER_FRAMES, BOUND);
          }
          assertThat(left).as("after %d drops", drop + 1).isEmpty();
        }
        assertThat(pictures.ended()).isEmpty();
        report(decoders);
      }
    }
  }

  private void drop(Drop kind, MovingCamera camera, PictureGaps pictures) {
    pictures.longest();
    int outagesBefore = outages.get();
    int playsBefore = plays.get();
    long packets = pictures.packets();
    long began = System.nanoTime();
    switch (kind) {
      case RESET -> camera.now().dropAll();
      case CLOSE -> camera.now().hangUp();
      case RESTART -> camera.now().reboot(Duration.ofMillis(300));
      case SILENCE -> camera.now().mute();
      case MOVE -> camera.move();
    }
    await(() -> outages.get() > outagesBefore, kind + ": the end is not noticed");
    if (kind == Drop.SILENCE) {
      camera.now().unmute();
    }
    await(() -> plays.get() > playsBefore, kind + ": the camera does not play again");
    long away = System.nanoTime() - began;
    await(() -> pictures.packets() > packets + FURTHER_FRAMES, kind + ": no picture comes");
    this.away.computeIfAbsent(kind, k -> new ArrayList<>()).add(away);
    gaps.computeIfAbsent(kind, k -> new ArrayList<>()).add(pictures.longest());
  }

  private void report(List<Decoder> decoders) {
    System.out.printf("%,d drops; decoded: %s%n", drops, decoders);
    gaps.forEach(
        (kind, all) ->
            System.out.printf(
                "%-8s %4d times; camera away: %s ms; no picture: %s ms%n",
                kind,
                all.size(),
                percentiles(List.copyOf(away.getOrDefault(kind, List.of()))),
                percentiles(all)));
  }

  /** Looks again until it holds. */
  private static void await(BooleanSupplier condition, String otherwise) {
    long end = System.nanoTime() + BOUND.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(otherwise).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static String percentiles(List<Long> all) {
    long[] nanos = all.stream().mapToLong(Long::longValue).sorted().toArray();
    return String.format(
        "p50 %d, p99 %d, longest %d",
        nanos[nanos.length / 2] / 1_000_000,
        nanos[nanos.length * 99 / 100] / 1_000_000,
        nanos[nanos.length - 1] / 1_000_000);
  }

  /** A camera of two addresses, which is now at one of them and now at the other. */
  private static final class MovingCamera implements AutoCloseable {
    private static final List<String> ADDRESSES = List.of("127.0.0.1", "127.0.0.2");
    private static final int FPS = 25;

    private int moves;
    private SimulatedCamera now = start(0);

    private static SimulatedCamera start(int port, int moves) {
      return SimulatedCamera.builder()
          .address(ADDRESSES.get(moves % ADDRESSES.size()))
          .port(port)
          .set(Knob.FPS, FPS - moves % ADDRESSES.size()) // in the VUI of the parameter sets
          .start();
    }

    private static SimulatedCamera start(int moves) {
      return start(0, moves);
    }

    String[] urls() {
      return ADDRESSES.stream()
          .map(address -> "rtsp://" + address + ":" + now.port() + "/stream")
          .toArray(String[]::new);
    }

    SimulatedCamera now() {
      return now;
    }

    void move() {
      int port = now.port();
      now.close();
      now = start(port, ++moves);
    }

    @Override
    public void close() {
      now.close();
    }
  }
}
