/**
 * TCP servers that misbehave, for tests of any TCP client: they refuse, swallow, stay mute, reset
 * or hang up. See {@link dev.photofinish.camera.net.BadServer}.
 */
@NullMarked
package dev.photofinish.camera.net;

import org.jspecify.annotations.NullMarked;
