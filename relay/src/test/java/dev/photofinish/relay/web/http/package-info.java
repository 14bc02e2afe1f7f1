/** Tests of the package of this name. */
@NullMarked
package dev.photofinish.relay.web.http;

import org.jspecify.annotations.NullMarked;
