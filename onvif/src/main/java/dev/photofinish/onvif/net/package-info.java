/** The sockets of discovery: probes over UDP, SOAP over HTTP. */
@NullMarked
package dev.photofinish.onvif.net;

import org.jspecify.annotations.NullMarked;
