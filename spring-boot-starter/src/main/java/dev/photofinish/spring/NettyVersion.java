package dev.photofinish.spring;

import org.springframework.util.ClassUtils;

/**
 * The Netty of an application: Spring Boot 3 manages 4.1 where the application does not say
 * otherwise, and a client on it would fail at its first connection.
 */
final class NettyVersion {
  private static final String SINCE_4_2 = "io.netty.channel.MultiThreadIoEventLoopGroup";

  private NettyVersion() {}

  /** Fails unless Netty is 4.2 or newer. */
  static void check(ClassLoader loader) {
    if (!ClassUtils.isPresent(SINCE_4_2, loader)) {
      throw new OldNettyException();
    }
  }

  /** Thrown where Netty is older than 4.2. */
  static final class OldNettyException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    OldNettyException() {
      super(
          "Netty on the class path is older than 4.2, which photofinish needs;"
              + " set the property netty.version of the build to 4.2.18.Final or newer");
    }
  }
}
