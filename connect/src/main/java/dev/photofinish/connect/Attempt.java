package dev.photofinish.connect;

import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Candidate;

/**
 * One attempt of a race, as its handlers see it: they report their progress to it.
 *
 * <p>Called on the channel's event loop; a call from elsewhere is handed to it. Once the attempt is
 * over (it won, lost or failed) the calls do nothing.
 */
public interface Attempt {
  /** From 1 in start order. */
  int number();

  /** The address that is dialled. */
  Candidate candidate();

  /** The endpoint of the target that the address belongs to. */
  Endpoint endpoint();

  /**
   * The attempt moved on. {@link Stage#READY} is the finish line; {@code CONNECTED} and {@code
   * SECURED} are reported by the connector itself.
   */
  void reached(Stage stage);

  /**
   * Sets what {@link Connection#attachment(Class)} gives should this attempt win: the attempt's own
   * state, so that no handler has to be looked for in the winner's pipeline. The last call counts;
   * one after the attempt is over has no effect. Call it on the channel's event loop.
   */
  void attach(Object attachment);

  /**
   * The attempt is lost, and its channel is closed. What the channel itself shows (connect failed,
   * TLS failed, closed, reset) is reported by the connector.
   *
   * @param detail human-readable: what exactly was seen, without credentials
   */
  void failed(Cause cause, String detail);
}
