/** Tests of the package of this name. */
@NullMarked
package dev.photofinish.relay.web.sound;

import org.jspecify.annotations.NullMarked;
