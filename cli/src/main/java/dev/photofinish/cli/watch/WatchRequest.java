package dev.photofinish.cli.watch;

import dev.photofinish.rtsp.client.Camera;

/** A camera to watch, and when to be done with it. */
record WatchRequest(CameraName name, Camera camera, WatchOptions options) {}
