package dev.photofinish.rtsp.dialogue.server;

import dev.photofinish.rtsp.message.RtspMessage;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link ServerDialogue} that its others share: what its request waits for, and the
 * commands that its driver has not run yet.
 */
final class ServerContext {
  private final ServerSettings settings;
  private final RandomGenerator random;
  private final Queue<ServerCommand> commands = new ArrayDeque<>();

  private @Nullable Ticket ticket;
  private long tickets;
  private boolean over;

  ServerContext(ServerSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  ServerSettings settings() {
    return settings;
  }

  /** 128 bits that nobody guesses, in hex. */
  String drawId() {
    var hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  long drawNumber() {
    return random.nextInt() & 0x7fffffffL;
  }

  // ---- Commands

  @Nullable ServerCommand poll() {
    return commands.poll();
  }

  void command(ServerCommand command) {
    if (over) {
      throw new IllegalStateException("All is over: " + command);
    }
    commands.add(command);
  }

  void send(RtspMessage message) {
    command(new ServerCommand.Send(message));
  }

  boolean isOver() {
    return over;
  }

  void end() {
    over = true;
  }

  // ---- Tickets

  /** Asks the driver; there is one open ticket at most. */
  void ask(Wait wait, LongFunction<ServerCommand> command, long now) {
    if (ticket != null) {
      throw new IllegalStateException("A ticket is open");
    }
    ticket = new Ticket(++tickets, wait, now + settings.sourceTimeout().toNanos());
    command(command.apply(tickets));
  }

  @Nullable Ticket ticket() {
    return ticket;
  }

  /** The wait that this ticket answers, which is over now; null if it answers none. */
  <W extends Wait> @Nullable W take(long number, Class<W> kind) {
    if (ticket == null || ticket.number() != number || !kind.isInstance(ticket.waiting())) {
      return null;
    }
    W wait = kind.cast(ticket.waiting());
    ticket = null;
    return wait;
  }

  /** Gives up the open ticket, if there is one, and returns what waits for it. */
  @Nullable Wait cancel() {
    if (ticket == null) {
      return null;
    }
    Wait wait = ticket.waiting();
    command(new ServerCommand.Cancel(ticket.number()));
    ticket = null;
    return wait;
  }
}
