/** WS-Discovery without sockets: probes, their repetition, and what answers say. */
@NullMarked
package dev.photofinish.onvif.probe;

import org.jspecify.annotations.NullMarked;
