/// Films as files: [FilmFormat] writes the frames of a [Film], with sound if there is any.
@org.jspecify.annotations.NullMarked
package dev.penstock.generators.media.film;
