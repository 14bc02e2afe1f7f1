/** Tests of the package of this name. */
@NullMarked
package dev.photofinish.relay.web.hls;

import org.jspecify.annotations.NullMarked;
