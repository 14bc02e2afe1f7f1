/** Tests of the package of this name. */
@NullMarked
package dev.photofinish.relay.web.live;

import org.jspecify.annotations.NullMarked;
