package dev.photofinish.examples;

import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.PacketReader;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.RtspClient;

/**
 * Prints the first packets of a camera. They are taken by a loop that may block; {@link Metrics}
 * shows the other way, a listener.
 *
 * <pre>{@code
 * Packets rtsp://user:password@camera/stream 20
 * }</pre>
 */
public final class Packets {
  private static final int KEPT = 1000;

  private Packets() {}

  public static void main(String[] args) throws Exception {
    Camera camera =
        Camera.at(args[0])
            .withRace(RaceOptions.builder().connectionRacing(Strategy.HYBRID).build());
    int count = Integer.parseInt(args[1]);
    try (RtspClient client = new RtspClient();
        PacketReader reader = client.read(camera, KEPT)) {
      for (int i = 0; i < count; i++) {
        print(reader.next().orElseThrow());
      }
      System.out.println(reader.stream().statistics());
    }
  }

  private static void print(RtpPacket packet) {
    try {
      System.out.printf(
          "%s %s: sequence number %d, timestamp %d, %d bytes%s%n",
          packet.stream().media(),
          packet.stream().codec(),
          packet.sequence(),
          packet.timestamp(),
          packet.payload().readableBytes(),
          packet.marker() ? ", marker" : "");
    } finally {
      packet.release(); // its buffer goes back to Netty
    }
  }
}
