package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * Units of any size over packets of one timestamp, the last with the marker, whose packets have no
 * headers: metadata and LATM. A unit whose sender never sets the marker ends with the next
 * timestamp.
 */
abstract class UnitDepacketizer extends Depacketizer {
  private boolean open;

  /** Whether a packet of this media came before. */
  private boolean begun;

  UnitDepacketizer(int track, PayloadFormat payload, Consumer<? super Frame> output) {
    super(track, payload, output);
  }

  @Override
  final void payload(RtpHeaderFields header, ByteBuf in, int index, int length, long now) {
    if (open && header.timestamp() != frame().timestamp()) {
      damageIf(lost() > 0); // perhaps its end is missing
      finish();
    }
    if (open) {
      damageIf(lost() > 0);
    } else {
      frame().begin(header.timestamp(), now);
      damageIf(!isStart(lost() > 0 || !begun, in, index, length));
      open = true;
      begun = true;
    }
    frame().append(in, index, length);
    if (header.marker()) {
      finish();
    }
  }

  private void damageIf(boolean missing) {
    if (missing) {
      frame().damage();
    }
  }

  private void finish() {
    open = false;
    complete();
  }

  /**
   * Whether a unit can begin with this payload.
   *
   * @param unsure whether it may have begun in a packet that did not come
   */
  abstract boolean isStart(boolean unsure, ByteBuf in, int index, int length);

  /** Makes frames of the unit that was put together in {@link #frame}. */
  abstract void complete();

  @Override
  public void reset() {
    super.reset();
    open = false;
    begun = false;
  }
}
