/** Tests of the room {@code channel}. */
@org.jspecify.annotations.NullMarked
package dev.photofinish.connect.channel;
