/** The relay and user commands. */
@org.jspecify.annotations.NullMarked
package dev.photofinish.cli.relay;
