package dev.photofinish.connect.dns;

import dev.photofinish.race.address.Family;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the addresses of a name, each family on its own. */
public interface Resolver extends AutoCloseable {

  /**
   * Asks for the addresses of one family.
   *
   * @param answer called once, on {@code loop}, possibly before this returns
   */
  void ask(String host, Family family, EventLoop loop, Answer answer);

  @Override
  void close();

  /** Takes an answer. */
  interface Answer {
    /**
     * The family is answered.
     *
     * @param addresses empty for a negative answer
     * @param detail why there are none, null where there are some
     */
    void answered(List<InetAddress> addresses, @Nullable String detail);
  }
}
