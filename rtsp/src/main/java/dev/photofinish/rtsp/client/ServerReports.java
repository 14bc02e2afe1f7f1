package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.RtcpPacket;
import dev.photofinish.rtp.RtcpPacket.ReportBlock;
import dev.photofinish.rtp.RtpFormatException;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packets that a server did not get of a publisher, as its receiver reports say (RFC 3550
 * section 6.4.1). Used on one event loop; {@link #lost} on any thread.
 */
final class ServerReports {
  private static final Logger LOG = LoggerFactory.getLogger(ServerReports.class);

  /** As many sources as a stream may have tracks. */
  private static final int MOST_SOURCES = 16;

  private final String server;
  private final Map<Long, Integer> lostOfSource = new HashMap<>();
  private long lostBefore;
  private boolean said;
  private volatile long lost;

  /**
   * @param server its name in the log
   */
  ServerReports(String server) {
    this.server = server;
  }

  /** What is reported from now on is of another connection. */
  void connected() {
    lostBefore = lost;
    lostOfSource.clear();
    said = false;
  }

  /** Takes RTCP of the server's; other packets are passed over. */
  void take(ByteBuf compound) {
    try {
      for (RtcpPacket packet : RtcpPacket.parseAll(compound.nioBuffer())) {
        if (packet instanceof RtcpPacket.ReceiverReport report) {
          take(report.blocks());
        } else if (packet instanceof RtcpPacket.SenderReport report) {
          take(report.blocks());
        }
      }
    } catch (RtpFormatException e) {
      LOG.debug("{}: {}", server, e.getMessage());
    }
  }

  private void take(List<ReportBlock> blocks) {
    for (ReportBlock block : blocks) {
      if (lostOfSource.containsKey(block.ssrc()) || lostOfSource.size() < MOST_SOURCES) {
        lostOfSource.put(block.ssrc(), Math.max(0, block.cumulativeLost()));
      }
    }
    lost = lostBefore + lostOfSource.values().stream().mapToLong(Integer::longValue).sum();
    if (lost > lostBefore && !said) {
      said = true;
      LOG.warn("{}: the server reports packets that did not arrive", server);
    }
  }

  /** Of all connections. */
  long lost() {
    return lost;
  }
}
