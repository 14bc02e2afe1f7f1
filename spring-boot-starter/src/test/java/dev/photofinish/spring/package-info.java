@NullMarked
package dev.photofinish.spring;

import org.jspecify.annotations.NullMarked;
