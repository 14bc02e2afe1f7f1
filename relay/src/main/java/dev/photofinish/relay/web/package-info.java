/** The page and the API of a relay: {@link dev.photofinish.relay.web.WebServer}. */
@NullMarked
package dev.photofinish.relay.web;

import org.jspecify.annotations.NullMarked;
