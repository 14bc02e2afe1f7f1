package dev.photofinish.camera.onvif;

/**
 * A request that a simulated ONVIF device got.
 *
 * @param service its path
 * @param operation such as {@code GetProfiles}
 * @param token whether it came with a WS-UsernameToken
 * @param authorization whether it came with an Authorization header
 * @param status of the response
 */
public record OnvifRequest(
    String service, String operation, boolean token, boolean authorization, int status) {}
