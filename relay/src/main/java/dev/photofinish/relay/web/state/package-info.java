/** Changes that the API made, kept over a restart. */
@NullMarked
package dev.photofinish.relay.web.state;

import org.jspecify.annotations.NullMarked;
