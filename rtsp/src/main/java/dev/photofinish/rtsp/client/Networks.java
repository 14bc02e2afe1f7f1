package dev.photofinish.rtsp.client;

import dev.photofinish.connect.LocalNetwork;
import dev.photofinish.connect.Target;
import dev.photofinish.retry.EndpointMemory;

/** What is learnt about a camera is kept for it as seen from where this host is. */
final class Networks {
  private Networks() {}

  static EndpointMemory.Key key(Target target) {
    return new EndpointMemory.Key(target.toString(), LocalNetwork.present());
  }
}
