package dev.photofinish.rtsp.client;

import dev.photofinish.connect.LocalNetwork;
import dev.photofinish.connect.Target;
import dev.photofinish.retry.DeviceMemory;

/** What is learnt about a camera is kept for it as seen from where this host is. */
final class Networks {
  private Networks() {}

  static DeviceMemory.Key key(Target target) {
    return new DeviceMemory.Key(target.toString(), LocalNetwork.present());
  }
}
