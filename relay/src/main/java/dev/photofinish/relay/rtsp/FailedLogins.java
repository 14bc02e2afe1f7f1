package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.limit.SourceAddress;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The failed logins of each source address, of IPv6 of each {@code /64}, within the present minute,
 * which begins with its first. The oldest addresses are forgotten beyond {@value #MOST_ADDRESSES}.
 * Any thread uses it.
 */
public final class FailedLogins {
  static final int MOST_ADDRESSES = 10_000;
  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final int most;
  private final Map<InetAddress, Window> windows =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Window> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  public FailedLogins(int most) {
    this.most = most;
  }

  /** One more login failed. */
  public synchronized void add(InetAddress from, long now) {
    InetAddress address = SourceAddress.of(from);
    Window window = windows.get(address);
    if (window == null || now - window.since >= WINDOW_NANOS) {
      windows.remove(address); // the new one is the youngest
      window = new Window(now);
      windows.put(address, window);
    }
    window.count++;
  }

  /** Whether so many logins of the address have failed that it is refused for now. */
  public synchronized boolean isRefused(InetAddress from, long now) {
    Window window = windows.get(SourceAddress.of(from));
    return window != null && now - window.since < WINDOW_NANOS && window.count >= most;
  }

  private static final class Window {
    final long since;
    int count;

    Window(long since) {
      this.since = since;
    }
  }
}
