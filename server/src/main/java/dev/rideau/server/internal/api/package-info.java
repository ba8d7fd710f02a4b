/// What the web page asks, as JSON.
@NullMarked
package dev.rideau.server.internal.api;

import org.jspecify.annotations.NullMarked;
