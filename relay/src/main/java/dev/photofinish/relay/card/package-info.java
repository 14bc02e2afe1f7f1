/** The picture that readers get while a camera is away, made without an encoder. */
@NullMarked
package dev.photofinish.relay.card;

import org.jspecify.annotations.NullMarked;
