/** Races under the kernel's own packet loss, held against what theory predicts. */
@NullMarked
package dev.photofinish.connect.loss;

import org.jspecify.annotations.NullMarked;
