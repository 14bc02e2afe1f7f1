package dev.photofinish.cli.watch;

import dev.photofinish.cli.command.Lifetime;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When watching ends, and over what.
 *
 * @param duration null for until an interrupt
 * @param packets RTP packets of one camera, null for any number
 */
public record WatchOptions(@Nullable Duration duration, @Nullable Long packets) {
  private static final String PACKETS = "a whole number from 1, or endless";

  public static final List<Option<Builder>> OPTIONS =
      List.of(
          new Option<>(
              "duration",
              "endless",
              "how long to watch, such as 30s; the demonstration ends after 30s",
              (b, v) -> b.duration = Lifetime.parse(v)),
          new Option<>(
              "packets",
              "endless",
              "a camera is closed after so many RTP packets",
              Builder::packets),
          new Option<>(
              "transport",
              "auto",
              "tcp, or auto for the same; udp is not there yet",
              Builder::transport));

  static final class Builder {
    private @Nullable Duration duration;
    private @Nullable Long packets;

    private void packets(String text) {
      packets = text.equals("endless") ? null : positive(text);
    }

    private static long positive(String text) {
      if (!text.matches("[1-9]\\d{0,17}")) {
        throw new InvalidOptionException("packets", text, PACKETS);
      }
      return Long.parseLong(text);
    }

    private void transport(String text) {
      if (text.equals("udp")) {
        throw new InvalidOptionException(
            "transport", text, "tcp or auto: media over UDP is not supported yet");
      }
      if (!text.equals("tcp") && !text.equals("auto")) {
        throw new InvalidOptionException("transport", text, "tcp or auto");
      }
    }

    WatchOptions build() {
      return new WatchOptions(duration, packets);
    }
  }
}
