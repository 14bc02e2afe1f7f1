@NullMarked
package dev.photofinish.fleet.serve;

import org.jspecify.annotations.NullMarked;
