package dev.photofinish.camera.onvif;

import java.time.Duration;
import java.util.List;

/**
 * The settings of a simulated ONVIF device.
 *
 * @param clock added to this host's clock to get the device's
 * @param xaddrHost the host that its addresses name, as in a URL; empty for the one it answers from
 */
record OnvifOptions(
    String name,
    List<OnvifProfile> profiles,
    OnvifMedia media,
    OnvifAuth auth,
    String user,
    String password,
    Duration clock,
    String xaddrHost) {}
