/** The JSON API, events, and figures for Prometheus. */
@NullMarked
package dev.photofinish.relay.web.api;

import org.jspecify.annotations.NullMarked;
