/** Tests of the package of this name. */
@NullMarked
package dev.photofinish.relay.web.api;

import org.jspecify.annotations.NullMarked;
