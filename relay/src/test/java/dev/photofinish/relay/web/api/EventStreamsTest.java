package dev.photofinish.relay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.relay.web.access.Grants;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Pages that read what they are sent, and others. */
class EventStreamsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final EventStreams streams = new EventStreams();
  private final Page page = new Page();

  /** The connection of a page for which something waits, or nothing. */
  private static final class Page extends EmbeddedChannel {
    private long waiting;

    @Override
    public long bytesBeforeUnwritable() {
      return config().getWriteBufferHighWaterMark() - waiting;
    }
  }

  @Test
  void aPageThatReadsNothingIsClosed() {
    streams.add(page, Grants.ALL);
    page.waiting = 1;
    streams.closeStuck(-SECOND);
    streams.closeStuck(28 * SECOND);
    assertThat(page.isOpen()).isTrue();
    streams.closeStuck(29 * SECOND);
    assertThat(page.isOpen()).isFalse();
    assertThat(streams.isEmpty()).isTrue();
  }

  @Test
  void aPageThatCatchesUpIsNot() {
    streams.add(page, Grants.ALL);
    page.waiting = 1;
    streams.closeStuck(0);
    page.waiting = 0;
    streams.closeStuck(20 * SECOND);
    page.waiting = 1;
    streams.closeStuck(40 * SECOND);
    streams.closeStuck(60 * SECOND);
    assertThat(page.isOpen()).isTrue();
  }
}
