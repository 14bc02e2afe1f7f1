package dev.photofinish.connect.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes behind a proxy's answer: handed over in order, bounded, and never leaked. */
class TunnelTest {
  private static final int READS = 100_000;

  private final List<String> overruns = new ArrayList<>();
  private final ChannelInboundHandlerAdapter watcher = new ChannelInboundHandlerAdapter();
  private final Tunnel tunnel = new Tunnel(watcher, overruns::add);
  private final EmbeddedChannel channel = new EmbeddedChannel(watcher, tunnel);

  /** Empty ones count too: each has an object of its own. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096})
  void whatAProxySendsBeforeTheTunnelIsUpIsBounded(int size) {
    List<ByteBuf> alive = new ArrayList<>();
    for (int i = 0; i < READS && overruns.isEmpty(); i++) {
      // Without a leak record of its own, which takes longer than all else here.
      ByteBuf bytes = Unpooled.wrappedBuffer(new byte[size + 1]).skipBytes(1);
      alive.add(bytes);
      channel.writeInbound(bytes);
    }

    assertThat(alive).hasSize(Tunnel.MAX_KEPT_BYTES / Math.max(1, size) + 1);
    assertThat(overruns)
        .containsExactly("more than 65536 bytes came before the proxy's tunnel was up");
    assertThat(alive).allMatch(bytes -> bytes.refCnt() == 0);
    channel.finishAndReleaseAll();
  }

  @Test
  void whatComesBehindTheAnswerIsHandedOverInOrder() {
    channel.writeInbound(Unpooled.copiedBuffer(new byte[] {1}));
    channel.writeInbound(Unpooled.copiedBuffer(new byte[] {2}));
    tunnel.open(channel.pipeline().context(tunnel));

    ByteBuf first = channel.readInbound();
    ByteBuf second = channel.readInbound();
    assertThat(first.readByte()).isEqualTo((byte) 1);
    assertThat(second.readByte()).isEqualTo((byte) 2);
    first.release();
    second.release();
    assertThat(channel.pipeline().get(Tunnel.class)).isNull();
    assertThat(overruns).isEmpty();
    channel.finishAndReleaseAll();
  }
}
