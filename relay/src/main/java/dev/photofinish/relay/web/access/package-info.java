/** The rights of those who use the page and the API. */
@NullMarked
package dev.photofinish.relay.web.access;

import org.jspecify.annotations.NullMarked;
