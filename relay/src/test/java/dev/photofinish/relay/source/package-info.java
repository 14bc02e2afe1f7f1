@NullMarked
package dev.photofinish.relay.source;

import org.jspecify.annotations.NullMarked;
