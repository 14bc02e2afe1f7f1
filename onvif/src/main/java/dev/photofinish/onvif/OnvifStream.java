package dev.photofinish.onvif;

/**
 * A stream that a camera offers: one of its media profiles.
 *
 * @param profile the token of the profile
 * @param name the profile's name; may be empty
 * @param url an RTSP URL without user and password, as the camera gives it
 * @param videoCodec such as {@code H264} or {@code H265}; empty if there is none
 * @param width of the video in pixels, 0 if the camera does not say
 * @param height of the video in pixels, 0 if the camera does not say
 * @param audioCodec such as {@code G711} or {@code AAC}; empty if there is none
 * @param otherHost whether the URL names another host than the one that answered: the camera's
 *     credentials should not be sent there
 */
public record OnvifStream(
    String profile,
    String name,
    String url,
    String videoCodec,
    int width,
    int height,
    String audioCodec,
    boolean otherHost) {}
