/// The records that leave: content, outcomes and dead letters, built and serialised off the stream thread where they are large.
@org.jspecify.annotations.NullMarked
package dev.penstock.generatorstream.route;
