/** SOAP messages with their security, without sockets, clocks or random numbers of their own. */
@NullMarked
package dev.photofinish.onvif.soap;

import org.jspecify.annotations.NullMarked;
