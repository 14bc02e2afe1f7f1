/** The publish command. */
@NullMarked
package dev.photofinish.cli.publish;

import org.jspecify.annotations.NullMarked;
