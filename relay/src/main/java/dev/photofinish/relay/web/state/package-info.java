/** What the API changed, kept over a restart. */
@NullMarked
package dev.photofinish.relay.web.state;

import org.jspecify.annotations.NullMarked;
