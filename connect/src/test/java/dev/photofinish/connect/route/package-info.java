/** Tests of the room {@code route}. */
@org.jspecify.annotations.NullMarked
package dev.photofinish.connect.route;
