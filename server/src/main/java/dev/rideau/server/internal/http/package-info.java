/// Requests and answers, and who may ask.
@NullMarked
package dev.rideau.server.internal.http;

import org.jspecify.annotations.NullMarked;
