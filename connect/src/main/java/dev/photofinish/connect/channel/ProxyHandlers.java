package dev.photofinish.connect.channel;

import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.ProxySettings;
import dev.photofinish.race.address.Addresses;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import java.net.InetSocketAddress;

/** Makes Netty's proxy handlers. */
public final class ProxyHandlers {
  private ProxyHandlers() {}

  /** A new handler for one channel; the race itself limits the time. */
  public static ProxyHandler of(ProxySettings proxy, InetSocketAddress dialled) {
    ProxyHandler handler = handler(proxy, dialled);
    handler.setConnectTimeoutMillis(0);
    return handler;
  }

  private static ProxyHandler handler(ProxySettings proxy, InetSocketAddress dialled) {
    String user = proxy.user();
    String password = proxy.password();
    if (proxy.kind() == ProxySettings.Kind.SOCKS5) {
      return new Socks5ProxyHandler(dialled, user, password);
    }
    return user == null || password == null
        ? new HttpProxyHandler(dialled)
        : new HttpProxyHandler(dialled, user, password);
  }

  /** The address that a proxy is asked for: a name stays one, since the proxy resolves it. */
  public static InetSocketAddress destination(Endpoint target) {
    return Addresses.isNumeric(target.host())
        ? new InetSocketAddress(Addresses.parse(target.host()), target.port())
        : InetSocketAddress.createUnresolved(target.host(), target.port());
  }
}
