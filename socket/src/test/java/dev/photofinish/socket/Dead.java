package dev.photofinish.socket;

import dev.photofinish.camera.net.BadServer;

/** The faults of the first address of {@code race.test}. */
enum Dead {
  REFUSED,
  SILENT;

  /** The first address; the second, 127.1.1.2, is free on its port for a server that lives. */
  BadServer open() {
    return this == REFUSED ? BadServer.refuse("127.1.1.1") : BadServer.blackHole("127.1.1.1");
  }
}
