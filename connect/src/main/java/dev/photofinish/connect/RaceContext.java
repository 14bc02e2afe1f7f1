package dev.photofinish.connect;

import dev.photofinish.race.Budget;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** What all races of one connector share. */
interface RaceContext {
  Transport transport();

  Ticker ticker();

  RaceListener listener();

  Names names();

  Tls tls();

  /** What earlier races learnt of addresses. */
  SharedHistory history();

  /** What the races share with all others of the process. */
  Budget budget();

  /** The address to dial from, null for the system's choice. */
  @Nullable InetAddress localAddress();

  /** The race was decided. */
  void ended(RaceDriver race);
}
