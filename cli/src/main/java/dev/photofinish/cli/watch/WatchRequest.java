package dev.photofinish.cli.watch;

import dev.photofinish.rtsp.client.Camera;

/**
 * A camera to watch, and when to be done with it.
 *
 * @param work beside watching
 */
public record WatchRequest(CameraName name, Camera camera, WatchOptions options, StreamWork work) {}
