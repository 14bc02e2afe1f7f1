package dev.photofinish.camera.onvif;

/**
 * A media profile of a simulated ONVIF device.
 *
 * @param url of its stream
 * @param codec such as {@code H264}
 */
public record OnvifProfile(
    String token, String name, String url, String codec, int width, int height) {}
