/**
 * The ONVIF side of a simulated camera: {@link dev.photofinish.camera.onvif.OnvifDevice} answers
 * probes and says where its streams are.
 */
@NullMarked
package dev.photofinish.camera.onvif;

import org.jspecify.annotations.NullMarked;
