package dev.photofinish.relay.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.PacketBatch;
import dev.photofinish.relay.source.SourceReader;
import dev.photofinish.relay.source.TrackStart;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes together goes to each reader in one piece, in the order in which it came. */
class OutletsTest {
  private final EventLoop source = new DefaultEventLoop();
  private final EventLoop other = new DefaultEventLoop();
  private final Outlets outlets = new Outlets(source, -1);
  private final List<ByteBuf> made = new ArrayList<>();

  @AfterEach
  void end() {
    source.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    other.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** Notes what it gets, a line for each. */
  private static final class Notes implements SourceReader {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void started(List<TrackStart> starts) {
      lines.add("started");
    }

    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public void send(OutgoingPacket packet) {
      lines.add("packet");
    }

    @Override
    public void send(PacketBatch batch) {
      lines.add("track " + batch.track() + ", " + batch.packets().size());
    }

    @Override
    public void report(int track, ByteBuf rtcp) {
      lines.add("report");
    }

    @Override
    public void flush() {
      lines.add("flush");
    }

    @Override
    public void ended(String reason) {
      lines.add("ended");
    }
  }

  private void packets(int track, int count) {
    for (int i = 0; i < count; i++) {
      ByteBuf bytes = Unpooled.buffer().writeZero(20);
      made.add(bytes);
      outlets.packet(new OutgoingPacket(track, 0, bytes));
    }
  }

  private ReaderSlot join(Notes reader, EventLoop loop) {
    ReaderSlot slot = new ReaderSlot(reader, Set.of(0, 1), () -> {});
    outlets.add(slot, loop);
    outlets.begin(slot, loop, List.of(), List.of());
    return slot;
  }

  /** Does what the source does in one go, and waits until the readers have it. */
  private void inOneGo(Runnable steps) throws Exception {
    source.submit(steps).get();
    source.submit(() -> {}).get(); // behind what goes to the loops
    source.submit(() -> {}).get();
    other.submit(() -> {}).get();
  }

  @Test
  void packetsThatCameTogetherAreOneBatchOfEachTrackAndOneFlush() throws Exception {
    Notes here = new Notes();
    Notes there = new Notes();
    inOneGo(
        () -> {
          join(here, source);
          join(there, other);
        });
    inOneGo(
        () -> {
          packets(0, 3);
          packets(1, 1);
        });
    inOneGo(() -> packets(0, 1));
    assertThat(here.lines)
        .containsExactly(
            "started", "flush", "track 0, 3", "track 1, 1", "flush", "track 0, 1", "flush");
    assertThat(there.lines).isEqualTo(here.lines);
    assertThat(made).extracting(ByteBuf::refCnt).containsOnly(0);
  }

  @Test
  void nothingOvertakesPackets() throws Exception {
    Notes first = new Notes();
    Notes second = new Notes();
    inOneGo(
        () -> {
          join(first, other);
          packets(0, 2);
          join(second, other);
          packets(0, 1);
          outlets.report(0, Unpooled.EMPTY_BUFFER);
          packets(0, 1);
          outlets.end("over");
        });
    assertThat(first.lines)
        .containsExactly("started", "track 0, 2", "track 0, 1", "report", "track 0, 1", "ended");
    assertThat(second.lines)
        .containsExactly("started", "track 0, 1", "report", "track 0, 1", "ended");
    assertThat(made).extracting(ByteBuf::refCnt).containsOnly(0);
  }

  @Test
  void whatCameLastIsLetGoWithTheLastReader() throws Exception {
    inOneGo(
        () -> {
          ReaderSlot slot = join(new Notes(), other);
          packets(0, 2);
          outlets.remove(slot, other);
          packets(0, 1);
        });
    assertThat(made).extracting(ByteBuf::refCnt).containsOnly(0);
  }
}
