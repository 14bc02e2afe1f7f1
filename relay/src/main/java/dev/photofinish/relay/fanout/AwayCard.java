package dev.photofinish.relay.fanout;

import dev.photofinish.relay.card.Card;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.Packetizer;
import dev.photofinish.rtp.format.PayloadFormat;
import dev.photofinish.rtp.format.PayloadFormats;
import dev.photofinish.rtp.format.RandomAccess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The card of a camera that is away, in the payloads of packets. */
final class AwayCard {
  /** As much as fits everywhere. */
  private static final int MOST_BYTES = 1_200;

  private static final byte[] START_CODE = {0, 0, 0, 1};

  private @Nullable FrameFormat of;
  private Optional<Card> card = Optional.empty();

  /**
   * The payloads of the next picture; empty where the camera's codec has none.
   *
   * @param format of the camera's pictures
   * @param since when it went away
   * @param away how long it is away by now
   */
  List<ByteBuf> next(FrameFormat format, Instant since, Duration away) {
    if (!format.equals(of)) {
      of = format;
      card = Card.of(format);
    }
    return card.map(c -> payloads(format, c.draw(since, away, ZoneId.systemDefault())))
        .orElse(List.of());
  }

  private List<ByteBuf> payloads(FrameFormat format, List<byte[]> units) {
    ByteBuf content = Unpooled.buffer();
    int[] starts = new int[units.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = content.writerIndex();
      content.writeBytes(START_CODE).writeBytes(units.get(i));
    }
    List<ByteBuf> payloads = new ArrayList<>();
    Frame frame = Frame.of(0, format, content, starts, 0, RandomAccess.IDR, false);
    try {
      packetizer(format).packetize(frame, 0, (payload, timestamp, marker) -> payloads.add(payload));
    } finally {
      frame.release();
    }
    return payloads;
  }

  private static Packetizer packetizer(FrameFormat format) {
    String parameters = format.codec() == Codec.H264 ? "packetization-mode=1" : "";
    PayloadFormat payload =
        new PayloadFormat(format.codec().name(), 96, format.clockRate(), 0, parameters);
    return PayloadFormats.packetizer(payload, MOST_BYTES).orElseThrow();
  }
}
